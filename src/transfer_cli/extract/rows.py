"""The tables of an extraction, with notes: ``metrics`` with a confidence, review, ``omitted``."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from transfer_cli.extract.candidates import Candidate, Extraction
from transfer_cli.extract.confidence import SURE
from transfer_cli.extract.text import FULL_STOP, end_of, start_of
from transfer_cli.frames import pd
from transfer_cli.messages import _, pick, series, to_people
from transfer_cli.model.schema import Field, Schema, schemas
from transfer_cli.tables.table import Table

CONFIDENCE = "confidence"
SOURCE = "source"
"""The report of each row, where several were extracted together."""
FIRST = ("line",)
"""What a screen shows first with a figure: it is corrected where the report prints it."""
_REVIEWED = ("value", "unit", "bound", "period", "status", "indicator", "subject_zh", "province",
             "place_zh", "part_of")  # fmt: skip
_SENTENCE = re.compile(f"[^{FULL_STOP}]+")


def figures(*extractions: Extraction, sources: Sequence[str] = ()) -> Table:
    """Return the candidates in all columns of ``metrics.csv``, with ``confidence`` as the last.

    ``sources`` names the report of each extraction in a further column. A note says how many rows
    there are, or why there are none.
    """
    rows = [
        {**_cells(candidate), SOURCE: source}
        for extraction, source in _with_source(extractions, sources)
        for candidate in extraction.candidates
    ]
    omitted = sum(len(extraction.omitted) for extraction in extractions)
    schema = _schema(
        "metrics", Field(CONFIDENCE, "number", "Confidence", "置信度"), *_source_field(sources)
    )
    return _table(schema, rows, _note_on_figures(len(rows), omitted))


def review(*extractions: Extraction, sources: Sequence[str] = ()) -> Table:
    """Return the figures that are not sure, with their doubts, their sentence and its number.

    ``sentence`` counts the sentences of the report from 1.
    """
    rows = [
        row | {SOURCE: source}
        for extraction, source in _with_source(extractions, sources)
        for row in _reviewed(extraction)
    ]
    figure = schemas()["metrics"]
    fields = (
        figure.field("line"),
        Field("sentence", "integer", "Sentence", "句序", adds=False),
        figure.field("printed"),
        Field("text", "string", "Text", "所在句"),
        Field("doubts", "string", "Doubts", "存疑"),
        *(
            figure.field(name)._replace(title_zh=figure.field(name.removesuffix("_zh")).title_zh)
            for name in _REVIEWED
        ),
        Field(CONFIDENCE, "number", "Confidence", "置信度"),
        figure.field("id"),
        *_source_field(sources),
    )
    total = sum(len(extraction.candidates) for extraction in extractions)
    return _table(Schema("review", fields), rows, _note_on_review(len(rows), total))


def _reviewed(extraction: Extraction) -> Iterator[dict[str, str]]:
    text = extraction.report.text
    starts = [match.start() for match in _SENTENCE.finditer(text)]
    for candidate in extraction.candidates:
        if candidate.confidence < SURE:
            start = start_of(text, candidate.start, FULL_STOP)
            end = end_of(text, candidate.start, FULL_STOP)
            yield _cells(candidate) | {
                "sentence": str(bisect_right(starts, candidate.start)),
                "doubts": series([doubt.reason for doubt in candidate.doubts]),
                "text": extraction.report.printed(start, end),
            }


def omissions(*extractions: Extraction, sources: Sequence[str] = ()) -> Table:
    """Return the numerals that are not figures in the columns of ``omitted.csv``, with a note."""
    rows = [
        {
            "line": str(omission.line),
            "token": omission.token,
            "reason": omission.reason,
            SOURCE: source,
        }
        for extraction, source in _with_source(extractions, sources)
        for omission in extraction.omitted
    ]
    return _table(_schema("omitted", *_source_field(sources)), rows, _note_on_omissions(len(rows)))


def additions(fresh: Table, known: Sequence[Table], earlier: Table | None = None) -> Table:
    """Return the rows of an extraction whose numerals are in none of the ``known`` tables.

    Those of ``earlier``, the additions of the last time, come first. An id that is taken gets
    another number, and ``part_of`` names the row that is kept.
    """
    kept = {_place_of(row): row.get("id", "") for table in known for row in _records(table)}
    taken, ids = set(kept.values()), {}
    for row in _records(fresh):
        if name := row.get("id"):
            ids[name] = kept.get(_place_of(row)) or _free(name, taken)
            taken.add(ids[name])
    new = [row for row in _records(fresh) if _place_of(row) not in kept]
    for row in new:
        row |= {key: ids.get(row[key], row[key]) for key in ("id", "part_of") if key in row}
    frame = pd.DataFrame(new, columns=list(fresh.frame.columns), dtype=object)
    if earlier is not None and len(new):
        frame = pd.concat([earlier.frame, frame], ignore_index=True).fillna("")
    return Table(frame, fresh.schema, fresh.name)


def _records(table: Table) -> list[dict[str, str]]:
    columns = [table.frame[name].tolist() for name in table.frame.columns]
    return [dict(zip(table.frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _place_of(row: Mapping[str, str]) -> tuple[str, str, str]:
    """Return where the numeral of a row is printed: report, line and printed form."""
    printed = row.get("printed") or row.get("token") or ""
    return row.get(SOURCE, ""), row.get("line", ""), re.sub(r"\s", "", printed)


def _free(name: str, taken: set[str]) -> str:
    stem, _separator, number = name.rpartition("_")
    while f"{stem}_{number}" in taken:
        number = str(int(number) + 1)
    return f"{stem}_{number}"


def _with_source(
    extractions: Sequence[Extraction], sources: Sequence[str]
) -> Iterator[tuple[Extraction, str]]:
    yield from zip(extractions, sources or [""] * len(extractions), strict=True)


def _schema(name: str, *more: Field) -> Schema:
    return Schema(name, (*schemas()[name].fields, *more))


def _source_field(sources: Sequence[str]) -> list[Field]:
    return [Field(SOURCE, "string", "Source", "来源")] if sources else []


def _cells(candidate: Candidate) -> dict[str, str]:
    return {
        "id": candidate.id,
        "province": candidate.province,
        "place_zh": candidate.place_zh,
        "subject_zh": candidate.subject_zh,
        "scope": candidate.scope,
        "indicator": candidate.indicator,
        "industry": candidate.industry,
        "status": candidate.status,
        "period": candidate.period,
        "value": f"{candidate.value:f}",
        "unit": candidate.unit,
        "bound": candidate.bound,
        "part_of": candidate.part_of,
        "line": str(candidate.line),
        "printed": candidate.printed,
        "note": candidate.note,
        CONFIDENCE: str(candidate.confidence),
    }


def _table(schema: Schema, rows: Sequence[Mapping[str, str]], note: str) -> Table:
    names = [field.name for field in schema.fields]
    cells = {name: [row.get(name, "") for row in rows] for name in names}
    return Table(pd.DataFrame(cells, dtype=object), schema, schema.name, (note,))


def notes_on_years(extractions: Sequence[Extraction], sources: Sequence[str] = ()) -> Iterator[str]:
    """Yield the year of each report, or that it states none, if it has figures."""
    for number, extraction in enumerate(extractions):
        if not extraction.candidates:
            continue
        note = _("the report states no year: periods such as '今年' are empty; set it with --year")
        if extraction.year:
            note = _(
                "the year of the report is read as {year}; set it with --year", year=extraction.year
            )
        yield sources[number] + pick(": ", "：") + note if sources else note


@to_people()
def _note_on_figures(figures: int, omitted: int) -> str:
    if figures == 1:
        return _("1 figure to correct by hand")
    if figures:
        return _("{n:,} figures to correct by hand", n=figures)
    if omitted == 1:
        return _("no rows: the only numeral is not a quantity; --omitted gives the reason")
    if omitted:
        return _(
            "no rows: none of {n:,} numerals is a quantity; --omitted gives the reasons", n=omitted
        )
    return _("no rows: the report contains no quantity")


@to_people()
def _note_on_review(doubtful: int, figures: int) -> str:
    if not figures:
        return _("no rows: the report contains no quantity")
    if not doubtful:
        return _("no rows: all {n:,} figures have a confidence of 0.9 or more", n=figures)
    return _("{n:,} of {all:,} figures have a confidence below 0.9", n=doubtful, all=figures)


@to_people()
def _note_on_omissions(omitted: int) -> str:
    if omitted == 1:
        return _("1 numeral omitted")
    if omitted:
        return _("{n:,} numerals omitted", n=omitted)
    return _("no rows: every numeral of the report is part of a figure")
