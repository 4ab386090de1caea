"""Tables too large to hold: read in blocks, only the columns that a question needs."""
