"""Footnotes of screens: what a figure covers, where it is printed, and which text lines count."""

from collections.abc import Iterable, Mapping, Sequence

from transfer_cli.messages import _
from transfer_cli.model.schema import report_title
from transfer_cli.streams import safe

BUILTIN = "builtin"
"""What the report's own tables are called in the column ``source``."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def superscript(position: int) -> str:
    """Return the number of a footnote as it stands behind a number."""
    return str(position).translate(_SUPERSCRIPTS)


def remark(words: Iterable[str], printed: str, line: str, lang: str) -> str:
    """Return the text of a footnote: ``words``, and in brackets what was printed, and the line."""
    text = "; ".join(filter(None, words))
    zh = lang == "zh"
    where = [printed]
    if line:
        where.append(f"第{line}行" if zh else _("line {line}", line=line))
    bracket = ("，" if zh else ", ").join(filter(None, where))
    if not bracket:
        return safe(text)
    return safe(f"{text} ({bracket})" if text else bracket)


def citation(rows: Sequence[Mapping[str, str]], lang: str, *, report: bool) -> str:
    """Return which text the lines of rows count; empty where none is shown, or it is not known.

    ``report`` says that rows of the built-in report are among them. Of a table of the user's it is
    not known; where the report's rows stand beside others, only theirs are meant.
    """
    sources = {row.get("source", BUILTIN) for row in rows if row.get("line")}
    if not report or BUILTIN not in sources:
        return ""
    title = report_title(lang)
    if len(sources) > 1:
        if lang == "zh":
            return f"{BUILTIN} 的行号指{title}"
        return _("lines of {source} are of the {title}", source=BUILTIN, title=title)
    return f"行号指{title}" if lang == "zh" else _("lines are of the {title}", title=title)
