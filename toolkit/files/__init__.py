"""What touches disk: workbooks, checks, policy files, outputs. Imports the model only."""
