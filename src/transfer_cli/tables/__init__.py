"""Tables: what one is, and how tables are found, read and written as files."""
