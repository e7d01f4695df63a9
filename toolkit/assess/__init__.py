"""What follows from the record: pure rules, table in and table out. Imports the model only."""
