"""Arithmetic on figures: an expression over ids, with units, bounds and caveats carried along."""
