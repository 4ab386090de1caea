"""The steps of ``compare``: load, select, set side by side, contrast."""

from collections.abc import Mapping, Sequence

from transfer_cli import compare, dataset, location, modes, plain, query
from transfer_cli.comparison import Request
from transfer_cli.render import contrasts, side_by_side
from transfer_cli.render.output import View
from transfer_cli.selection import Selection, split
from transfer_cli.sources import Source


def view(
    what: Sequence[str],
    request: Request,
    selection: Selection,
    sources: Sequence[Source],
    asked_modes: Mapping[str, str | bool],
    *,
    wide: bool,
) -> View:
    """Return what ``compare`` shows for the user's words; see its help for what they mean."""
    table, wanted = location.partition(split(what))
    asked = Request(tuple(wanted), request.by, selection.equal.get("province", ()), request.unit)
    compare.check(asked)
    mode = modes.check(asked_modes, request.by)
    rows = query.select(dataset.load(table, sources), selection)
    figures = {"indicator", "value"} <= set(rows.columns)
    found = compare.compare(rows, asked) if figures else plain.compare(rows, request.by)
    if mode and found.rows:
        made = modes.make(found, mode, str(asked_modes["vs"]))
        return View(
            lambda: contrasts.tidy(made),
            lambda lang, color: contrasts.render(made, lang, color=color),
            len(made.rows),
            made.notes,
        )
    return View(
        lambda: side_by_side.wide(found) if wide else side_by_side.tidy(found),
        lambda lang, color: side_by_side.render(found, lang, color=color),
        len(found.rows),
        found.notes,
    )
