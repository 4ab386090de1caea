"""What is compared: the indicators that names of indicators, categories and averages mean."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from transfer_cli.errors import UsageError
from transfer_cli.model import codelists, names
from transfer_cli.model.vocabulary import Vocabulary
from transfer_cli.query.condition import EVERY_ROW

if TYPE_CHECKING:
    from transfer_cli.tables.source import Source

EVERY = ("all", "全部")


class Request(NamedTuple):
    """What is compared: names of indicators, the column ``by``, provinces, and a unit.

    The figures of a row also agree in the columns ``apart``. ``own`` are the indicators of the
    user's table as the table writes them; names may be such words too.
    """

    names: tuple[str, ...] = ()
    by: str = "province"
    provinces: tuple[str, ...] = ()
    unit: str = ""
    apart: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


def is_every(requested: Sequence[str]) -> bool:
    """Return whether ``all`` is requested."""
    return any(name.casefold() in EVERY for name in requested)


def own_words(source: "Source") -> tuple[str, ...]:
    """Return the indicators of a user's table as it writes them; empty for the report's."""
    if not source.vocabulary.own_words or "indicator" not in source.columns:
        return ()
    return tuple(cell for cell in source.counts(EVERY_ROW, "indicator").index if cell)


def default(own: Sequence[str], vocabulary: Vocabulary) -> Sequence[str]:
    """Return what is compared if nothing is named: the headline categories, or else ``own``.

    A table with indicators of its own, or without a headline category, is shown as a whole.
    """
    known = vocabulary.indicators
    categories = {known[word].category for word in own if word in known}
    is_known = {*own} <= {*known} and not categories.isdisjoint(codelists.HEADLINES)
    return codelists.HEADLINES if is_known or not own else own


def resolve(
    requested: Sequence[str], vocabulary: Vocabulary, own: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return the codes of the indicators that names of indicators or categories mean.

    ``own`` are the words of the user's table, which need be no codes, and may be the labels of
    codes. ``all`` means every category and every own word, no name ``default``. Raises UsageError,
    with did-you-mean, for an unknown name.
    """
    if not requested and default(own, vocabulary) is own:
        return tuple(own)
    every = is_every(requested)
    aliases = dict(vocabulary.aliases("indicator"))
    for code, labels in vocabulary.aliases("category").items():
        aliases[code] = (*labels, *aliases.get(code, ()))
    words: dict[str, list[str]] = {}
    for word in own:
        words.setdefault(names.fold(word), []).append(word)
    codes: list[str] = []
    for name in tuple(codelists.CATEGORIES) if every else requested or codelists.HEADLINES:
        own_word = words.get(names.fold(name), [])
        codes += own_word
        if own_word and name not in codelists.CATEGORIES:
            continue
        known = {**aliases, **dict.fromkeys(own, ())}
        try:
            code = names.choose("indicator", name, known)
        except UsageError as error:
            raise names.as_filter(error, name, known) from None
        in_category = [row.code for row in vocabulary.indicators.values() if row.category == code]
        chosen = in_category if code in codelists.CATEGORIES else [code]
        folded = (names.fold(each) for one in chosen for each in (one, *aliases.get(one, ())))
        codes += [*chosen, *(word for label in folded for word in words.get(label, ()))]
    return tuple(dict.fromkeys([*codes, *(own if every else ())]))


def topics(request: Request, vocabulary: Vocabulary) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return what is compared, each with the indicators of its sides: an average has two.

    A topic is a category, an indicator or an average. No name means the headline categories.
    """
    requested, own = request.names or default(request.own, vocabulary), request.own
    if is_every(requested):
        known = vocabulary.indicators
        requested = (*codelists.CATEGORIES, *(word for word in own if word not in known))
    found = {}
    for name in requested:
        codes = tuple(resolve([side], vocabulary, own) for side in sides(name, own))
        found[_topic(name, codes, vocabulary)] = codes
    return found


def _topic(name: str, codes: Sequence[Sequence[str]], vocabulary: Vocabulary) -> str:
    """Return the code of a named category or indicator; the name of an average."""
    known = vocabulary.indicators
    if len(codes) > 1 or not {*codes[0]} <= {*known}:
        return name
    categories = {known[code].category for code in codes[0]}
    return (
        codes[0][0] if name not in codelists.CATEGORIES and len(codes[0]) == 1 else categories.pop()
    )


def sides(name: str, own: Sequence[str] = ()) -> list[str]:
    """Return the dividend and the divisor of an average ``a / b``, or the one name.

    A word of the user's table may contain a slash.
    """
    if name in own:
        return [name]
    above, slash, below = (part.strip() for part in name.partition("/"))
    return [above, below] if slash else [above]


def needed(request: Request, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the indicators that a comparison reads, including both sides of averages."""
    own = request.own
    every = [side for name in request.names for side in sides(name, own)]
    codes = dict.fromkeys(code for name in every for code in resolve([name], vocabulary, own))
    return tuple(codes) or resolve([], vocabulary, own)
