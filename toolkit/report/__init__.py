"""How results look: tables, figures, sentences and pages. Imports the model only."""
