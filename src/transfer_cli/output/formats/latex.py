"""LaTeX: a table with a caption and the rules of booktabs, footnotes below it."""

import re
from collections.abc import Iterator, Sequence

from transfer_cli.output.document import Cell, Document
from transfer_cli.output.formats.interface import DocumentFormat

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")
_MARK = re.compile(f"[{_SUPERSCRIPTS}]+")
_ESCAPES = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\ensuremath{<}", ">": r"\ensuremath{>}", "≈": r"\ensuremath{\approx}",
    "≥": r"\ensuremath{\geq}", "≤": r"\ensuremath{\leq}", "≲": r"\ensuremath{\lesssim}",
    "×": r"\ensuremath{\times}", "−": r"\ensuremath{-}", "·": r"\textperiodcentered{}",
})  # fmt: skip


class Latex(DocumentFormat):
    """A floating table, to be included in a document."""

    name = "latex"
    suffixes = (".tex",)

    def draw(self, document: Document) -> bytes:
        """Return the table, with every cell escaped."""
        lines = [
            r"% \usepackage{booktabs,amssymb}; for Chinese: \usepackage{ctex} and xelatex",
            r"\begin{table}",
            r"\centering",
            rf"\caption{{{escape(document.title)}}}",
            rf"\begin{{tabular}}{{{''.join('r' if one else 'l' for one in document.right)}}}",
            r"\toprule",
            _row([Cell(name) for name in document.header], document.right),
            r"\midrule",
            *_body(document),
            r"\bottomrule",
            r"\end{tabular}",
        ]
        if document.notes:
            lines += ["", r"\medskip", r"\raggedright\footnotesize"]
            lines += [rf"{escape(note)}\par" for note in document.notes]
        return "\n".join([*lines, r"\end{table}", ""]).encode()


def escape(text: str) -> str:
    """Return text that LaTeX only sets; marks of footnotes are raised."""
    raised = _MARK.sub(lambda mark: f"\0{mark[0].translate(_DIGITS)}\1", text)
    return raised.translate(_ESCAPES).replace("\0", r"\textsuperscript{").replace("\1", "}")


def _body(document: Document) -> Iterator[str]:
    for heading, rows in document.groups():
        if heading:
            span = rf"\multicolumn{{{len(document.header)}}}{{l}}"
            yield rf"{span}{{\textbf{{{escape(heading)}}}}} \\"
        yield from (_row(row.cells, document.right) for row in rows)


def _row(cells: Sequence[Cell], right: Sequence[bool]) -> str:
    parts = []
    for cell, numeric in zip(cells, right, strict=True):
        lines = [escape(line) for line in cell.text.split("\n")]
        stacked = r" \\ ".join(lines)
        stack = rf"\shortstack[{'r' if numeric else 'l'}]{{{stacked}}}"
        parts.append(stack if len(lines) > 1 else lines[0])
    if parts and parts[0][:1] in ("*", "["):
        # LaTeX would take it for an argument of the row end before it.
        parts[0] = f"{{{parts[0][0]}}}{parts[0][1:]}"
    return rf"{' & '.join(parts)} \\"
