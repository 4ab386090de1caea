"""Large tables: files of any size, read by DuckDB on this machine or on a cluster."""
