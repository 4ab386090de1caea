"""Grouped statistics: which figures form a group, what they come to, with what bounds.

``aggregate.aggregate`` is the entry. ``statistic`` knows the statistics by name, ``plan`` the
columns, ``fine`` fetches the groups, ``judge`` asks the rules about them, ``evaluate`` computes
intervals, ``identity`` looks for figures that are counted twice.
"""
