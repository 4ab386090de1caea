"""What can be compared: indicators by the names of indicators and categories. No pandas."""

from collections.abc import Sequence

from transfer_cli.model import codelists, lookups
from transfer_cli.model.names import category_aliases, choose, indicator_aliases


def resolve(wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of indicators that names of indicators, categories or ``all`` mean.

    No name means the headline categories. Raises UsageError, with did-you-mean.
    """
    if any(name.casefold() in ("all", "全部") for name in wanted):
        wanted = tuple(codelists.CATEGORIES)
    aliases = indicator_aliases()
    for code, names in category_aliases().items():
        aliases[code] = (*names, *aliases.get(code, ()))
    codes: list[str] = []
    for name in wanted or codelists.HEADLINES:
        code = choose("indicator", name, aliases)
        inside = [row.code for row in lookups.indicators().values() if row.category == code]
        codes.extend(inside if code in codelists.CATEGORIES else [code])
    return tuple(dict.fromkeys(codes))


def sides(name: str) -> list[str]:
    """Return the two sides of an average asked for as ``a / b``, or the one name."""
    above, slash, below = (part.strip() for part in name.partition("/"))
    return [above, below] if slash else [above]


def codes(wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the indicators that it takes to compare what is ``wanted``, averages too."""
    names = [side for name in wanted for side in sides(name)]
    return tuple(dict.fromkeys(code for name in names for code in resolve([name]))) or resolve([])
