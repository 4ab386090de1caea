"""What the columns of a wide table that name its rows are: regions, indicators, units, periods."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.tidy import headings
from transfer_cli.tidy.layout import Layout

Body: TypeAlias = Sequence[tuple[int, Sequence[str]]]
_COUNTRY = re.compile(r"country(?: name)?|国家(?:和地区|或地区)?", re.IGNORECASE)
_HEADINGS = {
    "region": re.compile(
        r"地\s*区|省\s*份|省|省\s*[、/]?\s*[区市].*|市\s*[（(]?州.*|城\s*市|市|各\s*地.*|region|province|city|area",
        re.IGNORECASE,
    ),
    "indicator": re.compile(
        r"指\s*标(?:名称)?|项\s*目|(?:indicator|series)(?: name)?", re.IGNORECASE
    ),
    "unit": re.compile(r"(?:计量)?单\s*位|units?", re.IGNORECASE),
    "period": re.compile(r"年\s*[份度]|年|时\s*间|月\s*份|year|period|time|date", re.IGNORECASE),
    "subject": re.compile(r"行\s*业|产\s*业|industry|sector", re.IGNORECASE),
}
_IGNORED = re.compile(r"序\s*号|代\s*码|编\s*码|no\.?|(?:[a-z]+ )*code", re.IGNORECASE)
_PLACE = re.compile(r".*(?:市|州|盟|地区|县|区|旗)|全\s*[省区市州]|合\s*计|总\s*计")


@dataclass
class Roles:
    """Which column names what, None where none does; ``ignored`` are columns that are not read.

    ``countries`` says that regions are countries.
    """

    region: int | None = None
    indicator: int | None = None
    unit: int | None = None
    period: int | None = None
    subject: int | None = None
    countries: bool = False
    ignored: list[int] = field(default_factory=list)

    @classmethod
    def find(
        cls, layout: Layout, body: Body, has_indicator: bool, vocabulary: Vocabulary
    ) -> "Roles":
        """Return the roles of the columns of labels: by their headings, or else by their cells.

        A column that nothing tells anything of names the indicators, if no title does.
        """
        roles = cls()
        for place in layout.labels:
            heading = "".join(layout.parts[place])
            cells = [headings.clean(row[place]) for _line, row in body if row[place].strip()]
            role = _by_heading(heading) or _by_cells(cells, vocabulary)
            if _COUNTRY.fullmatch(heading):
                role, roles.countries = "region", True
            named = any(headings.read(part, vocabulary.units).name for place in layout.values
                        for part in layout.parts[place])  # fmt: skip
            if not role and cells and not has_indicator and not named:
                role = "indicator"
            if cells and (not role or getattr(roles, role, 0) is not None):
                roles.ignored.append(place)
            elif cells and role != "ignored":
                setattr(roles, role, place)
        return roles


def _by_heading(heading: str) -> str:
    if _IGNORED.fullmatch(heading):
        return "ignored"
    return next((role for role, form in _HEADINGS.items() if form.fullmatch(heading)), "")


def _by_cells(cells: Sequence[str], vocabulary: Vocabulary) -> str:
    """Return the role that most cells of a column have; empty if they have none."""
    tests: dict[str, Callable[[str], object]] = {
        "period": headings.period_of,
        "region": lambda cell: headings.province_of(cell) or _PLACE.fullmatch(cell),
        "unit": lambda cell: headings.unit_in(cell, vocabulary.units),
        "indicator": lambda cell: headings.indicator_of(
            headings.read(cell, vocabulary.units).name, vocabulary)[0],
    }  # fmt: skip
    for role, test in tests.items():
        if 2 * sum(bool(test(cell)) for cell in cells) > len(cells):
            return role
    return ""
