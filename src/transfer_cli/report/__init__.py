"""Reads the quantities of Chinese report prose: numerals, units, bounds, periods and places."""
