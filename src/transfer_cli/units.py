"""Units as printed: what they measure, and how they convert within a dimension."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from transfer_cli.errors import Instead, RefusedError, UsageError, closest
from transfer_cli.lookups import Indicator, UnitRow, indicators, unit_rows

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


class Unit(NamedTuple):
    """A unit: its printed name, its dimension and how many base units it is."""

    name: str
    dimension: Dimension
    factor: Fraction

    @property
    def told(self) -> str:
        """What it is, for a message: its name, with what it counts."""
        if counts(self):
            return f"a count of {self.dimension[0][0]}s"
        return self.name or "a plain number"

    def convert(self, value: Fraction, to: "Unit") -> Fraction:
        """Return ``value`` of this unit in the unit ``to``; refuse another dimension."""
        if self.dimension != to.dimension:
            raise RefusedError(
                f"{self.told} and {to.told} measure different things and do not convert",
                Instead("--unit", self.name),
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


def completed(name: str, known: Indicator | None) -> Unit:
    """Return a printed unit as its indicator completes it: what it counts, and per what time."""
    if not name:
        return ONE
    return parse(name, known.per, known.counts) if known else parse(name)


def default(printed: Unit, known: Indicator | None) -> Unit:
    """Return the unit in which figures of an indicator stand side by side, if ``printed`` fits."""
    if known is None or not known.unit:
        return printed
    unit = completed(known.unit, known)
    return unit if unit.dimension == printed.dimension else printed


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
        inner = UnitRow(match[2], match[2], match[2], Decimal(1), "", "")
    return inner, factor * 10 ** _MAGNITUDES[match[1]]


def normalise(powers: list[tuple[str, int]]) -> Dimension:
    """Add up powers of equal bases and drop those that cancel."""
    total: dict[str, int] = {}
    for base, power in powers:
        total[base] = total.get(base, 0) + power
    return tuple(sorted((base, power) for base, power in total.items() if power))


def known(name: str) -> bool:
    """Tell whether a unit is in ``units.csv``, or a magnitude or a quotient of such."""
    counted = {row.counts for row in indicators().values()} - {""}
    words = {"年", "月", *counted}
    return all(_listed(part) or part in words for part in name.split("/"))


def _listed(name: str) -> bool:
    match = _PREFIX.fullmatch(name)
    return name in _ALIASES or name in unit_rows() or (match is not None and _listed(match[2]))


def siblings(unit: Unit) -> list[Unit]:
    """Return the units of ``units.csv`` with the dimension of ``unit``, smallest first."""
    found = [parse(name) for name in unit_rows()]
    return sorted(
        (other for other in found if other.dimension == unit.dimension), key=lambda u: u.factor
    )


def product(a: Unit, b: Unit, power: int = 1) -> Unit:
    """Return the unit of ``a * b**power``; percent counts as a pure hundredth.

    The name of ``a`` is kept where the dimension is still its own; otherwise base units name it.
    """
    a, b = _pure(a), _pure(b)
    dimension = normalise([*a.dimension, *((base, p * power) for base, p in b.dimension)])
    factor = a.factor * b.factor**power
    if dimension == a.dimension:
        return Unit(a.name, dimension, factor)
    return Unit(_name(dimension), dimension, factor)


def _pure(unit: Unit) -> Unit:
    """A share or a rate in a product is a plain number of hundredths."""
    return Unit("", (), unit.factor / 100) if unit.dimension in (PERCENT, POINTS) else unit


def base_name(unit: Unit) -> str:
    """Return the name of a unit's dimension in base units: 元, 吨/年, 元/project."""
    return _name(unit.dimension)


def _name(dimension: Dimension) -> str:
    over = "·".join(base if p == 1 else f"{base}^{p}" for base, p in dimension if p > 0)
    under = "/".join(base if p == -1 else f"{base}^{-p}" for base, p in dimension if p < 0)
    return f"{over or 1}/{under}" if under else over


def sensible(unit: Unit, value: Fraction) -> Unit:
    """Return the unit of the same dimension in which ``value`` base units read best.

    That is the largest unit of the numerator, in ``units.csv``, of which there is at least one.
    """
    heads = [(base, power) for base, power in unit.dimension if power > 0]
    if unit.dimension in ((("年", 1),), (("月", 1),)):
        return Unit(unit.dimension[0][0], unit.dimension, Fraction(1))
    if len(heads) != 1 or heads[0][1] != 1:
        return Unit(_name(unit.dimension), unit.dimension, Fraction(1))
    tail = _name(unit.dimension).partition("/")[2]
    base = parse(heads[0][0]) if heads[0][0] in unit_rows() else Unit(COUNT, (), Fraction(1))
    best = max(
        (u for u in siblings(base) if u.factor <= abs(value)), key=lambda u: u.factor, default=base
    )
    name = best.name if best.name != COUNT or not tail else heads[0][0]
    return Unit(f"{name}/{tail}" if tail else name, unit.dimension, best.factor)


def target(name: str, like: Unit) -> Unit:
    """Return the unit a user asks for by ``--unit``, checked against the dimension of ``like``.

    A quotient may be asked for by its numerator alone: 万元 for 亿元/project. Raises UsageError
    for an unknown unit, RefusedError for one of another dimension.
    """
    if not known(name):
        near = closest(name, unit_rows()) or [unit.name for unit in siblings(like)]
        hint = f"did you mean {' or '.join(near)}?" if near else "transfer-cli values unit units"
        raise UsageError(f"unknown unit {name!r}", hint)
    wanted = parse(name)
    under = [(base, power) for base, power in like.dimension if power < 0]
    if under and normalise([*wanted.dimension, *under]) == like.dimension:
        return Unit(
            f"{name}/{_name(like.dimension).partition('/')[2]}", like.dimension, wanted.factor
        )
    if wanted.dimension == ((COUNT, 1),) and counts(like):
        return Unit(name, like.dimension, wanted.factor)
    like.convert(Fraction(0), wanted)
    return wanted


def counts(unit: Unit) -> bool:
    """Tell whether a unit counts things (projects, posts): its one base is no unit of measure."""
    bases = [base for base, power in unit.dimension if power == 1]
    counted = {row.counts for row in indicators().values()} - {""}
    return len(unit.dimension) == 1 and bool(bases) and bases[0] in counted


def label(name: str, lang: str) -> str:
    """Return a unit for people: as printed in Chinese, by its symbol in English."""
    if lang == "zh":
        return name
    head, slash, rest = name.partition("/")
    row = unit_rows().get(name) or unit_rows().get(head)
    if row is None:
        return {"年": "years", "月": "months"}.get(name, name)
    if row.unit == name:
        return row.symbol
    tail = {"年": "yr", "月": "month"}.get(rest, rest)
    return f"{row.symbol or head}{slash}{tail}"
