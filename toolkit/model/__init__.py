"""What things are: words, policy, workbook, portfolio. Imports nothing of ours."""
