"""Which single figures may meet in an expression: the rules of likeness for ``calc``."""

from collections.abc import Iterable, Sequence

from transfer_cli.errors import RefusedError
from transfer_cli.model import periods
from transfer_cli.model.figures import Figure
from transfer_cli.model.lookups import NOT_ADDITIVE
from transfer_cli.model.periods import Period

_STOCKS = frozenset({"stock", "cumulative"})
_SERIES = ("indicator", "status", "scope", "province", "place", "subject", "industry")


def additive(figures: Sequence[Figure]) -> list[str]:
    """Return the caveats of a sum; refuse one that has no meaning.

    Refused: a figure or a whole counted twice, unlike indicators or statuses, shares, growth
    and ranks, stocks of several dates, and flows whose periods overlap.
    """
    _counted_once(figures)
    same_whole = len({figure.get("part_of") for figure in figures}) == 1
    siblings = same_whole and bool(figures and figures[0].get("part_of"))
    for figure in figures:
        if figure.indicator is not None and figure.indicator.kind in NOT_ADDITIVE:
            kind = figure.indicator.kind
            raise RefusedError(
                f"{figure.id} is a {kind}: {kind}s do not add",
                f"transfer-cli show {_ids(figures)}",
            )
    if not siblings:
        _agree(figures, "indicator", "are different things and do not add")
    _agree(figures, "status", "are different stages and do not add")
    _agree(figures, "source", "are different sources, whose figures do not add")
    _no_wider_area(figures)
    _no_overlap(figures)
    _no_whole_industry(figures)
    return unlike(figures)


def _counted_once(figures: Sequence[Figure]) -> None:
    seen: dict[str, Figure] = {}
    for figure in figures:
        if figure.id and figure.id in seen:
            raise RefusedError(f"{figure.id} is counted twice", f"transfer-cli calc {figure.id}")
        seen[figure.id] = figure
    for figure in figures:
        for whole in figure.wholes:
            if whole in seen:
                alike = figure.get("indicator") == seen[whole].get("indicator")
                share = f"transfer-cli calc 'share({figure.id}, {whole})'"
                raise RefusedError(
                    f"{figure.id} is part of {whole}: their sum counts it twice",
                    share if alike else f"transfer-cli show {whole}",
                )


def _agree(figures: Sequence[Figure], column: str, verdict: str) -> None:
    found = list(dict.fromkeys(figure.get(column) for figure in figures))
    if len(found) > 1:
        words = " and ".join(word or "(none)" for word in found)
        raise RefusedError(f"{words} {verdict}", f"transfer-cli show {_ids(figures)}")


def _ids(figures: Iterable[Figure]) -> str:
    return " ".join(dict.fromkeys(figure.id for figure in figures))


def _no_overlap(figures: Sequence[Figure]) -> None:
    spans = [(figure, span) for figure in figures if (span := _span(figure))]
    for position, (one, first) in enumerate(spans):
        for two, second in spans[position + 1 :]:
            stock = one.indicator is not None and one.indicator.kind in _STOCKS
            if first.code == second.code:
                continue
            if stock:
                raise RefusedError(
                    f"{one.id} and {two.id} are a stock at two times and do not add",
                    f"transfer-cli calc '{two.id} - {one.id}'",
                )
            if first.overlaps(second):
                raise RefusedError(
                    f"the periods of {one.id} ({first.code}) and {two.id} ({second.code}) overlap",
                    f"transfer-cli show {one.id} {two.id}",
                )


def _no_whole_industry(figures: Sequence[Figure]) -> None:
    """Refuse to add a figure of one industry to that of all of them in the same place."""
    for one in figures:
        for two in figures:
            inside = bool(one.get("industry")) and not two.get("industry")
            if inside and _same(one, two, ("scope", "province", "place", "subject", "period")):
                raise RefusedError(
                    f"{one.id} is of one industry and may lie inside {two.id}, which is of all",
                    f"transfer-cli show {one.id} {two.id}",
                )


def _no_wider_area(figures: Sequence[Figure]) -> None:
    """Refuse to add the figure of a nation or a province to one of an area or firm within it."""
    for wide in figures:
        keys = {"nation": (), "province": ("province",)}.get(wide.get("scope"))
        for other in figures if keys is not None else ():
            inside = other.get("scope") not in ("nation", wide.get("scope"))
            if inside and _same(wide, other, keys or ()):
                raise RefusedError(
                    f"{other.id} may lie inside {wide.id}, which is of the whole"
                    f" {wide.get('scope')}",
                    f"transfer-cli show {other.id} {wide.id}",
                )


def rank_and_rise(figures: Sequence[Figure]) -> bool:
    """Tell whether figures are a rank and the places gained: their sum is the rank before."""
    kinds = sorted(figure.indicator.kind for figure in figures if figure.indicator)
    return kinds == ["growth", "rank"] and all(f.quantity.unit.name == "位" for f in figures)


def differ(one: Figure, two: Figure) -> None:
    """Refuse the difference of unlike things, unless one is part of the other or of its whole."""
    if rank_and_rise([one, two]):
        raise RefusedError(
            "places gained make a rank smaller: before the rise it was their sum",
            f"transfer-cli calc '{one.id} + {two.id}'",
        )
    family = [{figure.id, *figure.wholes} for figure in (one, two)]
    if one.get("indicator") != two.get("indicator") and not family[0] & family[1]:
        raise RefusedError(
            f"{one.get('indicator')} and {two.get('indicator')} are different things, and their"
            " difference is none of either",
            f"transfer-cli show {one.id} {two.id}",
        )


def _span(figure: Figure) -> Period | None:
    return periods.find(figure.get("period"))


def _same(one: Figure, two: Figure, columns: Sequence[str]) -> bool:
    return all(one.get(column) == two.get(column) for column in columns)


def amounts(figures: Sequence[Figure]) -> None:
    """Refuse to multiply or divide a rank, which is a place and no amount."""
    for figure in figures:
        if figure.indicator is not None and figure.indicator.kind == "rank":
            raise RefusedError(
                f"{figure.id} is a rank: a place has no multiples", f"transfer-cli show {figure.id}"
            )


def rate_of_its_own(one: Sequence[Figure], two: Sequence[Figure]) -> None:
    """Refuse to multiply a share or a growth rate by a figure of another province or place."""
    for rate, other in [(r, o) for r in one for o in two] + [(r, o) for r in two for o in one]:
        kind = rate.indicator.kind if rate.indicator else ""
        if kind in ("share", "growth") and not _same(rate, other, ("province",)):
            raise RefusedError(
                f"{rate.id} is a {kind} of {rate.get('province')}, not of {other.get('province')}",
                f"transfer-cli show {rate.id} {other.id}",
            )


def unlike(figures: Sequence[Figure], *, kinds: bool = True) -> list[str]:
    """Return the caveats of putting these figures together: where they are not alike.

    With ``kinds`` unlike indicators are told too.
    """
    notes = []
    for column in (*(("indicator",) if kinds else ()), "status", "scope", "industry", "period"):
        found = list(dict.fromkeys(figure.get(column) for figure in figures))
        if len(found) > 1:
            words = ", ".join(word or "not printed" for word in found)
            notes.append(f"unlike {column}: {words}")
    who = list(dict.fromkeys(f.get("place") or f.get("province") for f in figures))
    if len(who) > 1:
        notes.append(f"unlike place: {', '.join(who)}")
    return notes


def alike(figures: Sequence[Figure]) -> list[str]:
    """Refuse figures of different indicators; return the caveats of the others."""
    _counted_once(figures)
    _agree(figures, "indicator", "are different things and have no mean")
    _agree(figures, "status", "are different stages and have no mean")
    _agree(figures, "source", "are different sources and have no mean")
    _no_wider_area(figures)
    _equally_long(figures)
    return unlike(figures)


def _equally_long(figures: Sequence[Figure]) -> None:
    """Refuse the mean of flows over periods of unlike length."""
    flows = [f for f in figures if f.indicator is not None and f.indicator.kind == "flow"]
    spans = {span.code: span.months for figure in flows if (span := _span(figure))}
    if len({*spans.values()}) > 1:
        raise RefusedError(
            f"{', '.join(spans)} are not equally long: their figures have no mean",
            f"transfer-cli show {_ids(figures)}",
        )


def part(above: Sequence[Figure], below: Sequence[Figure]) -> list[str]:
    """Return the caveats of a share; refuse one of a different indicator."""
    amounts([*above, *below])
    if len(above) != 1 or len(below) != 1:
        return unlike([*above, *below])
    one, whole = above[0], below[0]
    if one.get("indicator") != whole.get("indicator"):
        raise RefusedError(
            f"{one.get('indicator')} is no share of {whole.get('indicator')}",
            f"transfer-cli calc '{one.id} / {whole.id}'",
        )
    if whole.id in one.wholes:
        return []
    if one.id in whole.wholes:
        raise RefusedError(
            f"{whole.id} is a part of {one.id}, so the share is the other way round",
            f"transfer-cli calc 'share({whole.id}, {one.id})'",
        )
    if whole.get("scope") != "nation" and not _same(one, whole, ("province",)):
        raise RefusedError(
            f"{one.id} is no part of {whole.id}, which is of {whole.get('province')}",
            f"transfer-cli calc '{one.id} / {whole.id}'",
        )
    notes = [f"{one.id} is not printed as a part of {whole.id}"]
    return notes + unlike([one, whole])


def grown(before: Sequence[Figure], after: Sequence[Figure]) -> list[str]:
    """Refuse growth between unlike figures, or over periods that are not one after the other."""
    if len(before) != 1 or len(after) != 1:
        return unlike([*before, *after])
    one, two = before[0], after[0]
    amounts([one, two])
    for figure in (one, two):
        if figure.indicator is not None and figure.indicator.kind in ("growth", "share"):
            kind = figure.indicator.kind
            raise RefusedError(
                f"{figure.id} is a {kind}, and a {kind} changes by percentage points",
                f"transfer-cli calc '{two.id} - {one.id}'",
            )
    if one.id == two.id:
        raise RefusedError(f"{one.id} does not grow into itself", f"transfer-cli show {one.id}")
    for column in _SERIES:
        if one.get(column) != two.get(column):
            raise RefusedError(
                f"{one.id} and {two.id} differ in {column}: no growth leads from one to the other",
                f"transfer-cli calc '{two.id} / {one.id}'",
            )
    first, second = _span(one), _span(two)
    if first is None or second is None:
        raise RefusedError(
            f"{(one if first is None else two).id} has no printed period, so growth has no span",
            f"transfer-cli calc '{two.id} / {one.id}'",
        )
    _comparable(one, first, two, second)
    return []


def _comparable(one: Figure, first: Period, two: Figure, second: Period) -> None:
    days = [(span.end - span.start).days for span in (first, second)]
    if first.months != second.months or (not first.months and abs(days[0] - days[1]) > 3):
        raise RefusedError(
            f"{first.code} and {second.code} are not equally long, so {one.id} does not grow into"
            f" {two.id}",
            f"transfer-cli calc '{two.id} / {one.id}'",
        )
    if first.start >= second.start:
        raise RefusedError(
            f"{first.code} does not come before {second.code}",
            f"transfer-cli calc 'growth({two.id}, {one.id})'",
        )


def years_apart(before: Sequence[Figure], after: Sequence[Figure]) -> int:
    """Return how many whole years lie between two figures; refuse anything but whole years."""
    if len(before) != 1 or len(after) != 1:
        raise RefusedError(
            "cagr needs two figures with periods", "calc '(b / a) ** (1 / years) - 1'"
        )
    first, second = _span(before[0]), _span(after[0])
    assert first and second  # noqa: S101  (``grown`` has refused a missing one)
    months = (second.start.year - first.start.year) * 12 + second.start.month - first.start.month
    if months < 12 or months % 12 or first.start.day != second.start.day:
        raise RefusedError(
            f"{first.code} and {second.code} are not whole years apart",
            f"transfer-cli calc 'growth({before[0].id}, {after[0].id})'",
        )
    return months // 12
