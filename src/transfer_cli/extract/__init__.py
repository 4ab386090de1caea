"""Extraction of figures from Chinese report prose: numerals, units, bounds, periods and places."""
