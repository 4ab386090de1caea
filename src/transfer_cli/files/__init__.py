"""Files as they come: found, unpacked, read strictly as text, or as Parquet."""
