"""Which rows are wanted: the words of the user as conditions on the rows of a table."""
