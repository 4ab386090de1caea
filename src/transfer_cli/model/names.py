"""Matches what a user types to the names in use: codes, English and Chinese labels."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from transfer_cli.errors import Instead, UsageError, closest, unknown
from transfer_cli.model import labels, regions
from transfer_cli.model.vocabulary import INDUSTRIES, Vocabulary, industries_in, look_ups

_SUFFIXES = ("自治州", "自治县", "地区", "市", "州", "县", "区", "盟")
Aliases = Mapping[str, Iterable[str]]


def fold(name: str) -> str:
    """Return a name without case, blanks, punctuation and full-width forms, for comparing."""
    text = name if name.isascii() else unicodedata.normalize("NFKC", name)
    return re.sub(r"[\s\-_.·'’“”\"（）()]+", "", text.casefold())


_TOTAL_ENDS = ("合计", "总计", "小计", "total")
_TOTALS = frozenset({
    "共计", "总和", "全部", "全部行业", "全行业", "所有行业",
    "全省", "全区", "全市", "全州", "全盟", "全县",
    "all", "totals", "overall", "allindustries", "allprovinces",
})  # fmt: skip
_RESTS = frozenset({
    "其他", "其它", "其余", "其他地区", "其他行业", "其他城市", "其他省份",
    "other", "others", "rest", "therest", "theothers", "remainder",
})  # fmt: skip
TOTALS = frozenset({
    *(blank.join(word) for word in ("合计", "总计", "小计", "共计", "全省", "全市")
      for blank in ("", " ", "  ", "\u3000", "    ")),
    "总和", "全部", "全区", "全州", "全县", "All", "Totals",
    *(form(word) for word in ("total", "subtotal", "sub-total", "grand total", "overall")
      for form in (str, str.capitalize, str.title, str.upper)),
})  # fmt: skip
"""The usual spellings of the words of ``is_total``, for the query of a large table."""


@lru_cache(4096)
def is_total(word: str) -> bool:
    """Return whether a cell means that its row is the total of others: 合 计, Total."""
    folded = fold(word)
    return folded in _TOTALS or folded.endswith(_TOTAL_ENDS)


def is_rest(word: str) -> bool:
    """Return whether a word says that its row is of all that the others leave: 其他, Others."""
    return fold(word) in _RESTS


def is_part(word: str) -> bool:
    """Return whether a word says that its row is part of another row: 其中：电子信息, of which."""
    return fold(word).startswith(("其中", "ofwhich", "including"))


def choose(what: str, given: str, aliases: Aliases) -> str:
    """Return the key of ``aliases`` that ``given`` names, by the key or by one of its aliases.

    A part of a Chinese label is enough if no other label contains it: 光伏 for 硅光伏.

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
    names = [name for key, others in aliases.items() for name in (key, *others)]
    raise unknown(labels.column(what), given, names, f"transfer-cli values {what}")


def resolve(column: str, given: str, vocabulary: Vocabulary, own: Iterable[str] = ()) -> str:
    """Return the code in ``column`` that a user means by ``given``.

    Columns with a closed list raise UsageError for a name that is neither in it nor one of the
    ``own`` words of a table; others are left as typed. Several industries are joined by semicolons.
    """
    words = {fold(word): word for word in own}
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


def as_filter(error: UsageError, given: str, known: Iterable[str]) -> UsageError:
    """Return the error for a bare word, with the filter that it may be meant as for a hint.

    ``filter Yunnan`` is ``filter --province Yunnan``. A word that is close to one of ``known``
    keeps its own hint.
    """
    if not closest(given, known):
        for column in ("province", "category", *CLOSED):
            try:
                resolve(column, given, look_ups())
            except UsageError:
                continue
            error.hint = Instead(f"--{column}", given, drop=(given,))
            break
    return error


def matches(given: str, name: str) -> bool:
    """Return whether ``given`` is a name (of a place, a subject) or the beginning of one."""
    folded = fold(given)
    return bool(folded) and fold(name).startswith(_stem(folded))


def _stem(name: str) -> str:
    for suffix in _SUFFIXES:
        if len(name) > len(suffix) + 1 and name.endswith(suffix):
            return name.removesuffix(suffix)
    return name
