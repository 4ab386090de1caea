"""What ``compare`` shows: the figures side by side, or what is said between their columns."""

from transfer_cli.comparisons.comparison import Comparison
from transfer_cli.render import side_by_side
from transfer_cli.render.output import View


def view(found: Comparison, mode: str, column: str, *, wide: bool) -> View:
    """Return a comparison, or the contrast of a ``mode`` with ``column``, as it is shown.

    ``wide`` gives machines a row for each likeness, and not for each figure.
    """
    if mode and found.rows:
        from transfer_cli.comparisons import modes
        from transfer_cli.render import contrasts

        made = modes.make(found, mode, column)
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
