"""What may be combined: one module decides for every command.

``decision.decide`` is the entry. ``sum`` says why figures do not add, ``comparability`` in which
columns they must agree, ``nesting`` which of them contain others, ``overlap`` whether their periods
overlap in one place. ``pair`` says what may be subtracted and ranked, ``ratio`` what may be divided
and multiplied, ``growth`` what may be grown and compounded.
"""
