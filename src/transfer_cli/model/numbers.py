"""What a number in a cell is, in Python and in SQL: read, compared, written.

A number is plain decimal digits with an optional sign and an optional exponent of two digits
(``1e5``). Thousands separators (``1,234.5``), full-width digits, the minus sign U+2212 and blanks
around are read. ``1_000``, ``0x10``, ``inf``, ``nan`` and ``1e400`` are text, and so is anything
longer than ``MAX_LENGTH`` characters. ``12.5%`` is the number 12.5 in a column that has no column
of units: see ``reads_percent``.

The functions ``sql_…`` return SQL expressions of DuckDB that accept the same cells and give the
same values; a property test compares them.
"""

import math
import re
from collections.abc import Collection, Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal, Inexact
from fractions import Fraction

BLANKS = " \t\n\r\v\f\u0085\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\ufeff"
"""The characters that are allowed around a number."""
MAX_LENGTH = 300
"""Characters of the longest number; with an exponent, ``MAX_LENGTH_WITH_EXPONENT``."""
MAX_LENGTH_WITH_EXPONENT = 100
EXACT_DIGITS = 38
"""Significant digits up to which a result is written exactly, as DECIMAL(38) holds them."""
UNROUNDED = Context(prec=2000)
"""The decimal context in which sums and squares of numbers in cells are exact."""
_ROUNDINGS = {
    "over": ROUND_FLOOR, "at_least": ROUND_FLOOR,
    "under": ROUND_CEILING, "at_most": ROUND_CEILING, "nearly": ROUND_CEILING,
}  # fmt: skip
ROUNDED_DIGITS = 15
"""Significant digits of other results: a double holds each decimal number of so many."""

_WIDE, _NARROW = "０１２３４５６７８９．＋－\u2212", "0123456789.+--"
_READABLE = str.maketrans(_WIDE, _NARROW, ",%％")


def _pattern(digit: str, sign: str, point: str, blank: str) -> tuple[str, str]:
    """Return the patterns of plain and of grouped numbers, in the syntax of Python and RE2."""
    mantissa = f"(?:{digit}+(?:{point}{digit}*)?|{point}{digit}+)"
    exponent = f"(?:[eE]{sign}?0*{digit}{{1,2}})?"
    grouped = f"{digit}{{1,3}}(?:,{digit}{{3}})+(?:{point}{digit}+)?"
    return f"{blank}*{sign}?{mantissa}{exponent}", f"{blank}*{sign}?{grouped}"


_ASCII = f"(?:{'|'.join(_pattern('[0-9]', '[+-]', '[.]', '[ ]'))})[ ]*"
_SIGNED = "|".join(_pattern("[0-9０-９]", "[+\u2212＋－-]", "[.．]", f"[{BLANKS}]"))
_ANY = f"(?:{_SIGNED})[{BLANKS}]*"
_PERCENT = f"(?:{_SIGNED})[{BLANKS}]*[%％]?[{BLANKS}]*"
_IS_NUMBER, _IS_PERCENT = re.compile(_ANY), re.compile(_PERCENT)

JSON_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)

Number = Fraction | float
"""An exact number; the only floats among them are the two infinities."""


def reads_percent(column: str, columns: Collection[str]) -> bool:
    """Return whether ``12.5%`` is a number in ``column``: where no column holds its unit."""
    return "unit" not in columns and f"{column}_unit" not in columns


def has_percent_sign(number: str) -> bool:
    """Return whether a number was printed with a per cent sign, which is its unit."""
    return "%" in number or "％" in number


def plain(text: str, *, percent: bool = False) -> str | None:
    """Return a number as ASCII digits without separators, or None for other text.

    ``percent`` is true for a column without units, where ``12.5%`` is read as 12.5.
    """
    if len(text) > MAX_LENGTH_WITH_EXPONENT and (
        len(text) > MAX_LENGTH or "e" in text or "E" in text
    ):
        return None
    if text.isdigit() and text.isascii():
        return text
    if not (_IS_PERCENT if percent else _IS_NUMBER).fullmatch(text):
        return None
    simple = text.isascii() and "," not in text and "%" not in text
    return (text if simple else text.translate(_READABLE)).strip(BLANKS)


def is_number(text: str, *, percent: bool = False) -> bool:
    """Return whether a cell holds a number."""
    return plain(text, percent=percent) is not None


def exact(text: str, *, percent: bool = False) -> Fraction:
    """Return the number in a cell exactly; raise ValueError for other text."""
    whole, _, decimals = text.partition(".")
    figures = whole + decimals
    if figures.isascii() and figures.isdigit() and len(figures) < MAX_LENGTH:
        # The most common form, in a third of the time.
        return Fraction(int(figures), 10 ** len(decimals))
    number = plain(text, percent=percent)
    if number is None:
        raise ValueError(f"{text!r} is not a number")
    return Fraction(number)


def decimal(text: str, *, percent: bool = False) -> Decimal | None:
    """Return the number in a cell exactly, or None for other text."""
    number = plain(text, percent=percent)
    return None if number is None else Decimal(number)


def plain_number(cell: str) -> bool:
    """Return whether a cell is a number and no code: codes have leading zeros."""
    number = plain(cell)
    return number is not None and not re.match("[+-]?0[0-9]", number)


def are_codes(cells: Iterable[str]) -> bool:
    """Return whether all numbers of a column look like years or six-digit codes, not amounts."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(re.fullmatch(r"(19|20)\d\d|\d{6}", cell) for cell in filled)


def json_number(text: str) -> str | None:
    """Return a cell as a JSON number with the digits as printed, or None if it is not a number.

    ``.5`` is 0.5, ``1.`` is 1, ``+3`` is 3 and ``1,234.50`` is 1234.50.
    """
    if JSON_NUMBER.fullmatch(text) and is_number(text):
        return text
    number = plain(text)
    if number is None:
        return None
    sign = "-" if number.startswith("-") else ""
    mantissa, _, exponent = re.sub("^[+-]", "", number).lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    whole = str(int(whole or 0))
    return f"{sign}{whole}{'.' * bool(decimals)}{decimals}{'e' * bool(exponent)}{exponent}"


def machine(value: Number | Decimal | int | None) -> str:
    """Return a computed number in plain notation; empty for none and for an infinity.

    A whole number is written exactly, and any other one if it has at most ``EXACT_DIGITS``
    significant digits; otherwise, as every float, it is rounded to ``ROUNDED_DIGITS``, half to
    even.
    """
    if value is None:
        return ""
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        text = f"{value:.{ROUNDED_DIGITS}g}"
        return _write(Decimal(text)) if "e" in text or text == "-0" else text
    number = Fraction(value)
    if number.denominator == 1:
        return str(number.numerator)
    terms = Decimal(number.numerator), Decimal(number.denominator)
    _EXACT.clear_flags()
    written = _EXACT.divide(*terms)
    if _EXACT.flags[Inexact]:
        written = _ROUNDED.divide(*terms)
    return _write(written)


_EXACT = Context(prec=EXACT_DIGITS, rounding=ROUND_HALF_EVEN)
_ROUNDED = Context(prec=ROUNDED_DIGITS, rounding=ROUND_HALF_EVEN)


def _write(value: Decimal) -> str:
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").removesuffix(".")
    return "0" if text == "-0" else text


def people(text: str, bound: str = "") -> str:
    """Return a number in plain notation for people: grouped, and rounded if it has many decimals.

    A number with up to three decimals is shown whole; a longer one with three significant
    digits or, from a hundred on, one decimal. With a ``bound`` it is rounded to the side on which
    the bound stays true: over 43.26 is over 43.2, and not over 43.3.
    """
    value = decimal(text)
    if value is None:
        return text
    decimals = max(0, -int(value.as_tuple().exponent))
    if decimals > 3:
        size = value.adjusted()
        decimals = max(1, 2 - size) if size < 12 else 0
    if bound in _ROUNDINGS:
        value = value.quantize(Decimal(f"1e-{decimals}"), _ROUNDINGS[bound], UNROUNDED)
    return f"{value:,.{decimals}f}"


# The same in SQL, for DuckDB. ``cell`` is an expression of type VARCHAR, such as ``c0``.


def sql_plain(cell: str) -> str:
    """Return SQL for the number in a cell as text that ``CAST`` reads; NULL for no number."""
    return f"CASE WHEN {_quick(cell)} THEN {cell} ELSE {_slow(cell, percent=False)} END"


def sql_double(cell: str, *, percent: bool) -> str:
    """Return SQL for the number in a cell as the nearest DOUBLE; NULL for no number."""
    slow = _slow(cell, percent=percent)
    cast = f"try_cast({cell} AS DOUBLE)"
    return f"CASE WHEN {_quick(cell)} THEN {cast} ELSE try_cast({slow} AS DOUBLE) END"


def sql_is_number(cell: str) -> str:
    """Return SQL for whether a cell holds a number."""
    return f"({sql_plain(cell)} IS NOT NULL)"


def sql_order(cell: str, *, descending: bool, percent: bool) -> str:
    """Return the list after ORDER BY: numbers by value, then text, then empty, either way."""
    double = sql_double(cell, percent=percent)
    way = f"{'DESC' if descending else 'ASC'} NULLS LAST"
    return (
        f"CASE WHEN {cell} = '' THEN 2 WHEN {double} IS NULL THEN 1 ELSE 0 END, {double} {way},"
        f" CASE WHEN {double} IS NULL THEN {cell} ELSE {sql_digits(cell)} END {way}"
    )


_DIGITS, _COMPLEMENT = "0123456789", "9876543210"
_LENGTH = 1000
"""The code point for a whole part of no digits; that of n digits is n above or below it."""


def sql_digits(cell: str) -> str:
    """Return SQL for the digits of a cell that is a number, as text that sorts as numbers do.

    It is equal only for equal numbers, and in order for numbers that are equal as DOUBLE. It holds
    how many digits the whole part has, as one character, the whole part, and the decimals; for a
    number below zero each digit is complemented.
    """
    number = (
        f"CASE WHEN {_quick(cell)} AND NOT contains({cell}, 'e') AND NOT contains({cell}, 'E')"
        f" THEN {cell} ELSE {_let('n', _readable(cell), _expanded('n'))} END"
    )
    parts = "regexp_extract(n, '^[+-]?0*([0-9]*)(?:[.]([0-9]*?)0*)?[ \t\n\r\v\f]*$', ['w', 'f'])"
    below = f"'-' || chr({_LENGTH} - strlen(p.w)::INTEGER) || translate(p.w || '.' || p.f, "
    above = f"chr({_LENGTH} + strlen(p.w)::INTEGER) || p.w || '.' || p.f"
    digits = (
        f"CASE WHEN n LIKE '-%' AND p.w || p.f <> ''"
        f" THEN {below}'{_DIGITS}', '{_COMPLEMENT}') || '~' ELSE {above} END"
    )
    return _let("n", number, _let("p", parts, digits))


def digits(value: Fraction) -> str:
    """Return the digits of a number as ``sql_digits`` writes those of a cell.

    A number without end is cut after more decimals than a cell can have, and ends in a 1.
    """
    size = abs(value)
    whole = size.numerator // size.denominator
    places = 2 * MAX_LENGTH
    shifted, rest = divmod((size - whole).numerator * 10**places, size.denominator)
    decimals = str(shifted).zfill(places)
    decimals = f"{decimals}1" if rest else decimals.rstrip("0")
    text = str(whole) if whole else ""
    if value >= 0:
        return f"{chr(_LENGTH + len(text))}{text}.{decimals}"
    complement = f"{text}.{decimals}".translate(str.maketrans(_DIGITS, _COMPLEMENT))
    return f"-{chr(_LENGTH - len(text))}{complement}~"


def _expanded(number: str) -> str:
    """Return SQL for a number without its exponent."""
    whole = f"regexp_extract({number}, '^[+-]?0*([0-9]*)', 1)"
    decimals = f"regexp_extract({number}, '[.]([0-9]*)', 1)"
    power = f"try_cast(regexp_extract({number}, '[eE](.*)$', 1) AS BIGINT)"
    row = f"repeat('0', 100) || {whole} || {decimals} || repeat('0', 100)"
    point = f"100 + strlen({whole}) + {power}"
    return (
        f"CASE WHEN NOT contains(lower({number}), 'e') THEN {number}"
        f" ELSE CASE WHEN {number} LIKE '-%' THEN '-' ELSE '' END"
        f" || left({row}, {point}) || '.' || substr({row}, 1 + {point}) END"
    )


def _let(name: str, value: str, expression: str) -> str:
    """Return SQL for an expression with a name for a value that it uses more than once."""
    return f"list_transform([{value}], lambda {name}: {expression})[1]"


def _readable(cell: str) -> str:
    """Return SQL for the text of a cell that is a number, as ``CAST`` reads it."""
    return f"trim(translate({cell}, '{_WIDE},%％', '{_NARROW}'), '{BLANKS}')"


def _quick(cell: str) -> str:
    """Return cheap SQL that is true of most numbers; ``_slow`` reads the others by a pattern.

    ``try_cast`` also reads ``1_000``, ``+-1`` (after blanks, too), ``inf`` and ``1e400``.
    """
    return (
        f"(abs(try_cast({cell} AS DOUBLE)) BETWEEN 1e-50 AND 1e50"
        f" AND {cell} NOT LIKE '%\\_%' ESCAPE '\\' AND {cell} NOT LIKE '+-%' AND {cell} >= '+'"
        f" AND strlen({cell}) <= {MAX_LENGTH_WITH_EXPONENT})"
    )


def _slow(cell: str, *, percent: bool) -> str:
    """Return SQL for the other numbers: 0, exponents, separators, full-width digits."""
    short = (
        f"(length({cell}) <= {MAX_LENGTH_WITH_EXPONENT} OR length({cell}) <= {MAX_LENGTH}"
        f" AND NOT regexp_matches({cell}, '[eE]'))"
    )
    return (
        f"CASE WHEN {cell} = '' THEN NULL"
        f" WHEN regexp_full_match({cell}, '{_ASCII}') AND {short}"
        f" THEN trim(replace({cell}, ',', ''))"
        f" WHEN regexp_full_match({cell}, '{_PERCENT if percent else _ANY}') AND {short}"
        f" THEN {_readable(cell)} END"
    )
