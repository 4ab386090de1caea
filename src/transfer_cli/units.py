"""Units as printed: what they measure, and how they convert within a dimension."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from transfer_cli.errors import RefusedError, UsageError, closest
from transfer_cli.lookups import UnitRow, unit_rows

Dimension = tuple[tuple[str, int], ...]
"""Powers of base units, sorted: 吨/年 is ``(("吨", 1), ("年", -1))``; a pure number is ``()``."""

PERCENT: Dimension = (("%", 1),)
POINTS: Dimension = (("个百分点", 1),)
COUNT = "个"

_MAGNITUDES = {"万亿": 12, "千亿": 11, "百亿": 10, "亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3}
_PREFIX = re.compile(rf"({'|'.join(_MAGNITUDES)})(.+)")
_ALIASES = {
    "％": "%",
    "pct": "%",
    "percent": "%",
    "百分点": "个百分点",
    "pp": "个百分点",
    "yuan": "元",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its printed name, its dimension and how many base units it is."""

    name: str
    dimension: Dimension
    factor: Fraction

    def convert(self, value: Fraction, to: "Unit") -> Fraction:
        """Return ``value`` of this unit in the unit ``to``; refuse another dimension."""
        if self.dimension != to.dimension:
            raise RefusedError(
                f"{self.name or 'a plain number'} and {to.name or 'a plain number'} measure"
                " different things and do not convert",
                f"units of {self.name}: {', '.join(u.name for u in siblings(self))}",
            )
        return value * self.factor / to.factor


ONE = Unit("", (), Fraction(1))


@cache
def parse(name: str, per: str = "", counts: str = "") -> Unit:
    """Return the unit printed as ``name``.

    ``per`` (月, 年) completes a rate whose time is printed elsewhere; ``counts`` says what a bare
    measure word counts (``project``), so that projects and enterprises are unlike dimensions.
    """
    head, *rest = re.split(r"/|每", _ALIASES.get(name.strip(), name.strip()))
    row, factor = _scaled(head)
    base = row.base if row else head
    powers = [(counts if base == COUNT and counts else base, 1)]
    for part in rest or ([per] if per else []):
        under, under_factor = _scaled(part)
        powers.append((under.base if under else part, -1))
        factor /= under_factor
    return Unit(name, normalise(powers), factor)


def _scaled(name: str) -> tuple[UnitRow | None, Fraction]:
    """Find a unit in units.csv, or a magnitude (万, 亿 …) in front of one; return its factor."""
    row = unit_rows().get(name)
    if row:
        return row, Fraction(row.factor)
    match = _PREFIX.fullmatch(name)
    if not match:
        return None, Fraction(1)
    inner, factor = _scaled(match[2])
    if inner is None:
        inner = UnitRow(match[2], match[2], match[2], unit_rows()["个"].factor, "", "")
    return inner, factor * 10 ** _MAGNITUDES[match[1]]


def normalise(powers: list[tuple[str, int]]) -> Dimension:
    """Add up powers of equal bases and drop those that cancel."""
    total: dict[str, int] = {}
    for base, power in powers:
        total[base] = total.get(base, 0) + power
    return tuple(sorted((base, power) for base, power in total.items() if power))


def known(name: str) -> bool:
    """Tell whether a unit is in ``units.csv``, or a magnitude or a quotient of such."""
    return all(_scaled(part)[0] is not None or part in ("年", "月") for part in name.split("/"))


def siblings(unit: Unit) -> list[Unit]:
    """Return the units of ``units.csv`` with the dimension of ``unit``, smallest first."""
    found = [parse(name) for name in unit_rows()]
    return sorted(
        (other for other in found if other.dimension == unit.dimension), key=lambda u: u.factor
    )


def target(name: str, like: Unit) -> Unit:
    """Return the unit a user asks for by ``--unit``, checked against the dimension of ``like``.

    Raises UsageError for an unknown unit, RefusedError for one of another dimension.
    """
    wanted = parse(name)
    if not known(name):
        near = closest(name, unit_rows()) or [u.name for u in siblings(like)]
        raise UsageError(f"unknown unit {name!r}", f"did you mean {' or '.join(near)}?")
    bare = parse(name.split("/")[0])
    if wanted.dimension != like.dimension and len(like.dimension) > 1 and "/" not in name:
        numerator = tuple(power for power in like.dimension if power[1] > 0)
        if bare.dimension == numerator:
            tail = like.name.partition("/")[2]
            return Unit(f"{name}/{tail}" if tail else name, like.dimension, bare.factor)
    if wanted.dimension != like.dimension and wanted.dimension == ((COUNT, 1),):
        return Unit(name, like.dimension, wanted.factor)
    ONE.convert(Fraction(0), ONE)
    like.convert(Fraction(0), wanted)
    return wanted


def label(name: str, lang: str) -> str:
    """Return a unit for people: as printed in Chinese, by its symbol in English."""
    if lang == "zh":
        return name
    head, slash, rest = name.partition("/")
    row = unit_rows().get(name) or unit_rows().get(head)
    if row is None:
        return name
    if row.unit == name:
        return row.symbol
    tail = {"年": "yr", "月": "month"}.get(rest, rest)
    return f"{row.symbol or head}{slash}{tail}"
