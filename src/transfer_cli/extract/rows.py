"""The tables of an extraction, with notes: ``metrics`` with a confidence, review, ``omitted``."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from transfer_cli.extract.candidates import Candidate, Extraction
from transfer_cli.extract.confidence import SURE
from transfer_cli.extract.text import end_of, start_of
from transfer_cli.frames import pd
from transfer_cli.messages import _
from transfer_cli.model.schema import Field, Schema, schemas
from transfer_cli.tables.table import Table

CONFIDENCE = "confidence"
_REVIEWED = ("value", "unit", "bound", "period", "status", "indicator", "subject_zh", "province",
             "place_zh", "part_of")  # fmt: skip
_SENTENCE_ENDS = "。！？\n"
_SENTENCE = re.compile(f"[^{_SENTENCE_ENDS}]+")


def figures(extraction: Extraction) -> Table:
    """Return the candidates in all columns of ``metrics.csv``, with ``confidence`` as the last.

    A note says how many there are, or why there are none.
    """
    metrics = schemas()["metrics"]
    schema = Schema("metrics", (*metrics.fields, Field(CONFIDENCE, "number")))
    rows = [_cells(candidate) for candidate in extraction.candidates]
    return _table(schema, rows, _note_on_figures(len(rows), len(extraction.omitted)))


def review(extraction: Extraction) -> Table:
    """Return the figures that are not sure, with their doubts, their sentence and its number.

    ``sentence`` counts the sentences of the report from 1.
    """
    text = extraction.report.text
    starts = [match.start() for match in _SENTENCE.finditer(text)]
    rows = []
    for candidate in extraction.candidates:
        if candidate.confidence < SURE:
            start = start_of(text, candidate.start, _SENTENCE_ENDS)
            end = end_of(text, candidate.start, _SENTENCE_ENDS)
            rows.append(
                _cells(candidate)
                | {
                    "sentence": str(bisect_right(starts, candidate.start)),
                    "doubts": "; ".join(candidate.doubts),
                    "text": extraction.report.printed(start, end),
                }
            )
    figure = schemas()["metrics"]
    fields = (
        figure.field("line"),
        Field("sentence", "integer", "Sentence", "句序", adds=False),
        figure.field("printed"),
        Field("text", "string", "Text", "原文"),
        Field("doubts", "string", "Doubts", "存疑"),
        *(figure.field(name) for name in _REVIEWED),
        Field(CONFIDENCE, "number"),
        figure.field("id"),
    )
    total = len(extraction.candidates)
    return _table(Schema("review", fields), rows, _note_on_review(len(rows), total))


def omissions(extraction: Extraction) -> Table:
    """Return the numerals that are no figures in the columns of ``omitted.csv``, with a note."""
    rows = [
        {"line": str(omission.line), "token": omission.token, "reason": omission.reason}
        for omission in extraction.omitted
    ]
    return _table(schemas()["omitted"], rows, _note_on_omissions(len(rows)))


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
        "line": str(candidate.line),
        "printed": candidate.printed,
        "note": candidate.note,
        CONFIDENCE: str(candidate.confidence),
    }


def _table(schema: Schema, rows: Sequence[Mapping[str, str]], note: str) -> Table:
    names = [field.name for field in schema.fields]
    cells = {name: [row.get(name, "") for row in rows] for name in names}
    return Table(pd.DataFrame(cells, dtype=object), schema, schema.name, (note,))


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


def _note_on_review(doubtful: int, figures: int) -> str:
    if not figures:
        return _("no rows: the report contains no quantity")
    if not doubtful:
        return _("no rows: all {n:,} figures have a confidence of 0.9 or more", n=figures)
    return _("{n:,} of {all:,} figures have a confidence below 0.9", n=doubtful, all=figures)


def _note_on_omissions(omitted: int) -> str:
    if omitted == 1:
        return _("1 numeral omitted")
    if omitted:
        return _("{n:,} numerals omitted", n=omitted)
    return _("no rows: every numeral of the report is part of a figure")
