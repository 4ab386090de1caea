"""Conditions on rows: one tree, parsed from options and ``--where``, as a mask and as SQL."""
