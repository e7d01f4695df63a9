"""Who holds a seat, what an exchange would cost, and in which order the work is done."""
