"""What is compared: the indicators that names of indicators, categories and averages stand for."""

from collections.abc import Sequence

from transfer_cli.model import codelists, names
from transfer_cli.model.vocabulary import Vocabulary

EVERY = ("all", "全部")


def resolve(requested: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the codes of the indicators that names of indicators or categories stand for.

    No name stands for the headline categories, ``all`` for every category. Raises UsageError, with
    did-you-mean, for a name that is none.
    """
    if any(name.casefold() in EVERY for name in requested):
        requested = tuple(codelists.CATEGORIES)
    aliases = dict(vocabulary.aliases("indicator"))
    for code, labels in vocabulary.aliases("category").items():
        aliases[code] = (*labels, *aliases.get(code, ()))
    codes: list[str] = []
    for name in requested or codelists.HEADLINES:
        code = names.choose("indicator", name, aliases)
        in_category = [row.code for row in vocabulary.indicators.values() if row.category == code]
        codes.extend(in_category if code in codelists.CATEGORIES else [code])
    return tuple(dict.fromkeys(codes))


def topics(
    requested: Sequence[str], vocabulary: Vocabulary
) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return what is compared, each with the indicators of its sides: an average has two.

    A topic is a category, an indicator or an average. No name stands for the headline categories.
    """
    if any(name.casefold() in EVERY for name in requested):
        requested = tuple(codelists.CATEGORIES)
    found = {}
    for name in requested or codelists.HEADLINES:
        codes = tuple(resolve([side], vocabulary) for side in sides(name))
        found[_topic(name, codes, vocabulary)] = codes
    return found


def _topic(name: str, codes: Sequence[Sequence[str]], vocabulary: Vocabulary) -> str:
    """Return the code of what is named: of a category or an indicator; of an average its name."""
    if len(codes) > 1:
        return name
    categories = {vocabulary.indicators[code].category for code in codes[0]}
    return (
        codes[0][0] if name not in codelists.CATEGORIES and len(codes[0]) == 1 else categories.pop()
    )


def sides(name: str) -> list[str]:
    """Return the dividend and the divisor of an average ``a / b``, or the one name."""
    above, slash, below = (part.strip() for part in name.partition("/"))
    return [above, below] if slash else [above]


def needed(requested: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the indicators that a comparison reads, those of averages included."""
    every = [side for name in requested for side in sides(name)]
    codes = dict.fromkeys(code for name in every for code in resolve([name], vocabulary))
    return tuple(codes) or resolve([], vocabulary)
