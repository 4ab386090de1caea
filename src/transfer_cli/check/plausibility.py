"""Rows whose cells contradict each other: figures beyond limits, numbers without a unit."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import inf

from transfer_cli.check.findings import Problem
from transfer_cli.check.row import Row, base_unit, indicator_of, printed, quantity_of, unit_of
from transfer_cli.messages import _
from transfer_cli.model.figure import Quantity
from transfer_cli.model.schema import has_figures
from transfer_cli.model.vocabulary import Indicator, Vocabulary

_PROJECT_FIGURES = ("investment", "capacity", "output", "jobs")
Columns = Mapping[str, Sequence[str]]
"""The cells of a chunk, by column."""


class Limits:
    """The limits of indicators, with a quick test that most figures pass."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._ranges: dict[tuple[str, str], tuple[float, float]] = {}

    def suspects(self, columns: Columns) -> Iterator[int]:
        """Yield the positions of the rows of metrics that may be beyond a limit.

        The test is with floats, and rather yields a row too many.
        """
        if not has_figures(columns):
            return
        values = columns["value"]
        units = columns.get("unit") or [""] * len(values)
        ranges = self._ranges
        for position, key in enumerate(zip(columns["indicator"], units, strict=True)):
            if key not in ranges:
                ranges[key] = self._range(*key)
            low, high = ranges[key]
            try:
                if not low < float(values[position]) < high:
                    yield position
            except ValueError:
                pass  # The test of the cell reports it.

    def _range(self, code: str, unit_name: str) -> tuple[float, float]:
        """Return the range in which numbers of a unit and an indicator need no further test.

        The range is empty if the unit does not fit the indicator.
        """
        indicator = self._vocabulary.indicators.get(code)
        unit = unit_of(unit_name, indicator, self._vocabulary)
        if indicator is None or unit is None:
            return -inf, inf
        base, low, high = (
            base_unit(indicator, self._vocabulary),
            indicator.minimum,
            indicator.maximum,
        )
        if (low or high) and unit.dimension != base.dimension:
            return inf, -inf
        scale = base.factor / unit.factor
        return (
            -inf if low is None else float(Fraction(low) * scale),
            inf if high is None else float(Fraction(high) * scale),
        )

    def problems(self, row: Row) -> Iterator[tuple[str, Problem]]:
        """Yield, with its column, what is implausible in a row of metrics."""
        indicator = indicator_of(row, self._vocabulary)
        quantity = quantity_of(row, self._vocabulary)
        if indicator is None or quantity is None:
            return
        base = base_unit(indicator, self._vocabulary)
        limits = ((indicator.minimum, -1, _("below")), (indicator.maximum, 1, _("above")))
        for limit, sign, word in limits:
            if limit is None:
                continue
            if limit and quantity.unit.dimension != base.dimension:
                yield "unit", _foreign_unit(quantity, indicator)
                return
            scale = quantity.unit.factor / base.factor if limit else Fraction(1)
            if _is_beyond(quantity.interval.value * scale, Fraction(limit), sign, row.get("bound")):
                message = _(
                    "{figure} is {word} {limit}, the limit of {indicator}",
                    figure=printed(row), word=word, limit=limit, indicator=indicator.name,
                )  # fmt: skip
                yield "value", Problem(message, _("correct the figure, or its indicator"))


def _foreign_unit(quantity: Quantity, indicator: Indicator) -> Problem:
    message = _(
        "{unit} is not a unit of {indicator}",
        unit=quantity.unit.description, indicator=indicator.name,
    )  # fmt: skip
    return Problem(message, _("give it in {unit}", unit=indicator.unit))


def _is_beyond(value: Fraction, limit: Fraction, sign: int, bound: str) -> bool:
    """Return whether a number, or all that its bound leaves of it, is past a limit."""
    excluding = ("over",) if sign > 0 else ("under", "nearly")
    return sign * value > sign * limit or (value == limit and bound in excluding)


def project_problems(row: Row) -> Iterator[tuple[str, Problem]]:
    """Yield, with its column, a number of a project without its unit, or the other way round."""
    for name in _PROJECT_FIGURES:
        for other in (f"{name}_unit", f"{name}_bound"):
            if row.get(other) and not row.get(name):
                message = _("the {other} has no number", other=other)
                fix = _("write the {name}, or empty its {other}", name=name, other=other)
                yield name, Problem(message, fix)
        if row.get(name) and not row.get(f"{name}_unit") and f"{name}_unit" in row.cells:
            message = _("the {name} has no unit", name=name)
            yield f"{name}_unit", Problem(message, _("write it as printed"))
