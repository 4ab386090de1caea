"""Words of options, among them names of columns."""

import re
from collections.abc import Iterator, Sequence

_COMMA = re.compile("[,，]")


def split(values: Sequence[str] | None, columns: Sequence[str] = ()) -> list[str]:
    """Return the words of a repeatable option whose values may be joined by commas.

    A name in ``columns`` that has commas itself is taken whole. A leading ``-`` (descending) is
    kept. Names that are no columns are returned too.
    """
    with_comma = {name for name in columns if _COMMA.search(name)}
    if not with_comma:
        items = [item.strip() for value in values or () for item in _COMMA.split(value)]
        return [item for item in items if item]
    return [name for value in values or () for name in _names(value, with_comma)]


def _names(text: str, with_comma: set[str]) -> Iterator[str]:
    """Yield the names in ``text``, at each place the longest that is in ``with_comma``."""
    while text:
        ends = [match.start() for match in _COMMA.finditer(text)]
        for end in (len(text), *reversed(ends)):
            if text[:end].strip().removeprefix("-") in with_comma:
                break
        else:
            end = ends[0] if ends else len(text)
        if name := text[:end].strip():
            yield name
        text = text[end + 1 :]
