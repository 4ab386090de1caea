"""Are tables sound: their form, their words, their parts, and their ground in a report."""
