"""Bringing data in and sending it out: registers, the data call, the checked copy, a new year."""
