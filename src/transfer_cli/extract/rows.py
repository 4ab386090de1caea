"""The tables of an extraction: ``metrics`` with a confidence, and ``omitted``, with notes."""

from collections.abc import Mapping, Sequence

from transfer_cli.extract.candidates import Candidate, Extraction
from transfer_cli.frames import pd
from transfer_cli.messages import _
from transfer_cli.model.schema import Field, Schema, schemas
from transfer_cli.tables.table import Table

CONFIDENCE = "confidence"


def figures(extraction: Extraction) -> Table:
    """Return the candidates in all columns of ``metrics.csv``, with ``confidence`` as the last.

    A note says how many there are, or why there are none.
    """
    metrics = schemas()["metrics"]
    schema = Schema("metrics", (*metrics.fields, Field(CONFIDENCE, "number")))
    rows = [_cells(candidate) for candidate in extraction.candidates]
    return _table(schema, rows, _note_on_figures(len(rows), len(extraction.omitted)))


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


def _note_on_omissions(omitted: int) -> str:
    if omitted == 1:
        return _("1 numeral omitted")
    if omitted:
        return _("{n:,} numerals omitted", n=omitted)
    return _("no rows: every numeral of the report is part of a figure")
