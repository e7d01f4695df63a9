"""What is proposed for each agreement: criteria, the fifteen rules, firmness, remedies."""
