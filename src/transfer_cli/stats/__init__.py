"""Grouped statistics: which figures form a group, what they come to, with what bounds.

``aggregate.aggregate`` is the entry. ``statistic`` knows the statistics by name, each of them an
entry; ``plan`` the columns, ``groups`` fetches the ``figures`` by group, ``judge`` asks the rules
about them, ``evaluate`` computes intervals, ``result`` makes the rows, ``shares`` relates groups to
those around them (shares, totals, the largest), ``concentration`` computes how unequal they are,
``notes`` words their caveats and ``table`` puts the rows into a table. ``duplicates`` looks for
figures that would be counted twice, ``undated`` for rows whose period cannot be read, ``validate``
for cells that are no numbers, ``weights`` for weights that are none. ``correlation`` is of the
columns of a table, and of ``describe``.
"""
