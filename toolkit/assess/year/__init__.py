"""What the year delivered against its targets, and what it cost."""
