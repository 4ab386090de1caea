"""Tables in memory and as files: located, read and written."""
