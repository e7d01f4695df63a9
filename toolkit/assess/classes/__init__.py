"""Which class the stated objectives give an instrument, and what their wording suggests."""
