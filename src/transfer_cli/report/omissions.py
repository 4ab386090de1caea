"""Finds the numerals that measure nothing: dates, ordinals, models, slogans, telephones."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from transfer_cli.report.omission_patterns import FRAGMENTS, ORDINALS, SURE
from transfer_cli.report.shapes import ARABIC, CHINESE, DIGIT
from transfer_cli.report.text import Source
from transfer_cli.report.units import UNIT

Stage = Literal["sure", "fragments", "ordinals"]
# In 1亿千瓦 the 千 belongs to the unit.
_UNIT_OF = "千[瓦克卡伏赫焦帕]"
_TOKEN = re.compile(
    rf"{ARABIC}|(?<!\d)第?(?!半|{_UNIT_OF})[{DIGIT}十两百千]{CHINESE}?(?:、{CHINESE})*(?:期|季度|方阵|{UNIT}|(?=月|年|旬))"
)
_STAGES = {
    stage: [(reason, re.compile(pattern, re.M)) for reason, group in table for pattern in group]
    for stage, table in (("sure", SURE), ("fragments", FRAGMENTS), ("ordinals", ORDINALS))
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of text whose numerals are no quantities, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Omission:
    """A numeral left out of the quantities, as printed, and why."""

    start: int
    end: int
    line: int
    token: str
    reason: str


def find_claims(text: str, stage: Stage) -> Iterator[Claim]:
    """What is no quantity: `sure` whatever else is read there, `fragments` once the time
    expressions are known, `ordinals` once the ranks are."""
    for reason, pattern in _STAGES[stage]:
        for match in pattern.finditer(text):
            yield Claim(match.start(), match.end(), reason)


def omitted(source: Source, claims: Iterable[Claim]) -> list[Omission]:
    """The numerals that the claims hold, one by one in the order of the report."""
    found = [
        Omission(
            match.start(),
            match.end(),
            source.line_at(match.start()),
            source.printed(match.start(), match.end()),
            claim.reason,
        )
        for claim in claims
        for match in _TOKEN.finditer(source.text, claim.start, claim.end)
    ]
    return sorted(found, key=lambda omission: omission.start)
