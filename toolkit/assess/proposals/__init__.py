"""Which proposals pass the first and the second decision point, and with which partners."""
