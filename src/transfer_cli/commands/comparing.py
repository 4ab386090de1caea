"""The steps of ``compare``: load, select, set side by side, contrast, render."""

from collections.abc import Mapping, Sequence

from transfer_cli import compare, contrast, dataset, location, query
from transfer_cli.compare import Comparison, Request
from transfer_cli.contrast import Contrast
from transfer_cli.errors import UsageError
from transfer_cli.options import OutputOptions
from transfer_cli.render import contrasts, side_by_side
from transfer_cli.render import output as out
from transfer_cli.selection import Selection, split
from transfer_cli.sources import Source


def run(
    what: Sequence[str],
    by: str,
    unit: str,
    selection: Selection,
    sources: Sequence[Source],
    modes: Mapping[str, str | bool],
    output: OutputOptions,
    *,
    wide: bool,
) -> None:
    """Run ``compare`` with the user's words; see its help for what they mean."""
    tables, wanted = location.partition(split(what))
    provinces = selection.equal.get("province", ())
    request = Request(tuple(wanted), by, provinces, unit)
    compare.check(request)
    _check(modes, by)
    found = compare.compare(query.select(dataset.load(tables, sources), selection), request)
    chosen = next((name for name, value in modes.items() if value), "")
    if chosen and found.rows:
        _emit_contrast(_contrasted(found, chosen, modes), output)
    else:
        _emit(found, output, wide=wide)


def _check(modes: Mapping[str, str | bool], by: str) -> None:
    asked = [f"--{name}" for name, value in modes.items() if value]
    if len(asked) > 1:
        raise UsageError(f"{' and '.join(asked)} cannot be asked for at once", f"use {asked[0]}")
    if modes["growth"] and by != "period":
        raise UsageError(
            "growth runs over periods", "transfer-cli compare tax --by period --growth"
        )


def _contrasted(found: Comparison, chosen: str, modes: Mapping[str, str | bool]) -> Contrast:
    if chosen == "vs":
        return contrast.versus(found, str(modes["vs"]))
    made = {"share": contrast.shares, "rank": contrast.ranks, "growth": contrast.growths}
    return made[chosen](found)


def _emit(found: Comparison, output: OutputOptions, *, wide: bool) -> None:
    target = output.target()
    if target.chosen() != "table":
        output.finish(side_by_side.wide(found) if wide else side_by_side.tidy(found))
        return
    out.tell(found.notes, target)
    out.write(side_by_side.render(found, target.lang, color=target.colored()), target)
    output.judge(len(found.rows))


def _emit_contrast(made: Contrast, output: OutputOptions) -> None:
    target = output.target()
    if target.chosen() != "table":
        output.finish(contrasts.tidy(made))
        return
    out.tell(made.notes, target)
    out.write(contrasts.render(made, target.lang, color=target.colored()), target)
