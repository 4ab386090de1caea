"""The text of a condition or of arithmetic, as Python code with a syntax tree.

Names of columns may be written as they are, even if they are no names in Python (``2023年``,
``a b``, ``class``), or in backquotes. Text is quoted; a quote in it is doubled, as in SQL, or
follows a backslash.
"""

import ast
import keyword
import re
import warnings
from collections.abc import Iterable

from transfer_cli.errors import UsageError
from transfer_cli.messages import _
from transfer_cli.model import numbers

_QUOTED = r"""'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*\""""
_GRAMMAR = ("and", "or", "not", "in", "is", "None", "True", "False")
"""Words of the grammar: a column of such a name needs backquotes."""
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
"""Characters of no text: NUL, and bytes of the command line that are not UTF-8."""
_SHOWN = 200
"""Characters of a condition that an error repeats."""


def needs_backquotes(column: str) -> bool:
    """Return whether a column can be named in a condition only between backquotes."""
    return column in _GRAMMAR or numbers.is_number(column) or not re.search(r"\w", column)


class PythonCode:
    """A text as Python code, in which a plain name takes the place of each column.

    ``names`` are the columns by these names. Errors give positions in the text, and ``hint``.
    """

    def __init__(self, text: str, columns: Iterable[str], hint: str) -> None:
        self.text, self.hint = text, hint
        self.names: dict[str, str] = {}
        self._starts: list[int] = []
        """The position in the text from which each character of the source comes."""
        self.source = self._translated(columns)

    def tree(self) -> ast.expr:
        """Return the syntax tree; raise UsageError, with the position, for text without one."""
        if bad := _NO_TEXT.search(self.text):
            raise self._unreadable(bad.start())
        try:
            tree = ast.parse(self.source, mode="eval")
        except SyntaxError as error:
            if "integer string conversion" in str(error.msg):
                raise self.too_long() from error
            raise self._unreadable(self._start((error.offset or 1) - 1)) from error
        except (RecursionError, MemoryError) as error:
            raise self.too_deep() from error
        return tree.body

    def _translated(self, columns: Iterable[str]) -> str:
        """Return the text as ASCII in Python's syntax, with a plain name for each column.

        Names of columns outside quoted text are replaced, the longest first.
        Other words get a plain name, too: Python would fold ＧＤＰ to GDP.
        """
        own = [name for name in columns if not needs_backquotes(name)]
        listed = "|".join(map(re.escape, sorted(own, key=len, reverse=True)))
        pattern = rf"(?P<quoted>{_QUOTED})|`(?P<name>[^`]+)`"
        pattern += rf"|(?<!\w)(?P<own>{listed})(?!\w)" if own else "|(?P<own>(?!))"
        source: list[str] = []
        for match in re.finditer(rf"{pattern}|(?P<word>\w+)|.", self.text, re.DOTALL):
            name, word = match["name"] or match["own"], match["word"]
            if match["quoted"]:
                piece = ascii(self._unquoted(match))
            elif name:
                piece = self._stand_in(name)
            elif word and numbers.is_number(word):
                piece = numbers.plain(word) or word
            elif word and not (word.isascii() and (word[0].isdigit() or keyword.iskeyword(word))):
                piece = self._stand_in(word)
            else:
                piece = " " if match[0].isspace() else match[0]
            if piece in self.names:
                piece += " "  # Two names side by side are no name.
            source.append(piece)
            self._starts += [match.start()] * len(piece)
        self._starts.append(len(self.text))
        return "".join(source)

    def _unquoted(self, match: re.Match[str]) -> str:
        """Return the text between quotes: a doubled quote is one, backslashes are Python's."""
        quote, inner = match[0][0], match[0][1:-1]
        escaped = re.sub(rf"(\\.)|{quote}{quote}", lambda m: m[1] or f"\\{quote}", inner)
        escaped = escaped.replace("\n", "\\n").replace("\r", "\\r")
        try:
            with warnings.catch_warnings(action="ignore"):
                text: str = ast.literal_eval(f"{quote}{escaped}{quote}")
            text.encode()
        except (SyntaxError, ValueError) as error:
            raise self._unreadable(match.start()) from error
        return text

    def _stand_in(self, name: str) -> str:
        plain = f"column_{len(self.names)}_"
        self.names[plain] = name
        return plain

    def _start(self, offset: int) -> int:
        """Return the position in the text from which a character of the source comes."""
        return self._starts[min(offset, len(self._starts) - 1)]

    def refused(self, node: ast.expr, hint: str = "") -> UsageError:
        """Return the error for a part of the text that the grammar does not allow."""
        start, end = self._start(node.col_offset), self._start(node.end_col_offset or 0)
        message = _("a condition cannot hold {shown!r} (character {position})",
                    shown=self.text[start:end].strip(), position=start + 1)  # fmt: skip
        return UsageError(message, hint or self.hint)

    def _unreadable(self, position: int) -> UsageError:
        shown = self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]} …"
        message = _("cannot read the condition at character {position}: {text}",
                    position=position + 1, text=shown)  # fmt: skip
        return UsageError(message, self.hint)

    def too_long(self) -> UsageError:
        """Return the error for a number with too many digits."""
        message = _("a number of the condition has more than {digits} digits",
                    digits=numbers.MAX_LENGTH)  # fmt: skip
        return UsageError(message, self.hint)

    def too_deep(self) -> UsageError:
        """Return the error for a text that is nested too deeply."""
        return UsageError(_("the condition is nested too deeply"), self.hint)
