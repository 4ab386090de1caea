"""Comparable figures side by side: rows and columns, differences, shares, ranks and growth."""
