"""Candidates as rows of metrics.csv, and what was left out as rows of omitted.csv."""

from collections import Counter
from collections.abc import Iterable

from transfer_cli.model import regions
from transfer_cli.model.lookups import indicators, provinces
from transfer_cli.model.schema import Field, Schema, schemas
from transfer_cli.report.extract import Candidate, Extraction
from transfer_cli.sheet import Sheet

CONFIDENCE = "confidence"
_NOWHERE = "xx"
"""Leads the ids of figures whose province nothing tells; those of provinces are letters of ISO."""
# What such a figure says of a place is of the place as a whole, and not of a plant in it.
_OF_A_PLACE = frozenset({"tax", "share", "growth", "platforms", "income", "loan", "rank"})
_ENDS = {"区": "zone", "园": "zone", "城": "zone", "州": "prefecture", "盟": "prefecture",
         "地区": "prefecture", "市": "city"}  # fmt: skip


def figures(found: Extraction) -> Sheet:
    """Return the candidates in all columns of metrics.csv, with how safe each is at the end."""
    metrics = schemas()["metrics"]
    schema = Schema("metrics", (*metrics.fields, Field(CONFIDENCE, "number")))
    names = [field.name for field in schema.fields]
    rows = list(_rows(found.candidates))
    return Sheet({name: [row.get(name, "") for row in rows] for name in names}, schema)


def omissions(found: Extraction) -> Sheet:
    """Return the numerals that are no figures, with the reason of each."""
    schema = schemas()["omitted"]
    rows = [(str(each.line), each.token, each.reason) for each in found.omitted]
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    cells = dict(zip(("line", "token", "reason"), columns, strict=True))
    return Sheet(cells, schema)


def _rows(candidates: Iterable[Candidate]) -> Iterable[dict[str, str]]:
    """Number the ids within province and indicator, so that a new figure moves few of them."""
    counted: Counter[str] = Counter()
    for each in candidates:
        stem = f"{_letters(each.province)}_{each.indicator or 'figure'}"
        counted[stem] += 1
        yield {
            "id": f"{stem}_{counted[stem]}",
            "province": each.province,
            "place_zh": each.place_zh,
            "scope": _scope(each),
            "indicator": each.indicator,
            "industry": each.industry,
            "status": each.status,
            "period": each.period,
            "value": _value(each),
            "unit": each.unit,
            "bound": each.bound,
            "line": str(each.line),
            "printed": each.printed,
            "note": each.note,
            CONFIDENCE: str(each.confidence),
        }


def _letters(province: str) -> str:
    if province == regions.NATION:
        return "cn"
    known = provinces().get(province)
    return known.iso.removeprefix("CN-").lower() if known else _NOWHERE


def _value(each: Candidate) -> str:
    """Return the number in plain digits; growth that the words call a decline is below zero."""
    known = indicators().get(each.indicator)
    falls = each.note == "decline" and known is not None and known.kind == "growth"
    value = -abs(each.value) if falls else each.value
    return f"{value:f}"


def _scope(each: Candidate) -> str:
    """Return what a figure covers where that is sure: a company's own figures name a place too."""
    known = indicators().get(each.indicator)
    if each.province == regions.NATION:
        return "nation"
    if known is None or known.category not in _OF_A_PLACE:
        return ""
    return next((scope for end, scope in _ENDS.items() if each.place_zh.endswith(end)), "")
