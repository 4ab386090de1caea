"""How figures are put together: partial sums, intervals, the rules of likeness, the answer."""
