"""Footnotes of screens: what a figure covers, where it is printed, and which text lines count."""

from collections.abc import Iterable, Mapping, Sequence

from transfer_cli.messages import _, pick, series
from transfer_cli.model.schema import report_title
from transfer_cli.streams import safe

BUILTIN = "builtin"
"""What the report's own tables are called in the column ``source``."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def superscript(position: int) -> str:
    """Return the number of a footnote as it stands behind a number."""
    return str(position).translate(_SUPERSCRIPTS)


def remark(words: Iterable[str], printed: str, line: str) -> str:
    """Return the text of a footnote: ``words``, and in brackets what was printed, and the line."""
    text = series(filter(None, words))
    where = [printed, _("line {line}", line=line) if line else ""]
    bracket = pick(", ", "，").join(filter(None, where))
    if not bracket or not text:
        return safe(text or bracket)
    return safe(_("{text} ({bracket})", text=text, bracket=bracket))


def citation(rows: Sequence[Mapping[str, str]], *, report: bool) -> str:
    """Return which text the lines of rows count; empty where none is shown, or it is not known.

    ``report`` says that rows of the built-in report are among them. Of a table of the user's it is
    not known; where a table mixes the report's rows with others, only theirs are meant.
    """
    sources = {row.get("source", BUILTIN) for row in rows if row.get("line")}
    if not report or BUILTIN not in sources:
        return ""
    title = report_title()
    if len(sources) > 1:
        return _("lines of {source} are of the {title}", source=BUILTIN, title=title)
    return _("lines are of the {title}", title=title)
