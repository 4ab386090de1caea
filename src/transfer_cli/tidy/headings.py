"""What a heading or a title names: an indicator, its unit, a period, a province."""

import re
import unicodedata
from typing import NamedTuple

from transfer_cli.model import names, periods, regions
from transfer_cli.model.units import UnitTable
from transfer_cli.model.vocabulary import Vocabulary, provinces

_BRACKETS = re.compile(r"[（(]([^()（）]*)[)）]\s*$")
_PERIOD = re.compile(
    r"(?:19|20)\d\d年?(?:\d{1,2}月?[-—–~至]\d{1,2}月|\d{1,2}月|[上下]半年|第?[一二三四1-4]季度|度)?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d(?:\s?[QHS][1-4])?)"
_YEAR_FIRST = re.compile(rf"{_YEAR}[\s_]+(?P<name>\D.*)")
_YEAR_LAST = re.compile(rf"(?P<name>.*?[^\W\d])(?:,\s*|\s+in\s+|[\s_]+){_YEAR}")
"""``2023 GDP``, ``GDP 2023``, ``Population, 2023``, ``tax_2024Q1``: a year apart from the name."""
_WORLD_BANK_YEAR = re.compile(r"\s*\[YR\d{4}\]$")
_UNIT = re.compile(r"(?:计量单位|单位|unit)\s*[:：]\s*([^\s，,；;:：)）]+)", re.IGNORECASE)
_PER_CENT = re.compile(r"(?:annual )?%(?: of .*)?")
_DOLLARS = ("US$", "current US$", "current USD", "US dollars")
"""How the World Bank prints US dollars of the year."""
_INDUSTRY = re.compile(r".*(?:业|产业)")
_NUMBERING = re.compile(r"^\s*(?:表\s*)?\d+(?:[-–—.]\d+)+\s*")
VALUE_ADDED, GDP = "value_added", "gdp"


class Heading(NamedTuple):
    """What a text names; each field may be empty.

    ``unit`` is as in ``units.csv``, ``period`` as in ``metrics.csv``.
    """

    name: str = ""
    unit: str = ""
    period: str = ""


def read(text: str, units: UnitTable) -> Heading:
    """Return what a heading says: ``2023年地区生产总值（亿元）`` names all three."""
    text = clean(text)
    unit = ""
    while match := _BRACKETS.search(text):
        inner = match[1].strip()
        if found := unit_in(inner, units):
            unit = found
        elif not (period_of(inner) or not inner):
            break
        else:
            text = f"{inner} {text[: match.start()]}"
            continue
        text = text[: match.start()].strip()
    if not unit and text.endswith("%"):
        unit, text = "%", text[:-1].strip()
    period = period_of(text)
    if period:
        return Heading("", unit, period)
    for match in (_PERIOD.match(text), re.search(rf"{_PERIOD.pattern}$", text)):
        if match and (period := period_of(match[0])) and "年" in match[0] + text[match.end() :][:1]:
            text = (text[: match.start()] + text[match.end() :]).strip()
            return Heading(text, unit, period)
    match = _YEAR_FIRST.fullmatch(text) or _YEAR_LAST.fullmatch(text)
    if match and (period := period_of(match["year"])):
        return Heading(match["name"], unit, period)
    return Heading(text, unit)


def clean(text: str) -> str:
    """Return a text without line ends, outer blanks and the mark of a part (``#``, 其中：)."""
    text = re.sub(r"\s*[\r\n]+\s*", "", text).strip(" \t\u3000\u00a0")
    return re.sub(r"^(?:#|＃|其中[:：])\s*", "", text)


def period_of(text: str) -> str:
    """Return the period in a text; empty if it is not a period, or a number that is not a year."""
    text = _WORLD_BANK_YEAR.sub("", text).strip()
    plain = unicodedata.normalize("NFKC", text)
    if not re.match(r"(?:19|20)\d\d", plain) or re.fullmatch(r"\d{5,}(?:\.\d+)?", plain):
        return ""
    if re.fullmatch(r"\d{4}\.\d*[1-9]\d*", plain):
        return ""
    found = periods.find(text)
    return found.code if found else ""


def period_within(text: str) -> str:
    """Return the period that a title names, if it names exactly one; else empty."""
    found = {period_of(match[0]) for match in _PERIOD.finditer(text) if "年" in match[0]} - {""}
    return found.pop() if len(found) == 1 else ""


def unit_in(text: str, units: UnitTable) -> str:
    """Return the unit in a text, as ``units.csv`` prints it; empty if it is not a unit."""
    text = text.strip()
    if match := _UNIT.fullmatch(text):
        text = match[1]
    if text in _DOLLARS:
        return "美元"
    if _PER_CENT.fullmatch(text) or text == "％":
        return "%"
    if not text or len(text) > 40 or period_of(text) or not units.known(text):
        return ""
    return units.printed(text)


def unit_within(text: str, units: UnitTable) -> str:
    """Return the unit that a title line names after 单位: or in its last brackets."""
    match = _UNIT.search(text)
    if match:
        return unit_in(match[1], units) or match[1]
    return read(text, units).unit


def indicator_of(name: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return the code of the indicator and the industry in a name; empty if unknown.

    工业增加值 is the value added of an industry: ``("value_added", "工业")``.
    """
    folded = names.fold(name)
    aliases = vocabulary.aliases("indicator")
    for code, labels in aliases.items():
        if folded in {names.fold(code), *map(names.fold, labels)}:
            return code, ""
    if name in ("国内生产总值", "GDP", "生产总值"):
        return GDP, ""
    for code, labels in aliases.items():
        label = labels[-1]
        if name.endswith(label) and _INDUSTRY.fullmatch(name.removesuffix(label)):
            return code, name.removesuffix(label)
    return "", ""


def is_industry(name: str) -> bool:
    """Return whether a name is that of an industry: 第一产业, 建筑业."""
    return bool(_INDUSTRY.fullmatch(name))


def indicator_within(text: str, vocabulary: Vocabulary) -> str:
    """Return the label of the longest known indicator in a title, or an empty string."""
    aliases = vocabulary.aliases("indicator").values()
    found = [labels[-1] for labels in aliases if labels[-1] and labels[-1] in text]
    if not found and text.isascii():
        found = [label for labels in aliases for label in labels if _words(label) in _words(text)]
    return max(found, key=len, default="")


def _words(text: str) -> str:
    """Return the Latin words of a text in small letters, with a blank around each."""
    return f" {' '.join(re.findall('[a-z]+', text.casefold())) or '-'} "


def province_within(text: str) -> str:
    """Return the province that a title names, if it names exactly one; else empty."""
    found = {each.name for each in provinces().values() if each.zh in text or each.name in text}
    return found.pop() if len(found) == 1 else ""


def province_of(name: str) -> str:
    """Return the province, or China, that a name means, or an empty string."""
    return regions.find(clean(name)) or ""


def without_number(text: str) -> str:
    """Return a title without the number of its table: 3-1 地区生产总值."""
    return _NUMBERING.sub("", text)
