"""The steps of ``compare``: gather the rows, set them side by side, contrast."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from transfer_cli import location
from transfer_cli.comparisons import comparable
from transfer_cli.model.schema import has_figures
from transfer_cli.render.output import Target
from transfer_cli.selecting.selection import Selection, split
from transfer_cli.sources import Source
from transfer_cli.steps import reading

if TYPE_CHECKING:
    from transfer_cli.comparisons.comparison import Comparison, Request
    from transfer_cli.render.output import View
    from transfer_cli.scanning.duck.sifted import Sifted
    from transfer_cli.scanning.rows import Rows
    from transfer_cli.table import Table

Modes = Mapping[str, str | bool]


def view(
    what: Sequence[str], selection: Selection, sources: Sequence[Source], modes: Modes,
    target: Target, by: str, unit: str, engine: str, *, wide: bool,
) -> "View":  # fmt: skip
    """Return what ``compare`` shows for the user's words; see its help for what they mean."""
    table, wanted = location.partition(split(what))
    narrow = Selection({"indicator": comparable.codes(wanted)})
    # At a terminal it is told of how many figures those shown are.
    told = target.chosen() == "table"
    with reading.rows(
        table, sources, selection, target, engine, narrow=narrow, counted=told
    ) as found:
        from transfer_cli.comparisons import modes as contrasting
        from transfer_cli.comparisons.comparison import Request
        from transfer_cli.render import compared

        provinces = selection.equal.get("province", ())
        asked = Request(tuple(wanted), by, provinces, unit)
        mode = contrasting.check(modes, by)
        if found is None:
            from transfer_cli import dataset
            from transfer_cli import oldquery as query

            rows = query.select(dataset.load(table, sources), selection)
            comparison = _side_by_side(rows, asked)
        else:
            comparison = _of_large(found, asked)
    return compared.view(comparison, mode, str(modes["vs"]), wide=wide)


def _of_large(found: "Rows | Sifted", asked: "Request") -> "Comparison":
    from transfer_cli.errors import DataError
    from transfer_cli.scanning import gathering

    if not has_figures(found.header):
        from transfer_cli.scanning import sums

        return sums.compare(found.again(), asked.by)
    from transfer_cli import compare

    try:
        return compare.compare(gathering.sheet(found), asked, found.kept)
    except DataError:
        # Only blocks know the lines of their rows, which an error names.
        again = found.again()
        return compare.compare(gathering.sheet(again), asked, again.kept)


def _side_by_side(rows: "Table", asked: "Request") -> "Comparison":
    if has_figures(rows.columns):
        from transfer_cli import compare

        return compare.compare(rows.sheet(), asked)
    from transfer_cli.comparisons import plain

    return plain.compare(rows, asked.by)
