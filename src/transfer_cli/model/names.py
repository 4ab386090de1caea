"""Matches what a user types to the names in use: codes, English and Chinese labels."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from transfer_cli.errors import UsageError, closest, unknown
from transfer_cli.model import labels, regions
from transfer_cli.model.vocabulary import INDUSTRIES, Vocabulary, industries_in

_SUFFIXES = ("自治州", "自治县", "地区", "市", "州", "县", "区", "盟")
Aliases = Mapping[str, Iterable[str]]


def fold(name: str) -> str:
    """Return a name without case, blanks, punctuation and full-width forms, for comparing."""
    text = name if name.isascii() else unicodedata.normalize("NFKC", name)
    return re.sub(r"[\s\-_.·'’“”\"（）()]+", "", text.casefold())


def choose(what: str, given: str, aliases: Aliases) -> str:
    """Return the key of ``aliases`` that ``given`` names, by the key or by one of its aliases.

    A Chinese word is enough that stands in the label of just one (光伏 in 硅光伏).

    Raises UsageError, with did-you-mean over keys and aliases, when it names none.
    """
    folded = fold(given)
    for key, others in aliases.items():
        if folded in {fold(key), *map(fold, others)}:
            return key
    inside = [key for key, others in aliases.items()
              if len(folded) > 1 and any(folded in fold(name) for name in others)]  # fmt: skip
    if len(inside) == 1 and not given.isascii():
        return inside[0]
    names = [name for key, others in aliases.items() for name in (key, *others) if name]
    raise unknown(labels.column(what), given, names, f"transfer-cli values {what}")


def resolve(column: str, given: str, vocabulary: Vocabulary, own: Iterable[str] = ()) -> str:
    """Return the code in ``column`` that a user means by ``given``.

    Columns with a closed list raise UsageError for a name that is neither in it nor one of the
    ``own`` words of a table; others are left as typed. Several industries are joined by semicolons.
    """
    words = {fold(word): word for word in own if word}
    if words and (column == "province" or column in CLOSED):
        try:
            return resolve(column, given, vocabulary)
        except UsageError:
            if fold(given) in words:
                return words[fold(given)]
            if near := closest(given, words.values()):
                raise unknown(labels.column(column), given, near) from None
            raise
    if column == "province":
        return regions.resolve(given)
    if column == "industry" and INDUSTRIES in given:
        codes = [resolve(column, code, vocabulary) for code in industries_in(given)]
        return INDUSTRIES.join(dict.fromkeys(codes))
    if column in CLOSED:
        return choose(column, given, vocabulary.aliases(column))
    return given


CLOSED = ("indicator", "industry", "category", "status", "scope")
"""The columns that hold codes of a closed list, besides ``province``."""


def matches(given: str, name: str) -> bool:
    """Return whether a free name (a place, a subject) is meant: whole, or by how it begins."""
    folded, whole = fold(given), fold(name)
    if not folded or not whole:
        return False
    return whole.startswith(_stem(folded)) if _stem(folded) else whole == folded


def _stem(name: str) -> str:
    for suffix in _SUFFIXES:
        if len(name) > len(suffix) + 1 and name.endswith(suffix):
            return name.removesuffix(suffix)
    return name
