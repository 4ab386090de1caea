"""What may be divided and multiplied: amounts, and a rate with the amount that it is of."""

from collections.abc import Sequence

from transfer_cli.messages import _, join
from transfer_cli.model import labels
from transfer_cli.rules.comparability import CAVEATS, CELLS, differences
from transfer_cli.rules.record import Decision, Record, calc, show

RATES = ("share", "growth")
"""The kinds of indicators that measure a part or a change of an amount."""

SAME = ("province", "place", "subject")
"""The columns in which a rate and its amount agree."""


def quotient(records: Sequence[Record]) -> Decision:
    """Return whether figures may be divided.

    Any two amounts may, an amount and the share that it is, and shares of one subject.
    """
    refused = refuse_ranks(records) or (_quotient(*records) if len(records) == 2 else None)
    measures: tuple[str, ...] = ()
    if all(record.kind in RATES for record in records):
        measures = differences(records, ("indicator",))
    return refused or Decision(caveats=(*measures, *_of_amounts(records)))


def _of_amounts(records: Sequence[Record]) -> tuple[str, ...]:
    """Return the caveats of a ratio or a product: what is unlike, and stages that are not known."""
    unknown = [record.id for record in records if record.status == "unspecified"]
    stages = (_("no stage is printed for {ids}", ids=join(unknown)),) if unknown else ()
    rates = [record.id for record in records if not record.kind and record.implied_kind in RATES]
    bases = (_("it is not known what {ids} is a rate of", ids=join(rates)),) if rates else ()
    return (*differences(records, CAVEATS), *stages, *bases)


def _quotient(one: Record, two: Record) -> Decision | None:
    """Refuse a quotient with a rate, unless of rates of one thing, or of a part and its rate."""
    if one.kind in RATES and two.kind in RATES:
        if one.code == two.code or all(CELLS[name](one) == CELLS[name](two) for name in SAME):
            return None
        reason = _("{one} and {other} are rates of different things", one=one.id, other=two.id)
        return Decision.no(reason, show(one, two))
    if one.kind in RATES and two.kind:
        return Decision.no(
            _("{id} is a {kind}, not an amount", id=one.id, kind=labels.code("kind", one.kind)),
            show(one, two),
        )
    if two.kind not in RATES or not one.kind:
        return None
    if one.scope != two.scope and _is_of(two, one):
        reason = _(
            "{amount} is all of which {rate} is a {kind}, and no part",
            amount=one.id, rate=two.id, kind=labels.code("kind", two.kind),
        )  # fmt: skip
        return Decision.no(reason, calc("{} * {}", one.id, two.id))
    return None if _is_of(two, one) else _unrelated(two, one)


def product(records: Sequence[Record]) -> Decision:
    """Return whether figures may be multiplied.

    Amounts may, and a share or growth rate with the amount that it is of.
    """
    refused = refuse_ranks(records) or (_factors(*records) if len(records) == 2 else None)
    return refused or Decision(caveats=_of_amounts(records))


def _factors(one: Record, two: Record) -> Decision | None:
    """Refuse a product of a rate and another amount than the one that it is of."""
    for rate, amount in ((one, two), (two, one)):
        if rate.kind not in RATES or not amount.kind:
            continue
        if _is_of(amount, rate):
            return None
        if not _is_of(rate, amount):
            if not _is_of_wider(rate, amount):
                return _unrelated(rate, amount)
            if rate.period != amount.period or rate.period == "":
                reason = _(
                    "{rate} and {amount} do not print the same period, and a share is of one",
                    rate=rate.id, amount=amount.id,
                )  # fmt: skip
                return Decision.no(reason, show(rate, amount))
        if rate.kind == "share" and rate.scope == amount.scope and rate.subject:
            reason = _(
                "{amount} is the part that {rate} is of the whole, not the whole",
                amount=amount.id, rate=rate.id,
            )  # fmt: skip
            return Decision.no(reason, calc("{} / {}", amount.id, rate.id))
        return None
    return None


def _is_of(rate: Record, amount: Record) -> bool:
    """Return whether an amount is the measure of a rate, and of the same place and subject."""
    measured = rate.indicator is not None and rate.indicator.measure == amount.code
    return measured and all(CELLS[name](rate) == CELLS[name](amount) for name in SAME)


def _is_of_wider(rate: Record, amount: Record) -> bool:
    """Return whether an amount is of the area, or of all subjects, of which a rate is a share."""
    measured = rate.indicator is not None and rate.indicator.measure == amount.code
    inside = amount.scope in ("province", "nation") and not amount.place
    subject = not amount.subject or amount.subject == rate.subject
    where = amount.scope == "nation" or amount.province == rate.province
    return measured and rate.kind == "share" and inside and subject and where


def _unrelated(rate: Record, amount: Record) -> Decision:
    """Return the refusal of a rate and an amount that is not its measure, with its measure."""
    measure = rate.indicator.measure if rate.indicator else ""
    if not measure or measure != amount.code:
        reason = _(
            "{rate} is a {kind} of {measure}, not of {other}",
            rate=rate.id,
            kind=labels.code("kind", rate.kind),
            measure=labels.code("indicator", measure) or _("something else"),
            other=labels.code("indicator", amount.code or ""),
        )  # fmt: skip
        return Decision.no(reason, show(rate, amount))
    column = next(name for name in SAME if CELLS[name](rate) != CELLS[name](amount))
    reason = _(
        "{rate} is a {kind} of {own}, not of {other}",
        rate=rate.id, kind=labels.code("kind", rate.kind),
        own=labels.code(column, CELLS[column](rate) or "") or _("all"),
        other=labels.code(column, CELLS[column](amount) or "") or _("all"),
    )  # fmt: skip
    return Decision.no(reason, show(rate, amount))


def refuse_ranks(records: Sequence[Record]) -> Decision | None:
    """Refuse to multiply or divide a rank, which is a place and no amount."""
    for record in records:
        if record.implied_kind == "rank":
            reason = _("{id} is a rank: a place has no multiples", id=record.id)
            return Decision.no(reason, show(record))
    return None
