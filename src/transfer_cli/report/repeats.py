"""Tells the second printing of a figure from another figure of the same size."""

from collections.abc import Iterable

from transfer_cli.report.omissions import SECOND, Claim
from transfer_cli.report.quantity import Quantity

_NEAR = 80


def without_repeats(found: Iterable[Quantity], text: str) -> tuple[list[Quantity], list[Claim]]:
    """Part the figures from second printings of the same figure in the same words close by."""
    quantities: list[Quantity] = []
    repeats: list[Claim] = []
    for quantity in found:
        if any(_repeats(quantity, earlier, text) for earlier in quantities[-6:]):
            repeats.append(Claim(quantity.start, quantity.end, SECOND))
        else:
            quantities.append(quantity)
    return quantities, repeats


def _repeats(later: Quantity, earlier: Quantity, text: str) -> bool:
    figure = (later.value, later.unit, later.bound)
    if figure != (earlier.value, earlier.unit, earlier.bound) or later.start - earlier.end > _NEAR:
        return False
    if later.start < earlier.end or "\n" in text[earlier.end : later.start]:
        return False
    return _same_words(text[earlier.end :][:4], text[later.end :][:4]) or _same_words(
        text[max(0, earlier.start - 12) : earlier.start],
        text[max(earlier.end, later.start - 12) : later.start],
    )


def _same_words(one: str, other: str) -> bool:
    """Whether four characters without punctuation stand in both."""
    parts = (one[i : i + 4] for i in range(len(one) - 3))
    return any(part in other and part.isalpha() for part in parts)
