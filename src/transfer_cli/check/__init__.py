"""Checks of tables: their form, words and parts, and their agreement with the report."""
