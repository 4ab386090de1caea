"""What may be put together: one module answers for every command (DESIGN section 2)."""
