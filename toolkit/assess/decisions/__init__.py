"""What people decided, beside what the rules propose, and what became of it."""
