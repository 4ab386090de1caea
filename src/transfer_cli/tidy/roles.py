"""The roles of the columns that name the rows of a wide table: region, indicator, unit …"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from transfer_cli.model.headings import HEADINGS
from transfer_cli.model.names import fold
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.tidy import headings
from transfer_cli.tidy.layout import Layout

Body: TypeAlias = Sequence[tuple[int, Sequence[str]]]
_COUNTRY = re.compile(r"country(?: name)?|国家(?:和地区|或地区)?", re.IGNORECASE)
_HEADINGS = {
    "region": (*HEADINGS["province"], *HEADINGS["place"], "province", "place", "region", "area",
               "country", "country name", "省区市", "各地"),
    "indicator": (*HEADINGS["indicator"], "项目", "indicator", "indicator name",
                  "series name", "指标名称"),
    "unit": (*HEADINGS["unit"], "unit", "units", "计量单位"),
    "period": (*HEADINGS["period"], "period", "date", "年", "月份"),
    "subject": (*HEADINGS["industry"], "industry", "sector", "产业"),
    "company": ("企业", "企业名称", "公司", "公司名称", "单位名称", "company", "company name"),
    "project": ("project", *HEADINGS["project"]),
}  # fmt: skip
"""The headings of each role; case, blanks and brackets do not count."""
_IGNORED = re.compile(r"序\s*号|代\s*码|编\s*码|no\.?|(?:[a-z]+ )*code", re.IGNORECASE)
_PLACE = re.compile(r".*(?:市|州|盟|地区|县|区|旗)|全\s*[省区市州]|合\s*计|总\s*计")


@dataclass
class Roles:
    """The column of each role, or None; ``ignored`` are columns that are not read.

    ``countries`` says that regions are countries, ``things`` that the subjects are companies, or
    projects: the scope of their figures.
    """

    region: int | None = None
    indicator: int | None = None
    unit: int | None = None
    period: int | None = None
    subject: int | None = None
    countries: bool = False
    things: str = ""
    ignored: list[int] = field(default_factory=list)

    @classmethod
    def find(
        cls, layout: Layout, body: Body, has_indicator: bool, vocabulary: Vocabulary
    ) -> "Roles":
        """Return the roles of the columns of labels: by their headings, or else by their cells.

        A column without a recognised role names the indicators, if no title does.
        """
        roles = cls()
        for place in layout.labels:
            heading = "".join(layout.parts[place])
            cells = [headings.clean(row[place]) for _line, row in body if row[place].strip()]
            role = _by_heading(heading) or _by_cells(cells, vocabulary)
            if _COUNTRY.fullmatch(heading):
                role, roles.countries = "region", True
            if role in ("company", "project"):
                if role == "project" and roles.things == "company" and roles.subject is not None:
                    roles.ignored.append(roles.subject)
                    roles.subject = None
                if roles.subject is None:
                    roles.things = role
                role = "subject"
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
    folded = fold(heading)
    return next((role for role, words in _HEADINGS.items() if folded in map(fold, words)), "")


def _by_cells(cells: Sequence[str], vocabulary: Vocabulary) -> str:
    """Return the role that most cells of a column have, or an empty string."""
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
