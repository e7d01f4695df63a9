"""Which days ahead call for a decision, and which have passed without one."""
