"""Grouped statistics: which figures form a group, and their statistics with bounds.

``aggregate.aggregate`` is the entry. ``statistic`` has the statistics by name, ``plan`` the columns
of the groups. ``groups`` fetches the ``figures`` by group, ``judge`` applies the rules to them,
``evaluate`` computes intervals, ``result`` makes the rows and ``table`` the table. ``shares``
relates groups to others (shares, totals, the largest), ``concentration`` measures how unequal they
are, and ``notes`` has their caveats. ``duplicates`` finds figures that would be counted twice,
``undated`` rows whose period cannot be read, ``validate`` cells that are not numbers, ``weights``
wrong weights, ``totals`` rows that are totals of others. ``describe`` uses ``correlation``.
"""
