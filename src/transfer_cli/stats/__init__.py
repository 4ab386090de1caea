"""Grouped statistics: which figures form a group, what they come to, with what bounds.

``aggregate.aggregate`` is the entry. ``statistic`` knows the statistics by name, ``plan`` the
columns, ``fine`` fetches the groups, ``judge`` asks the rules about them, ``evaluate`` computes
intervals, ``result`` makes the rows. ``identity`` looks for figures that would be counted twice,
``undated`` for rows whose period cannot be read, ``unsound`` for cells that are no numbers.
"""
