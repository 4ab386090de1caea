"""The administrative divisions of China below the province: prefectures and counties.

``divisions.csv`` lists them by their codes of GB/T 2260; ``NOTICE.txt`` names its sources. A name
is full (合肥市), short (合肥), or short with its rank (延边州 for 延边朝鲜族自治州).
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from transfer_cli.extract.text import fold
from transfer_cli.model.vocabulary import provinces

_TABLE = Path(__file__).with_name("divisions.csv")
_PEOPLES = (
    "(?:壮|回|苗|彝|藏|侗|瑶|满|蒙古|土家|布依|羌|傣|景颇|哈尼|傈僳|白|黎|朝鲜|哈萨克|柯尔克孜|维吾尔|水|佤"
    "|拉祜|布朗|纳西|畲|仡佬|仫佬|毛南|各|达斡尔|锡伯|塔吉克|土|撒拉|保安|东乡|裕固|独龙|怒|普米|鄂温克)族?"
)
_AUTONOMOUS = re.compile(f"(?P<stem>.{{2,}}?)(?:{_PEOPLES})*自治(?P<rank>[州县旗])$")
# 察右前旗 for 察哈尔右翼前旗.
_BANNER = re.compile("(?P<tribe>察哈尔|科尔沁)(?P<rest>[左右]翼.旗)")
_PREFECTURE_RANKS = ("州", "盟", "地区")


@dataclass(frozen=True, slots=True)
class Division:
    """A prefecture or a county: its code, its full name and the English name of its province."""

    code: str
    name: str
    province: str

    @property
    def prefecture(self) -> str:
        """The digits of the code that the prefecture and its counties share."""
        return self.code[:4]

    @property
    def is_prefecture(self) -> bool:
        """Whether it is a prefecture, or a county directly below the province."""
        return self.code.endswith("00") or self.code[2:4] == "90"

    @property
    def scope(self) -> str:
        """The scope of a figure about it: city, prefecture, or empty for a county."""
        if not self.is_prefecture:
            return ""
        return "prefecture" if self.name.endswith(_PREFECTURE_RANKS) else "city"

    @property
    def above(self) -> "Division | None":
        """The prefecture of a county."""
        return None if self.is_prefecture else _by_code().get(f"{self.prefecture}00")

    def lies_in(self, other: "Division") -> bool:
        """Return whether it is a county of another division."""
        return other.code.endswith("00") and self.prefecture == other.prefecture and self != other


@dataclass(frozen=True, slots=True)
class Name:
    """A name with the divisions that it may mean.

    ``full`` is false for a short name, ``common`` is true for one that may be a common word: 高平.
    """

    text: str
    divisions: tuple[Division, ...]
    full: bool
    common: bool = False


@cache
def names() -> dict[str, Name]:
    """Return all names of divisions, in simplified characters."""
    full: dict[str, dict[str, Division]] = {}
    short: dict[str, dict[str, Division]] = {}
    common: dict[str, dict[str, Division]] = {}
    for division, abbreviation in _rows():
        # A division that was moved has two codes: the last one of the province is the current one.
        for name in _full_names(division):
            full.setdefault(fold(name), {}).setdefault(division.name + division.code[:4], division)
        if abbreviation:
            found = short.setdefault(fold(abbreviation), {})
            # A prefecture is meant before the county of the same name: 恩施, 承德.
            if division.code.endswith("00"):
                for code in [each for each, other in found.items() if not other.is_prefecture]:
                    del found[code]
            if not any(other.is_prefecture for other in found.values()) or division.is_prefecture:
                found[division.name] = division
        elif stem := _stem(division):
            common.setdefault(fold(stem), {})[division.name] = division
    # A name that is full for one division may be short for another.
    result = {text: Name(text, tuple(each.values()), False, True) for text, each in common.items()}
    result |= {text: Name(text, tuple(each.values()), False) for text, each in short.items()}
    result |= {text: Name(text, tuple(each.values()), True) for text, each in full.items()}
    return result


def _stem(division: Division) -> str:
    """Return the name of a county without its rank, of two characters or more; else empty."""
    autonomous = _AUTONOMOUS.match(division.name)
    stem = autonomous["stem"] if autonomous else division.name[:-1]
    # 全州 is 全州县 less often than all of a prefecture, 新建 mostly a verb.
    is_name = len(stem) > 1 and not stem.startswith(("全", "新建"))
    return stem if is_name and not division.is_prefecture else ""


@cache
def _by_code() -> dict[str, Division]:
    """Return the divisions by code."""
    return {division.code: division for division, _short in _rows()}


def _rows() -> Iterator[tuple[Division, str]]:
    province_of = {row.gb[:2]: row.name for row in provinces().values()}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = row["code"]
            yield Division(code, row["name"], province_of[code[:2]]), row["short"]


def _full_names(division: Division) -> Iterator[str]:
    yield division.name
    autonomous = _AUTONOMOUS.match(division.name)
    if autonomous:
        yield autonomous["stem"] + autonomous["rank"]
    if banner := _BANNER.match(division.name):
        yield banner["tribe"][0] + banner["rest"].replace("翼", "")
