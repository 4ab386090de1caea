"""Units as printed: what they measure, and how they convert within a dimension."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from transfer_cli import messages
from transfer_cli.errors import Instead, RefusedError, UsageError, closest, did_you_mean
from transfer_cli.messages import _
from transfer_cli.model.codelists import NOUNS

Dimension = tuple[tuple[str, int], ...]
"""Powers of base units, sorted: 吨/年 is ``(("吨", 1), ("年", -1))``; a pure number is ``()``."""

PERCENT: Dimension = (("%", 1),)
POINTS: Dimension = (("个百分点", 1),)
COUNT = "个"
POSTS: Dimension = (("post", 1),)
PERSONS: Dimension = (("人", 1),)

_MAGNITUDES = {"百亿": 10, "10亿": 9, "亿": 8, "百万": 6, "万": 4, "千": 3}
"""The powers of ten of magnitudes; 千万, 千亿 and 万亿 are products of these."""
_PREFIX = re.compile(rf"({'|'.join(_MAGNITUDES)})(.+)")
_ENGLISH_MAGNITUDES = {
    "k": "千", "thousand": "千", "10k": "万", "10 thousand": "万", "m": "百万", "mn": "百万",
    "million": "百万", "10m": "千万", "10 million": "千万", "100m": "亿", "100 million": "亿",
    "bn": "10亿", "b": "10亿", "billion": "10亿", "10bn": "百亿", "100bn": "千亿",
    "trn": "万亿", "tn": "万亿", "trillion": "万亿",
}  # fmt: skip
_SYMBOLS = {
    "千万": "10m", "千亿": "100bn", "千": "k", "百万": "m", "百亿": "10bn", "10亿": "bn",
    "万亿": "trn", "万": "10k", "亿": "100m",
}  # fmt: skip
"""How a magnitude is shown in English, the longer before those that they begin with."""
_CURRENCIES = ("CNY", "USD")
_ENGLISH_PREFIX = re.compile(
    r"(?:(cny|rmb|usd) )?"
    rf"({'|'.join(_ENGLISH_MAGNITUDES)})(?: (.+))?"
)
_ALIASES = {
    "％": "%", "pct": "%", "百分点": "个百分点", "rmb": "元", "dollars": "美元",
    "yr": "年", "year": "年", "years": "年", "month": "月", "months": "月",
    "hour": "小时", "hours": "小时", "h": "小时",
}  # fmt: skip
"""Other words than the symbols and the labels of ``units.csv``."""
_TIMES = {"年": "year", "月": "month", "小时": "hour"}
_POWER, _ENERGY, _HOUR = "千瓦", "千瓦时", "小时"


class UnitRow(NamedTuple):
    """A row of ``units.csv``: its dimension and how many base units it is."""

    unit: str
    dimension: str
    base: str
    factor: Decimal
    label: str
    symbol: str


class Unit(NamedTuple):
    """A unit: its printed name, its dimension and how many base units it is.

    ``counted`` says that it counts things (projects, posts): its base is not a unit of measure.
    """

    name: str
    dimension: Dimension
    factor: Fraction
    counted: bool = False

    @property
    def description(self) -> str:
        """What it measures, for a message: its name, or what it counts."""
        if self.counted:
            return _("a count of {things}", things=f"{self.dimension[0][0]}s")
        return self.name or _("a plain number")

    def convert(self, value: Fraction, to: "Unit") -> Fraction:
        """Return ``value`` of this unit in the unit ``to``.

        Raises RefusedError for a unit of another dimension.
        """
        if self.dimension != to.dimension:
            raise RefusedError(
                _(
                    "{one} and {other} measure different things and do not convert",
                    one=self.description,
                    other=to.description,
                ),
                Instead("--unit", self.name),
            )
        return value * self.factor / to.factor


ONE = Unit("", (), Fraction(1))


class UnitTable:
    """The units of ``units.csv``, by their printed form, with magnitudes and quotients of them.

    ``counted`` are the nouns that counts count (``project``, ``post``).
    """

    def __init__(self, rows: Mapping[str, UnitRow], counted: frozenset[str]) -> None:
        self.rows = rows
        self.counted = counted
        self._parsed: dict[tuple[str, str, str], Unit] = {}

    def parse(self, name: str, per: str = "", counts: str = "") -> Unit:
        """Return the unit printed as ``name``, in Chinese or English.

        ``per`` (月, 年) completes a rate whose time is printed elsewhere; ``counts`` is what a
        bare measure word counts (``project``), so that projects and enterprises are unlike
        dimensions.
        """
        key = (name, per, counts)
        if key not in self._parsed:
            self._parsed[key] = self._parse(*key)
        return self._parsed[key]

    def _parse(self, name: str, per: str, counts: str) -> Unit:
        head, *rest = re.split(r"/|每", self.printed(name.strip()))
        base, factor = self._scaled(head)
        powers = [(counts if base == COUNT and counts else base, 1)]
        for part in rest or ([per] if per else []):
            under, under_factor = self._scaled(part)
            powers.append((under, -1))
            factor /= under_factor
        dimension = normalise(powers)
        counted = any(dimension == ((noun, 1),) for noun in self.counted)
        return Unit(name, dimension, factor, counted)

    def printed(self, name: str) -> str:
        """Return the printed form of a unit that is given by its symbol or its English name."""
        if name in self.rows:
            return name
        folded = name.casefold()
        if folded in self._english:
            return self._english[folded]
        head, slash, tail = name.partition("/")
        if slash:
            return f"{self.printed(head.strip())}/{self.printed(tail.strip())}"
        match = _ENGLISH_PREFIX.fullmatch(folded)
        if match and bool(match[1]) != bool(match[3]):
            base = match[1] or match[3]
            return f"{_ENGLISH_MAGNITUDES[match[2]]}{self._english.get(base, base)}"
        return name

    @cached_property
    def _english(self) -> dict[str, str]:
        first: dict[str, str] = {}  # Of units with one symbol (人, 名) the first is meant.
        for name, row in self.rows.items():
            for word in filter(None, (row.symbol, row.label)):
                first.setdefault(word.casefold(), name)
        nouns = {chinese: noun for noun, chinese in NOUNS.items()}
        return {**first, **nouns, **_ALIASES}

    def _scaled(self, name: str) -> tuple[str, Fraction]:
        """Return the base and the factor of a unit, or of a magnitude (万, 亿 …) of one."""
        row = self.rows.get(name)
        if row:
            return row.base, Fraction(row.factor)
        match = _PREFIX.fullmatch(name)
        if not match:
            return name, Fraction(1)
        base, factor = self._scaled(match[2])
        return base, factor * 10 ** _MAGNITUDES[match[1]]

    def known(self, name: str) -> bool:
        """Return whether a unit is in ``units.csv``, or a magnitude or a quotient of such."""
        words = {*_TIMES, *self.counted}
        return all(self._listed(part) or part in words for part in self.printed(name).split("/"))

    def _listed(self, name: str) -> bool:
        match = _PREFIX.fullmatch(name)
        return name in self.rows or (match is not None and self._listed(match[2]))

    def siblings(self, unit: Unit) -> list[Unit]:
        """Return the units of ``units.csv`` with the dimension of ``unit``, smallest first."""
        every = [self.parse(name) for name in self.rows]
        fitting = [other for other in every if other.dimension == unit.dimension]
        return sorted(fitting, key=lambda other: other.factor)

    def best(self, unit: Unit, value: Fraction) -> Unit:
        """Return the unit of the same dimension in which ``value`` base units read best.

        That is the largest unit of the numerator, in ``units.csv``, of which there is at least one.
        """
        head, slash, tail = name_of(unit.dimension).partition("/")
        if head in self.counted and not slash:
            return Unit(COUNT, unit.dimension, Fraction(1), unit.counted)
        base = self.parse(head) if head in self.rows else Unit(head, (), Fraction(1))
        best = max(
            (other for other in self.siblings(base) if other.factor <= abs(value)),
            key=lambda other: other.factor,
            default=base,
        )
        return Unit(f"{best.name}{slash}{tail}", unit.dimension, best.factor)

    def require(self, name: str, like: Unit | None = None) -> None:
        """Raise UsageError for a unit that is not known; the hint names those that ``like`` has."""
        if not self.known(name):
            siblings = [unit.name for unit in self.siblings(like)] if like else []
            near = closest(name, self.rows) or siblings
            hint = did_you_mean(near) if near else "transfer-cli values unit units"
            raise UsageError(_("unknown unit {name!r}", name=name), hint)

    def target(self, name: str, like: Unit) -> Unit:
        """Return the unit a user requests by ``--unit``, for results of the unit ``like``.

        A quotient may be requested by its numerator alone: 万元 for 亿元/project. Raises UsageError
        for an unknown unit, RefusedError for one of another dimension.
        """
        self.require(name, like)
        target = self.parse(name)._replace(name=self.printed(name))
        if target.dimension == PERCENT and not like.dimension:
            return Unit(target.name, like.dimension, Fraction(1, 100))
        under = [(base, power) for base, power in like.dimension if power < 0]
        if under and normalise([*target.dimension, *under]) == like.dimension:
            tail = name_of(like.dimension).partition("/")[2]
            return Unit(f"{target.name}/{tail}", like.dimension, target.factor)
        if target.dimension == ((COUNT, 1),) and like.counted:
            return target._replace(dimension=like.dimension, counted=True)
        like.convert(Fraction(0), target)
        return target

    def label(self, name: str) -> str:
        """Return a unit for people: as printed in Chinese, by its symbol in English.

        ``CNY 100m``, ``10k persons``, ``CNY 100m/agreement``; a unit that is not in ``units.csv``
        keeps its name. ``printed`` reads what this returns.
        """
        if messages.language == "zh":
            return "/".join(NOUNS.get(part, part) for part in name.split("/"))
        if name in self.rows:
            return self.rows[name].symbol
        if name in _TIMES:
            return f"{_TIMES[name]}s"
        times = {"年": "yr", "月": "month", "小时": "hours"}
        first, *others = (times.get(part) or self._symbol(part) for part in name.split("/"))
        # What an amount is divided by is one: CNY 10k/person.
        return "/".join([first, *map(singular, others)])

    def _symbol(self, name: str) -> str:
        """Return the symbol of a unit or of a magnitude of one; its name if it has none."""
        row = self.rows.get(name)
        if row is not None:
            return row.symbol or name
        for magnitude, symbol in _SYMBOLS.items():
            row = self.rows.get(name.removeprefix(magnitude))
            if row is not None and row.symbol:
                money = row.symbol in _CURRENCIES
                return f"{row.symbol} {symbol}" if money else f"{symbol} {row.symbol}"
        return name


def singular(symbol: str) -> str:
    """Return the symbol of a unit behind the number one: ``person`` for ``persons``."""
    counted = symbol.isalpha() and symbol.islower() and len(symbol) > 3
    return symbol.removesuffix("s") if counted else symbol


def normalise(powers: list[tuple[str, int]]) -> Dimension:
    """Add up powers of equal bases and drop those that cancel; kWh / kW is hours."""
    total: dict[str, int] = {}
    for base, power in powers:
        total[base] = total.get(base, 0) + power
    if _ENERGY in total and total.keys() & {_POWER, _HOUR}:
        energy = total.pop(_ENERGY)
        total[_POWER] = total.get(_POWER, 0) + energy
        total[_HOUR] = total.get(_HOUR, 0) + energy
    power, hours = total.get(_POWER, 0), total.get(_HOUR, 0)
    if power * hours > 0:
        both = min(power, hours, key=abs)
        total |= {_POWER: power - both, _HOUR: hours - both, _ENERGY: both}
    return tuple(sorted((base, power) for base, power in total.items() if power))


def name_of(dimension: Dimension) -> str:
    """Return the name of a dimension in base units: 元, 吨/年, 元/project."""
    over = "·".join(base if p == 1 else f"{base}^{p}" for base, p in dimension if p > 0)
    under = "/".join(base if p == -1 else f"{base}^{-p}" for base, p in dimension if p < 0)
    return f"{over or 1}/{under}" if under else over


def product(a: Unit, b: Unit, power: int = 1) -> Unit:
    """Return the unit of ``a * b**power``; percent counts as a pure hundredth.

    The name of ``a`` is kept where the dimension is still its own, that of ``b`` where ``a`` is a
    plain number; otherwise base units name it.
    """
    a, b = _pure(a), _pure(b)
    dimension = normalise([*a.dimension, *((base, p * power) for base, p in b.dimension)])
    factor = a.factor * b.factor**power
    if dimension == a.dimension:
        return Unit(a.name, dimension, factor, a.counted)
    if not a.dimension and dimension == b.dimension:
        return Unit(b.name, dimension, factor, b.counted)
    return Unit(name_of(dimension), dimension, factor)


def _pure(unit: Unit) -> Unit:
    """Return a share or a rate as a plain number of hundredths; other units as they are."""
    return Unit("", (), unit.factor / 100) if unit.dimension in (PERCENT, POINTS) else unit
