"""Which rows of a chunk may contradict themselves: rather one too many, as each is judged again."""

from fractions import Fraction

from transfer_cli.checking.measured import base_unit, indicator_of, unit_of
from transfer_cli.checking.tablefile import Row
from transfer_cli.frames import pd
from transfer_cli.model.schema import has_figures

_INFINITY = float("inf")
_NEAR = 1e-9
"""How near a limit, of its own size, floats may not tell on which side a number is."""
_FIGURES = ("investment", "capacity", "output", "jobs")


def rows(kind: str, frame: pd.DataFrame) -> "pd.Series[bool]":
    """Return which rows of a chunk of a table of this kind need to be judged one by one."""
    return _implausible(frame) if kind == "metrics" else _bare(frame)


def _bare(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Rows with a figure that may lack its unit, or the other way round."""
    mask = pd.Series(False, index=frame.index)
    for name in _FIGURES:
        told = _filled(frame, name)
        for other in (f"{name}_unit", f"{name}_bound"):
            mask |= _filled(frame, other) & ~told
        if f"{name}_unit" in frame.columns:
            mask |= told & ~_filled(frame, f"{name}_unit")
    return mask


def _filled(frame: pd.DataFrame, name: str) -> "pd.Series[bool]":
    if name not in frame.columns:
        return pd.Series(False, index=frame.index)
    return frame[name] != ""


def _implausible(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Rows with a number that may be beyond the limits of its indicator."""
    if not has_figures(frame.columns):
        return pd.Series(False, index=frame.index)
    cells = frame["value"].cat
    numbers = pd.to_numeric(pd.Series(cells.categories, dtype=object), errors="coerce")
    values = pd.Series(numbers.to_numpy(dtype=float)[cells.codes], index=frame.index)
    low, high = _limits(frame)
    bound = frame["bound"] if "bound" in frame.columns else pd.Series("", index=frame.index)
    beyond = (values < low + low.abs() * _NEAR) | (values > high - high.abs() * _NEAR)
    return beyond | (((values == low) | (values == high)) & ~bound.isin(["exact", ""]))


def _limits(frame: pd.DataFrame) -> "tuple[pd.Series[float], pd.Series[float]]":
    """Return the least and the greatest plausible number of each row, in its own unit."""
    indicators = frame["indicator"].cat
    pairs = indicators.codes.astype("int64")
    names = [frame["indicator"]]
    if "unit" in frame.columns:
        pairs = pairs * len(frame["unit"].cat.categories) + frame["unit"].cat.codes
        names.append(frame["unit"])
    firsts = (~pairs.duplicated()).to_numpy().nonzero()[0]
    found = {pairs.iloc[first]: _limits_of(*(name.iloc[first] for name in names))
             for first in firsts}  # fmt: skip
    low, high = ({pair: ends[end] for pair, ends in found.items()} for end in (0, 1))
    return pairs.map(low).astype(float), pairs.map(high).astype(float)


def _limits_of(indicator: str, name: str = "") -> tuple[float, float]:
    """Return the limits of an indicator in a unit; such that all is beyond if it is none of it."""
    row = Row(0, {"indicator": indicator})
    known, unit = indicator_of(row), unit_of(row, name)
    if known is None or unit is None:
        return -_INFINITY, _INFINITY
    base, least, greatest = base_unit(known), known.minimum, known.maximum
    if (least or greatest) and unit.dimension != base.dimension:
        return _INFINITY, -_INFINITY
    scale = base.factor / unit.factor
    return (
        -_INFINITY if least is None else float(Fraction(least) * scale),
        _INFINITY if greatest is None else float(Fraction(greatest) * scale),
    )
