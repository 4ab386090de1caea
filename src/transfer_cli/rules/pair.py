"""What may be subtracted, shared and ranked: operations on two figures, or on a list of them."""

from collections.abc import Callable, Sequence

from transfer_cli.messages import _
from transfer_cli.model import labels
from transfer_cli.model.units import PERCENT, POINTS
from transfer_cli.rules import growth, nesting, ratio
from transfer_cli.rules.comparability import (
    CAVEATS,
    CELLS,
    differ,
    differences,
    listed,
    varying,
    words,
)
from transfer_cli.rules.ratio import SAME, refuse_ranks
from transfer_cli.rules.record import Decision, Operation, Record, calc, show


def decide(operation: Operation, records: Sequence[Record]) -> Decision:
    """Return whether an operation on figures has a meaning.

    Raises ValueError for a ``difference``, ``share`` or ``growth`` that is not of two records.
    """
    if operation in _OF_TWO:
        one, two = records
        return _OF_TWO[operation](one, two)
    return _OF_ALL[operation](records)


def is_rank_and_rise(records: Sequence[Record]) -> bool:
    """Return whether two records are a rank and the places gained: their sum is the rank before."""
    kinds = sorted(record.kind for record in records)
    return kinds == ["growth", "rank"] and all(r.dimension == (("位", 1),) for r in records)


def _difference(one: Record, two: Record) -> Decision:
    """Return whether the second figure may be subtracted from the first.

    They must be of one indicator and one stage, or of one cohort, or a growth rate and its lead in
    percentage points. Ranks must be places in one list.
    """
    if is_rank_and_rise([one, two]):
        reason = _("places gained make a rank smaller: before the rise it was their sum")
        return Decision.no(reason, calc("{} + {}", one.id, two.id))
    families = [{record.id, *record.wholes} for record in (one, two)]
    caveats = differences([one, two], ("indicator", *CAVEATS))
    if families[0] & families[1] or _is_growth_and_lead(one, two):
        return Decision(caveats=caveats)
    if one.code != two.code:
        reason = _(
            "{one} and {other} are different things, so their difference has no meaning",
            one=labels.code("indicator", one.code or ""),
            other=labels.code("indicator", two.code or ""),
        )
        return Decision.no(reason, show(one, two))
    if differ("status", one, two):
        stages = words("status", [one, two])
        reason = _("the stages of {one} and {other} are not printed, and have no difference",
                   one=one.id, other=two.id)  # fmt: skip
        if len(stages) > 1:
            reason = _("{words} are different stages and have no difference outside one cohort",
                       words=listed(stages, _(" and "), "status"))  # fmt: skip
        return Decision.no(reason, show(one, two))
    if one.implied_kind == "rank" and one.ranking != two.ranking:
        reason = _("{one} and {other} are ranks of different lists", one=one.id, other=two.id)
        return Decision.no(reason, show(one, two))
    return Decision(caveats=caveats)


def _is_growth_and_lead(one: Record, two: Record) -> bool:
    """Return whether one is a growth rate in per cent and two its lead in percentage points."""
    same = all(CELLS[column](one) == CELLS[column](two) for column in (*SAME, "period"))
    growths = one.kind == two.kind == "growth"
    return growths and (one.dimension, two.dimension) == (PERCENT, POINTS) and same


def _share(one: Record, whole: Record) -> Decision:
    """Return whether the first figure may be a share of the second.

    They must be a part and its whole, or of one indicator, of a place and of one that may contain
    it. These must be of one stage or of one cohort, and the period of the first within that of the
    second.
    """
    refused = refuse_ranks([one, whole])
    quotient = calc("{} / {}", one.id, whole.id)
    if refused:
        return refused
    if one.code != whole.code:
        reason = _(
            "{one} is not a share of {other}",
            one=labels.code("indicator", one.code or ""),
            other=labels.code("indicator", whole.code or ""),
        )
        return Decision.no(reason, quotient)
    if whole.id in one.wholes:
        return Decision()
    if one.id in whole.wholes:
        reason = _(
            "{part} is a part of {whole}, so the share is the other way round",
            part=whole.id,
            whole=one.id,
        )
        return Decision.no(reason, calc("share({}, {})", whole.id, one.id))
    if elsewhere := _elsewhere(one, whole):
        reason = _(
            "{one} is not part of {whole}, which is of {province}",
            one=one.id,
            whole=whole.id,
            province=labels.code(elsewhere, CELLS[elsewhere](whole) or ""),
        )
        return Decision.no(reason, quotient)
    known = {one.id, *one.wholes} & {whole.id, *whole.wholes}
    if one.status and whole.status and one.status != whole.status and not known:
        reason = _("{words} are different stages and make no share outside one cohort",
                   words=listed(words("status", [one, whole]), _(" and "), "status"))  # fmt: skip
        return Decision.no(reason, quotient)
    span, longer = one.span, whole.span
    if span and longer and not span.within(longer):
        reason = _(
            "{first} does not lie in {second}, so {one} is not part of {whole}",
            first=span.code, second=longer.code, one=one.id, whole=whole.id,
        )  # fmt: skip
        return Decision.no(reason, quotient)
    note = _("{one} is not printed as a part of {whole}", one=one.id, whole=whole.id)
    return Decision(caveats=(note, *differences([one, whole], CAVEATS)))


def _elsewhere(one: Record, whole: Record) -> str | None:
    """Return the column by which a figure is not part of another one, or None."""
    if 1 in nesting.contained([whole, one]):
        return None
    areas = [record._replace(industry="", period="") for record in (whole, one)]
    if 1 not in nesting.contained(areas):
        if one.province != whole.province:
            return "province"
        if whole.place and one.place != whole.place:
            return "place"
    level = one.scope == whole.scope
    if whole.subject and one.subject != whole.subject and level:
        return "subject"
    own, all_of_it = nesting.industry_of(one), nesting.industry_of(whole)
    if all_of_it and (own or level) and own != all_of_it and not nesting.holds(all_of_it, own):
        return "industry"
    return None


def _rank(records: Sequence[Record]) -> Decision:
    """Return whether figures may be ranked: comparable ones of an indicator with a better end."""
    known = records[0].indicator if records else None
    if known and not known.better:
        label = known.name
        return Decision.no(_("{label} has no better end, so there is no rank", label=label))
    for column, cells in varying(records).items():
        if len(cells) == 1:
            return Decision.no(_("stages or scopes that are not printed have no rank"))
        if column != "period":
            reason = _(
                "{words} differ in {column} and have no rank",
                words=listed(cells, column=column),
                column=labels.column(column),
            )
            return Decision.no(reason)
    return Decision()


_OF_TWO: dict[Operation, Callable[[Record, Record], Decision]] = {
    "difference": _difference,
    "share": _share,
    "growth": growth.decide,
}
_OF_ALL: dict[Operation, Callable[[Sequence[Record]], Decision]] = {
    "ratio": ratio.quotient,
    "product": ratio.product,
    "rank": _rank,
}
