"""What is on record at a date: relationships, activity, conditions, terms, decisions in force."""
