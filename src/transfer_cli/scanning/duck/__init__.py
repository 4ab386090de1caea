"""DuckDB as a reader of large files: it drops rows and adds up, and knows none of the rules."""
