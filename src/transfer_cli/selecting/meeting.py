"""Whether one cell meets a condition. No pandas: an engine is told so before pandas is there."""

from collections.abc import Callable, Iterator, Sequence

from transfer_cli.model import names, periods, regions
from transfer_cli.model.derivation import DERIVED, derived
from transfer_cli.selecting.selection import Selection

Test = Callable[[str], bool]


def equal(column: str, codes: Sequence[str]) -> Test:
    """Return the test for one of ``codes``, a province by any of its names."""
    if column == "province":
        return lambda cell: regions.find(cell) in codes
    folded = {names.fold(code) for code in codes}
    return lambda cell: names.fold(cell) in folded


def within(wanted: Sequence[periods.Period]) -> Test:
    """Return the test for a period that lies within one of those ``wanted``."""

    def test(cell: str) -> bool:
        period = periods.find(cell)
        return period is not None and any(period.within(other) for other in wanted)

    return test


def alone(selection: Selection, columns: Sequence[str]) -> Iterator[tuple[str, Test]]:
    """Yield each condition of a selection that a single cell decides, with the column it is in.

    Conditions on a column that is not among ``columns`` are passed over.
    """
    for name, codes in selection.equal.items():
        test = equal(name, codes)
        if name in columns:
            yield name, test
        elif name in DERIVED and DERIVED[name] in columns:
            yield DERIVED[name], _derived(name, test)
    if selection.periods:
        column = "period" if "period" in columns else "year"
        if column in columns:
            yield column, within(selection.periods)


def decides(selection: Selection) -> bool:
    """Tell whether a selection has no other conditions than those that ``alone`` yields."""
    beside = (selection.like, selection.search, selection.least, selection.greatest)
    return not any((*beside, selection.where))


def _derived(name: str, test: Test) -> Test:
    return lambda cell: test(derived(name, cell))
