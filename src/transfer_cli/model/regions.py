"""A province by any of its names: 云南, 云南省, 云, 滇, Yunnan, YN, CN-YN or 530000."""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from transfer_cli.errors import unknown
from transfer_cli.messages import _, pick
from transfer_cli.model.vocabulary import NATION, Province, provinces

__all__ = ["NATION", "find", "label", "names_of", "resolve"]

_NATION_NAMES = (NATION, "CN", "CHN", "中国", "全国", "100000", "nation", "national")


def _fold(name: str) -> str:
    """Return a name without case, blanks, punctuation and full-width forms."""
    text = name if name.isascii() else unicodedata.normalize("NFKC", name)
    return "".join(char for char in text.casefold() if char not in "-_.'’" and not char.isspace())


def names_of(province: Province) -> Iterator[str]:
    """Yield every name and code of a province, the one for display first."""
    yield province.name
    yield province.zh
    yield province.zh_full
    yield province.iso
    yield province.iso.removeprefix("CN-")
    yield province.gb
    yield province.gb[:2]
    yield from province.abbreviations


@cache
def _index() -> dict[str, str]:
    index = {_fold(name): NATION for name in _NATION_NAMES}
    for province in provinces().values():
        index.update((_fold(name), province.name) for name in names_of(province))
    return index


@lru_cache(4096)
def find(name: str) -> str | None:
    """Return the English name of the province that ``name`` means, or None.

    The same few names recur, so results are cached.
    """
    folded = _fold(name)
    index = _index()
    for suffix in ("", "province", "sheng", "省", "市", "自治区"):
        found = index.get(folded.removesuffix(suffix))
        if found:
            return found
    return None


def resolve(name: str) -> str:
    """Return the English name of the province that ``name`` means.

    Raises UsageError with the nearest names when it means none.
    """
    found = find(name)
    if found is None:
        known = [province.name for province in provinces().values()]
        known += [province.zh for province in provinces().values()]
        raise unknown(_("province"), name, known, "transfer-cli values province")
    return found


def label(province: str) -> str:
    """Return the name of a province for people, in the language of messages."""
    known = provinces().get(province)
    return pick(province, known.zh if known else "全国" if province == NATION else province)
