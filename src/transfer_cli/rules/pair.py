"""What may be subtracted, divided, multiplied, grown and ranked, and the caveats beside it."""

import shlex
from collections.abc import Callable, Sequence

from transfer_cli.messages import _, join
from transfer_cli.model import labels, periods
from transfer_cli.model.periods import Period
from transfer_cli.model.units import PERCENT, POINTS
from transfer_cli.rules import nesting
from transfer_cli.rules.comparability import CELLS, differ, listed, varying, words
from transfer_cli.rules.comparability import unlike as caveat
from transfer_cli.rules.record import Decision, Operation, Record, Refusal

SERIES = ("indicator", "status", "scope", "province", "place", "subject", "industry")
"""The columns in which a figure must agree with an earlier one to have grown from it."""

CALENDAR_DAYS = 3
"""Days by which periods shorter than a month may differ in length: February, leap years."""


def decide(operation: Operation, records: Sequence[Record]) -> Decision:
    """Return whether an operation on figures has a meaning.

    Raises ValueError for a ``difference``, ``share`` or ``growth`` that is not of two records.
    """
    if operation in _OF_TWO:
        one, two = records
        return _OF_TWO[operation](one, two)
    return _OF_ALL[operation](records)


def unlike(records: Sequence[Record], columns: Sequence[str]) -> tuple[str, ...]:
    """Return the caveats of putting figures together: where they are not alike."""
    notes = []
    for column in columns:
        if column == "place":
            cells = list(dict.fromkeys(r.place or r.province or "" for r in records))
        elif column == "subject":
            cells = [name for name in words("subject", records) if name]
        else:
            cells = words(column, records)
        if len(cells) > 1:
            notes.append(caveat(column, cells))
    return tuple(notes)


CAVEATS = ("subject", "status", "scope", "industry", "period", "place")
"""The columns that a result names where its figures differ in them."""

RATES = ("share", "growth")
"""The kinds of indicators that say a part or a change of an amount."""

SAME = ("province", "place", "subject")
"""The columns in which a rate and its amount agree."""


def is_rank_and_rise(records: Sequence[Record]) -> bool:
    """Return whether two records are a rank and the places gained: their sum is the rank before."""
    kinds = sorted(record.kind for record in records)
    return kinds == ["growth", "rank"] and all(r.dimension == (("位", 1),) for r in records)


def _show(*records: Record) -> str:
    """Return the command that shows the figures."""
    return shlex.join(["transfer-cli", "show", *dict.fromkeys(record.id for record in records)])


def _no(reason: str, hint: str) -> Decision:
    return Decision(refusals=(Refusal(reason, hint),))


def list_of(record: Record) -> tuple[str, ...]:
    """Return what identifies the list in which a rank is a place: of what, in which industry."""
    return record.subject or "", record.industry or ""


def _difference(one: Record, two: Record) -> Decision:
    """Of one thing in one stage, of one cohort, or of a growth rate and its lead; rates in points.

    Ranks must be places in one list.
    """
    if is_rank_and_rise([one, two]):
        reason = _("places gained make a rank smaller: before the rise it was their sum")
        return _no(reason, f"transfer-cli calc '{one.id} + {two.id}'")
    families = [{record.id, *record.wholes} - {""} for record in (one, two)]
    caveats = unlike([one, two], ("indicator", *CAVEATS))
    if families[0] & families[1] or _is_growth_and_lead(one, two):
        return Decision(caveats=caveats)
    if one.code != two.code:
        reason = _(
            "{one} and {other} are different things, and their difference is none of either",
            one=labels.code("indicator", one.code or ""),
            other=labels.code("indicator", two.code or ""),
        )
        return _no(reason, _show(one, two))
    if differ("status", one, two):
        stages = words("status", [one, two])
        reason = _("the stages of {one} and {other} are not printed, and have no difference",
                   one=one.id, other=two.id)  # fmt: skip
        if len(stages) > 1:
            reason = _("{words} are different stages and have no difference outside one cohort",
                       words=listed(stages, _(" and "), "status"))  # fmt: skip
        return _no(reason, _show(one, two))
    if one.kind == "rank" and list_of(one) != list_of(two):
        reason = _("{one} and {other} are ranks of different lists", one=one.id, other=two.id)
        return _no(reason, _show(one, two))
    return Decision(caveats=caveats)


def _is_growth_and_lead(one: Record, two: Record) -> bool:
    """Return whether one is a growth rate in per cent and two its lead in percentage points."""
    same = all(CELLS[column](one) == CELLS[column](two) for column in (*SAME, "period"))
    growths = one.kind == two.kind == "growth"
    return growths and (one.dimension, two.dimension) == (PERCENT, POINTS) and same


def _ratio(records: Sequence[Record]) -> Decision:
    """Of any two amounts; of an amount and the share that it is; of shares of one subject."""
    refused = _amounts(records) or (_quotient(*records) if len(records) == 2 else None)
    measures: tuple[str, ...] = ()
    if all(record.kind in RATES for record in records):
        measures = unlike(records, ("indicator",))
    return refused or Decision(caveats=(*measures, *_of_amounts(records)))


def _of_amounts(records: Sequence[Record]) -> tuple[str, ...]:
    """Return the caveats of a ratio or a product: what is unlike, and stages that are not known."""
    unknown = [record.id for record in records if record.status == "unspecified"]
    stages = (_("no stage is printed for {ids}", ids=join(unknown)),) if unknown else ()
    rates = [record.id for record in records if not record.kind and record.implied_kind in RATES]
    bases = (_("of what {ids} is a rate is not known", ids=join(rates)),) if rates else ()
    return (*unlike(records, CAVEATS), *stages, *bases)


def _quotient(one: Record, two: Record) -> Decision | None:
    """Refuse a quotient of a rate that is neither of a rate of its own nor of its part."""
    if one.kind in RATES and two.kind in RATES:
        if one.code == two.code or all(CELLS[name](one) == CELLS[name](two) for name in SAME):
            return None
        reason = _("{one} and {other} are rates of different things", one=one.id, other=two.id)
        return _no(reason, _show(one, two))
    if one.kind in RATES and two.kind:
        return _no(
            _("{id} is a {kind}, and no amount", id=one.id, kind=labels.code("kind", one.kind)),
            _show(one, two),
        )
    if two.kind not in RATES or not one.kind:
        return None
    if one.scope != two.scope and _is_of(two, one):
        reason = _(
            "{amount} is all of which {rate} is a {kind}, and no part",
            amount=one.id, rate=two.id, kind=labels.code("kind", two.kind),
        )  # fmt: skip
        return _no(reason, f"transfer-cli calc '{one.id} * {two.id}'")
    return None if _is_of(two, one) else _unrelated(two, one)


def _product(records: Sequence[Record]) -> Decision:
    """Of amounts; of a share or growth rate only with the amount that it is of."""
    refused = _amounts(records) or (_factors(*records) if len(records) == 2 else None)
    return refused or Decision(caveats=_of_amounts(records))


def _factors(one: Record, two: Record) -> Decision | None:
    """Refuse a product of a rate and another amount than the one that it is of."""
    for rate, amount in ((one, two), (two, one)):
        if rate.kind not in RATES or not amount.kind:
            continue
        if amount.kind in RATES and _is_of(amount, rate):
            return None
        if not _is_of(rate, amount) and not _is_of_wider(rate, amount):
            return _unrelated(rate, amount)
        if rate.kind == "share" and rate.scope == amount.scope and rate.subject:
            reason = _(
                "{amount} is the part that {rate} is of the whole, not the whole",
                amount=amount.id, rate=rate.id,
            )  # fmt: skip
            return _no(reason, f"transfer-cli calc '{amount.id} / {rate.id}'")
        return None
    return None


def _is_of(rate: Record, amount: Record) -> bool:
    """Return whether a rate is of an amount: of what it measures, of the same place and subject."""
    measured = rate.indicator is not None and rate.indicator.measure == amount.code
    return measured and all(CELLS[name](rate) == CELLS[name](amount) for name in SAME)


def _is_of_wider(rate: Record, amount: Record) -> bool:
    """Return whether an amount is of the province, or of all subjects, of which a rate is a share.

    Then the period must be the same.
    """
    measured = rate.indicator is not None and rate.indicator.measure == amount.code
    same = rate.kind == "share" and rate.period == amount.period and rate.period != ""
    inside = amount.scope in ("province", "nation") and not amount.place
    subject = not amount.subject or amount.subject == rate.subject
    where = amount.scope == "nation" or amount.province == rate.province
    return measured and same and inside and subject and where


def _unrelated(rate: Record, amount: Record) -> Decision:
    """Refuse a rate and an amount that it is not of, and say what it is of."""
    measure = rate.indicator.measure if rate.indicator else ""
    if not measure or measure != amount.code:
        reason = _(
            "{rate} is a {kind} of {measure}, not of {other}",
            rate=rate.id,
            kind=labels.code("kind", rate.kind),
            measure=labels.code("indicator", measure) or _("something else"),
            other=labels.code("indicator", amount.code or ""),
        )  # fmt: skip
        return _no(reason, _show(rate, amount))
    column = next((name for name in SAME if CELLS[name](rate) != CELLS[name](amount)), "period")
    reason = _(
        "{rate} is a {kind} of {own}, not of {other}",
        rate=rate.id, kind=labels.code("kind", rate.kind),
        own=labels.code(column, CELLS[column](rate) or "") or _("all"),
        other=labels.code(column, CELLS[column](amount) or "") or _("all"),
    )  # fmt: skip
    return _no(reason, _show(rate, amount))


def _amounts(records: Sequence[Record]) -> Decision | None:
    """Refuse to multiply or divide a rank, which is a place and no amount."""
    for record in records:
        if record.kind == "rank":
            reason = _("{id} is a rank: a place has no multiples", id=record.id)
            return _no(reason, _show(record))
    return None


def _share(one: Record, whole: Record) -> Decision:
    """Of a part in its whole, or of the same thing of a place and of one that may contain it.

    The same thing is of one stage, unless of one cohort, and of a period inside that of the whole.
    """
    refused = _amounts([one, whole])
    quotient = f"transfer-cli calc '{one.id} / {whole.id}'"
    if refused:
        return refused
    if one.code != whole.code:
        reason = _(
            "{one} is no share of {other}",
            one=labels.code("indicator", one.code or ""),
            other=labels.code("indicator", whole.code or ""),
        )
        return _no(reason, quotient)
    if whole.id in one.wholes:
        return Decision()
    if one.id in whole.wholes:
        reason = _(
            "{part} is a part of {whole}, so the share is the other way round",
            part=whole.id,
            whole=one.id,
        )
        return _no(reason, f"transfer-cli calc 'share({whole.id}, {one.id})'")
    if elsewhere := _elsewhere(one, whole):
        reason = _(
            "{one} is no part of {whole}, which is of {province}",
            one=one.id,
            whole=whole.id,
            province=labels.code(elsewhere, CELLS[elsewhere](whole) or ""),
        )
        return _no(reason, quotient)
    known = {one.id, *one.wholes} & {whole.id, *whole.wholes}
    if one.status and whole.status and one.status != whole.status and not known:
        reason = _("{words} are different stages and make no share outside one cohort",
                   words=listed(words("status", [one, whole]), _(" and "), "status"))  # fmt: skip
        return _no(reason, quotient)
    span, longer = (periods.find(record.period or "") for record in (one, whole))
    if span and longer and not span.within(longer):
        reason = _(
            "{first} does not lie in {second}, so {one} is no part of {whole}",
            first=span.code, second=longer.code, one=one.id, whole=whole.id,
        )  # fmt: skip
        return _no(reason, quotient)
    note = _("{one} is not printed as a part of {whole}", one=one.id, whole=whole.id)
    return Decision(caveats=(note, *unlike([one, whole], CAVEATS)))


def _elsewhere(one: Record, whole: Record) -> str:
    """Return the column that says that a figure is no part of another one, empty for none does."""
    if 1 in nesting.contained([whole, one]) or whole.scope == "nation":
        return ""
    if one.province != whole.province:
        return "province"
    if whole.place and one.place != whole.place:
        return "place"
    other = whole.subject and one.subject != whole.subject and one.scope == whole.scope
    return "subject" if other else ""


def _growth(one: Record, two: Record) -> Decision:
    """From a figure to the same figure of a later period that is equally long."""
    quotient = f"transfer-cli calc '{two.id} / {one.id}'"
    refused = _amounts([one, two])
    if refused:
        return refused
    for record in (one, two):
        if record.implied_kind in RATES:
            reason = _(
                "{id} is a {kind}, and a {kind} changes by percentage points",
                id=record.id,
                kind=labels.code("kind", record.implied_kind),
            )
            return _no(reason, f"transfer-cli calc '{two.id} - {one.id}'")
    if one.id == two.id:
        return _no(_("{id} does not grow into itself", id=one.id), _show(one))
    for column in SERIES:
        if CELLS[column](one) != CELLS[column](two):
            reason = _(
                "{one} and {other} differ in {column}: no growth leads from one to the other",
                one=one.id,
                other=two.id,
                column=labels.column(column),
            )
            return _no(reason, quotient)
    first, second = (periods.find(record.period or "") for record in (one, two))
    if first is None or second is None:
        undated = one if first is None else two
        reason = _("{id} has no printed period, so growth has no span", id=undated.id)
        return _no(reason, quotient)
    return _follows(one, first, two, second)


def _follows(one: Record, first: Period, two: Record, second: Period) -> Decision:
    """Refuse periods that are not equally long, or not one after the other."""
    days = [(span.end - span.start).days for span in (first, second)]
    short = not first.months and abs(days[0] - days[1]) > CALENDAR_DAYS
    if first.months != second.months or short:
        reason = _(
            "{first} and {second} are not equally long, so {one} does not grow into {other}",
            first=first.code,
            second=second.code,
            one=one.id,
            other=two.id,
        )
        quotient = f"transfer-cli calc '{two.id} / {one.id}'"
        return _no(reason, _projected(one, first, two, second) or quotient)
    if first.start >= second.start:
        reason = _(
            "{first} does not come before {second}",
            first=labels.code("period", first.code),
            second=labels.code("period", second.code),
        )
        return _no(reason, f"transfer-cli calc 'growth({two.id}, {one.id})'")
    return Decision()


def _projected(one: Record, first: Period, two: Record, second: Period) -> str:
    """Return the command that grows to a part of a year, projected to the whole."""
    flows = {one.kind, two.kind} <= {"flow", ""}
    if flows and first.end < second.start and first.months == 12 and 0 < second.months < 12:
        return f"transfer-cli calc 'growth({one.id}, per_year({two.id}))'"
    return ""


def years_between(one: Record, two: Record) -> int | Refusal:
    """Return how many whole years lie between two records that grow, or why it is no such."""
    first, second = (periods.parse(record.period or "") for record in (one, two))
    months = (second.start.year - first.start.year) * 12 + second.start.month - first.start.month
    if months < 12 or months % 12 or first.start.day != second.start.day:
        reason = _(
            "{first} and {second} are not whole years apart",
            first=labels.code("period", first.code),
            second=labels.code("period", second.code),
        )
        return Refusal(reason, f"transfer-cli calc 'growth({one.id}, {two.id})'")
    return months // 12


def _rank(records: Sequence[Record]) -> Decision:
    """Of one indicator that has a better end, alike in all columns of comparability."""
    known = records[0].indicator if records else None
    if known and not known.better:
        label = known.name
        return _no(_("{label} has no better end, so there is no rank", label=label), "")
    for column, cells in varying(records).items():
        if len(cells) == 1:
            return _no(_("stages or scopes that are not printed have no rank"), _show(*records))
        if column != "period":
            reason = _(
                "{words} differ in {column} and have no rank",
                words=listed(cells, column=column),
                column=labels.column(column),
            )
            return _no(reason, _show(*records))
    return Decision()


_OF_TWO: dict[Operation, Callable[[Record, Record], Decision]] = {
    "difference": _difference,
    "share": _share,
    "growth": _growth,
}
_OF_ALL: dict[Operation, Callable[[Sequence[Record]], Decision]] = {
    "ratio": _ratio,
    "product": _product,
    "rank": _rank,
}
