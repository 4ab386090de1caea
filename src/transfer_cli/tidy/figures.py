"""Rows of ``metrics.csv`` from a wide table with a known layout."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from transfer_cli.errors import DataError, few
from transfer_cli.frames import pd
from transfer_cli.messages import _, join, marked
from transfer_cli.model import numbers
from transfer_cli.model.labels import label
from transfer_cli.model.names import is_total
from transfer_cli.model.schema import schemas
from transfer_cli.model.vocabulary import Vocabulary, provinces
from transfer_cli.tables.formats.excel import address
from transfer_cli.tables.table import Table
from transfer_cli.tidy import headings, layout, titles
from transfer_cli.tidy.grid import Grid
from transfer_cli.tidy.headings import GDP, VALUE_ADDED
from transfer_cli.tidy.layout import Layout
from transfer_cli.tidy.roles import Roles

_GENERIC = re.compile(r"数\s*[值据]|绝对[量数值]|本期|value", re.IGNORECASE)
"""Headings that name no indicator."""
_PART_OF_YEAR = re.compile(r"[上下]半年|第?[一二三四1-4]季度|\d{1,2}月|\d{1,2}月?[-—–~至]\d{1,2}月")
_PREFECTURE = ("州", "盟", "地区")
_COUNTY = ("县", "区", "旗")
_OPTIONS = {
    "indicator": "--indicator tax",
    "unit": marked("--unit 亿元"),
    "province": "--province Guizhou",
    "period": "--period 2023",
}
"""What a user may state about all figures, each with an example."""
_WITHIN = {
    "工业": "第二产业",
    "建筑业": "第二产业",
    "农林牧渔业": "第一产业",
    "批发和零售业": "第三产业",
    "交通运输、仓储和邮政业": "第三产业",
    "住宿和餐饮业": "第三产业",
    "金融业": "第三产业",
    "房地产业": "第三产业",
}
"""Industries that lie in one of the three sectors (NBS, 三次产业划分规定)."""


class Name(NamedTuple):
    """What a row or a column names: an indicator, an industry or place, a unit and a period."""

    indicator: str = ""
    subject: str = ""
    unit: str = ""
    period: str = ""
    province: str = ""
    place: str = ""


class Tidied(NamedTuple):
    """The figures of a table in the columns of ``metrics.csv``, and what was understood."""

    table: Table
    understood: Sequence[str]


def tidy(grid: Grid, parts: Layout, given: Mapping[str, str], vocabulary: Vocabulary) -> Tidied:
    """Return the figures of a wide table; ``given`` is what a user states about all of them.

    Raises DataError, naming the option that decides, if the indicator, the unit, the province or
    the period of a figure is not printed.
    """
    builder = _Builder(grid, parts, given, vocabulary)
    rows = _nested(_of_one_level(list(builder.rows())))
    if not rows:
        raise DataError(_("{name} has no figures", name=grid.name), _("name another sheet or file"))
    schema = schemas()["metrics"]
    frame = pd.DataFrame(rows, columns=[each.name for each in schema.fields], dtype=object)
    table = Table(frame.fillna(""), schema, grid.name, tuple(grid.notes), vocabulary=vocabulary)
    return Tidied(table, list(builder.understood(rows)))


class _Builder:
    """Makes the rows of figures, and collects what to say of the cells that are none."""

    def __init__(
        self, grid: Grid, parts: Layout, given: Mapping[str, str], vocabulary: Vocabulary
    ) -> None:
        self.grid, self.layout, self.vocabulary = grid, parts, vocabulary
        self.units = vocabulary.units
        self.body = list(layout.filled_down(grid, parts))
        self.context = titles.read(grid, parts, given, vocabulary)
        self.roles = Roles.find(parts, self.body, bool(self.context.indicator), vocabulary)
        self.columns = {place: self._column(place) for place in parts.values}
        self.gdp_unit = self._gdp_unit()
        self.industries: dict[str, None] = {}
        self.unread: list[str] = []
        self.totals: list[str] = []
        self.missing = 0
        self._ids: set[str] = set()

    def rows(self) -> Iterator[dict[str, str]]:
        """Yield a row for each figure, in the order of the file."""
        parents: list[tuple[int, dict[int, dict[str, str]]]] = []
        above = ""
        for line, row in self.body:
            label = self._label(row)
            region = self.roles.region
            of_all = region is not None and is_total(row[region])
            if of_all and not (label.province or self.context.province):
                self.totals.append(str(line))
                continue
            above = label.province or above
            if label.place and not self.context.province:
                label = label._replace(province=above)
            indent = self._indent(row)
            while parents and parents[-1][0] >= indent:
                parents.pop()
            parent = parents[-1] if parents and indent else None
            own: dict[int, dict[str, str]] = {}
            empty = 0
            for place, column in self.columns.items():
                cell = row[place].strip()
                if layout.is_missing(cell):
                    empty += 1
                elif not layout.is_number(cell):
                    self.unread.append(f"{address(line - 1, place)} {cell!r}")
                else:
                    whole = parent[1].get(place) if parent else None
                    own[place] = self._figure(line, place, cell, (label, column), whole)
                    yield own[place]
            self.missing += empty if empty < len(self.columns) else 0
            if self.roles.indicator is not None:
                parents.append((indent, own))

    def understood(self, rows: Sequence[dict[str, str]]) -> Iterator[str]:
        """Yield what was understood, for people."""
        parts = self.layout
        lines = join(str(self.grid.line(place)) for place in parts.header)
        yield _("header: row {rows}; figures: rows {first} to {last}",
                rows=lines, first=self.body[0][0], last=self.body[-1][0])  # fmt: skip
        for column, word in _words().items():
            values = list(dict.fromkeys(row[column] for row in rows))
            shown = join(label(column, value, self.vocabulary) for value in values[:4])
            shown += " …" if values[4:] else ""
            yield _("{word}: {values} ({origin})", word=word, values=shown,
                    origin=self._origin(column))  # fmt: skip
        if self.industries:
            yield _("read as value added of industries, as the table gives the GDP: {names}",
                    names=join(self.industries))  # fmt: skip
        if self.context.source:
            yield _("source: {source} ({place})",
                    source=self.context.source, place=self.context.places["source"])  # fmt: skip
        if self.context.remarks:
            yield _("remark: {remarks!r} ({place})",
                    remarks=self.context.remarks, place=self.context.places["remarks"])  # fmt: skip
        if self.totals:
            yield _("left out, as totals of several provinces: rows {rows}", rows=join(self.totals))
        if self.roles.ignored:
            names = join(
                " ".join(parts.parts[place]) or address(0, place)[:-1]
                for place in self.roles.ignored
            )
            yield _("not read: column {names}", names=names)
        if self.missing:
            yield (
                _("1 cell prints no figure")
                if self.missing == 1
                else _("{n} cells print no figure", n=self.missing)
            )
        if self.unread:
            yield _("not read as a number: {cells}", cells=few(self.unread))
        codes = dict.fromkeys(row["indicator"] for row in rows)
        if unknown := [code for code in codes if code not in self.vocabulary.indicators]:
            yield _("not in the look-up of indicators: {names}; set --indicator, or add them to an"
                    " indicators.csv in the directory of the table",
                    names=join(unknown[:4]) + (" …" if unknown[4:] else ""))  # fmt: skip

    def _origin(self, column: str) -> str:
        role = getattr(self.roles, "region" if column == "province" else column)
        if role is not None and not (column == "province" and self.context.province):
            return _("column {column}", column=address(0, role)[:-1])
        if any(getattr(name, column) for name in self.columns.values()):
            return _("header")
        labels = self.roles.indicator if self.roles.indicator is not None else self.roles.region
        other = _("column {column}", column=address(0, labels or 0)[:-1])
        return self.context.places.get(column, other)

    def _label(self, row: Sequence[str]) -> Name:
        """Return what the labels of a row name."""
        roles = self.roles
        name = Name()
        if roles.indicator is not None:
            heading = headings.read(row[roles.indicator], self.units)
            name = name._replace(indicator=heading.name, unit=heading.unit, period=heading.period)
        if roles.region is not None:
            name = self._with_region(name, headings.clean(row[roles.region]))
        if roles.unit is not None and row[roles.unit].strip():
            unit = row[roles.unit].strip()
            name = name._replace(unit=headings.unit_in(unit, self.units) or unit)
        if roles.period is not None:
            name = name._replace(period=headings.period_of(row[roles.period].strip()))
        if roles.subject is not None:
            name = name._replace(subject=headings.clean(row[roles.subject]))
        return name

    def _with_region(self, name: Name, text: str) -> Name:
        if is_total(text):
            return name
        found = headings.province_of(text)
        if found:
            return name._replace(province=found)
        if self.roles.countries:
            return name._replace(province=text)
        return name._replace(place=re.sub(r"\s+", "", text))

    def _column(self, place: int) -> Name:
        """Return what the headings of a column name."""
        name = Name()
        parts = self.layout.parts[place]
        for text in parts:
            if len(parts) > 1 and (unit := headings.unit_in(text, self.units)):
                name = name._replace(unit=unit)
                continue
            if _PART_OF_YEAR.fullmatch(text) and self.context.period:
                period = headings.period_of(f"{self.context.period[:4]}年{text}")
                name = name._replace(period=period)
                continue
            heading = headings.read(text, self.units)
            name = name._replace(
                unit=heading.unit or name.unit, period=heading.period or name.period
            )
            if not heading.name or _GENERIC.fullmatch(heading.name):
                continue
            if province := headings.province_of(heading.name):
                name = name._replace(province=province)
            elif name.indicator and headings.is_industry(heading.name):
                name = name._replace(subject=heading.name)
            else:
                name = name._replace(indicator=heading.name)
        return name

    def _indent(self, row: Sequence[str]) -> int:
        """Return the indent of the name of a row."""
        if self.roles.indicator is None:
            return 0
        text = row[self.roles.indicator]
        blanks = text[: len(text) - len(text.lstrip(" \t\u3000\u00a0"))]
        mark = re.match(r"#|＃|其中", text.strip()) is not None
        return sum(2 if blank == "\u3000" else 1 for blank in blanks) + mark

    def _gdp_unit(self) -> str | None:
        """Return the unit of the gross domestic product; None if the table does not give it."""
        names = [*self.columns.values()]
        if self.roles.indicator is not None:
            names += [self._label(row) for _line, row in self.body]
        units = [name.unit for name in names
                 if headings.indicator_of(name.indicator, self.vocabulary)[0] == GDP]  # fmt: skip
        return next(iter(units), None)

    def _figure(
        self,
        line: int,
        place: int,
        cell: str,
        names: tuple[Name, Name],
        whole: dict[str, str] | None,
    ) -> dict[str, str]:
        """Return the row of a figure, which ``names`` of its row and its column describe."""
        label, column = names
        where = address(line - 1, place)
        named = self._stated("indicator", names, where)
        indicator, subject = self._indicator(named)
        subject = subject or label.subject or column.subject
        if indicator == named and indicator not in self.vocabulary.indicators and whole:
            indicator, subject = whole["indicator"], named
        percent = numbers.has_percent_sign(cell)
        other_unit = whole["unit"] if whole else ""
        if not other_unit and subject in self.industries:
            other_unit = self.gdp_unit or ""
        unit = "%" if percent else self._stated("unit", names, where, other_unit)
        period = self._stated("period", names, where)
        province = self._stated("province", names, where)
        known = self.vocabulary.indicators.get(indicator)
        row = {
            "province": province,
            "place": label.place,
            "place_zh": label.place,
            "subject": subject,
            "subject_zh": subject,
            "scope": self.roles.things or _scope(province, label.place),
            "indicator": indicator,
            "status": "unspecified" if known and known.has_stages else "actual",
            "period": period,
            "value": numbers.plain(cell, percent=True) or cell,
            "unit": unit,
            "bound": "exact",
            "part_of": "",
            "line": str(line),
            "printed": cell if percent else f"{cell}{'×' * unit[:1].isdigit()}{unit}",
            "note": "; ".join(filter(None, (self.context.source, self.context.remarks))),
        }
        if whole and subject and (whole["indicator"], whole["unit"]) == (indicator, unit):
            row["part_of"] = whole["id"]
        return {"id": self._id(row, where), **row}

    def _stated(self, what: str, names: tuple[Name, Name], where: str, default: str = "") -> str:
        """Return what the row, the column, or else a title states; raise DataError for nothing."""
        stated = (getattr(each, what) for each in (*names, self.context))
        if value := next(filter(None, stated), default):
            return str(value)
        message = _("{name}: the {what} of {cell} is not printed in a title or heading",
                    name=self.grid.name, what=_words()[what], cell=where)  # fmt: skip
        raise DataError(message, _("name it, for example: {option}", option=_(_OPTIONS[what])))

    def _indicator(self, name: str) -> tuple[str, str]:
        code, subject = headings.indicator_of(name, self.vocabulary)
        if not code and self.gdp_unit is not None and headings.is_industry(name):
            self.industries[name] = None
            return VALUE_ADDED, name
        return code or name, subject

    def _id(self, row: dict[str, str], where: str) -> str:
        """Return an id: province, indicator and period, and the cell if that is not enough."""
        province = provinces().get(row["province"])
        iso = province.iso.removeprefix("CN-") if province else row["province"]
        words = [iso, row["indicator"], row["period"].replace("/..", "_on")]
        plain = [re.sub(r"[^a-z0-9]+", "_", word.lower()).strip("_") for word in words]
        name = "_".join([plain[0] or "place", plain[1] or "figure", plain[2]])
        if name in self._ids:
            name = f"{name}_{where.lower()}"
        self._ids.add(name)
        return name


def _words() -> dict[str, str]:
    """Return the words for what every figure needs."""
    return {
        "indicator": _("indicator"),
        "unit": _("unit"),
        "province": _("province"),
        "period": _("period"),
    }


def _of_one_level(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows in which cities have the scope of prefectures, if both 昆明市 and 文山州 occur.

    A table with counties stays as it is: a city may be part of a prefecture there.
    """
    places = [row["place"] for row in rows if row["place"]]
    if any(place.endswith(_COUNTY) and not place.endswith(_PREFECTURE) for place in places):
        return list(rows)
    mixed = {row["province"] for row in rows if row["scope"] == "prefecture"}
    return [
        {**row, "scope": "prefecture"} if row["place"] and row["province"] in mixed else row
        for row in rows
    ]


def _nested(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows in which an industry is a part of its sector, if the table has both."""
    columns = ("province", "place_zh", "indicator", "period", "unit")
    ids = {(*(row[name] for name in columns), row["subject_zh"]): row["id"] for row in rows}
    return [
        {**row, "part_of": row["part_of"] or ids.get(
            (*(row[name] for name in columns), _WITHIN.get(row["subject_zh"], "-")), "")}
        for row in rows
    ]  # fmt: skip


def _scope(province: str, place: str) -> str:
    if place:
        return "prefecture" if place.endswith(_PREFECTURE) else "city"
    return "province" if province in provinces() else "nation"
