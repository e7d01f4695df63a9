"""How the programme stands: scorecard, partners, goals, publication."""
