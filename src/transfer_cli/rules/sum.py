"""Why figures do not add up, and the caveats of a sum where they do.

The kinds of indicators follow SDMX (TIME_COLLECT): a flow adds over places and over periods that do
not overlap, a stock over places only, a share, a growth rate or a rank never. The same rules hold
for means, medians and extremes, as far as ``_AGAINST`` says.
"""

from collections.abc import Sequence

from transfer_cli.errors import Instead, few
from transfer_cli.messages import _, series
from transfer_cli.model import kinds, labels, periods
from transfer_cli.model.codelists import stage
from transfer_cli.model.units import name_of
from transfer_cli.model.vocabulary import NOT_ADDITIVE
from transfer_cli.rules import comparability, nesting, overlap
from transfer_cli.rules.comparability import (
    are_jobs,
    in_order,
    keeping,
    listed,
    siblings,
    unlike,
    words,
)
from transfer_cli.rules.record import MEANS, Decision, Grouping, Record, Refusal, calc

SUBJECTS = 4
"""Subjects that a caveat names; with more of them, which is usual in a large group, none."""


def decide(
    operation: Grouping, records: Sequence[Record], across: Sequence[str], by: Sequence[str]
) -> Decision:
    """Return whether figures may be added up, averaged or put in order, as one result.

    Records that others contain are left out. A column in which the figures differ without being
    given up is refused; the other reasons are those that remain if it is given up.
    """
    varying = comparability.varying(records)
    if len(records) == 1 and not varying:
        refused = _kinds(records) if operation == "sum" else []
        return Decision(refusals=tuple(refused), caveats=_unweighted(operation, records))
    inside = nesting.contained(records)
    kept = [record for place, record in enumerate(records) if place not in inside]
    against = _dimensions(records) + _against(operation, kept, across, by)
    unlike_things = "indicator" in varying and not (siblings(kept) or are_jobs(kept))
    apart = comparability.refusals(operation, varying, across, never=bool(against) or unlike_things)
    if any(refusal.kind for refusal in against):
        apart = []  # Figures of such a kind never add up.
    elif unlike_things and "indicator" not in across:
        apart, against = apart[:1], []
    given_up = _given_up(kept, across)
    caveats = [*_subjects(kept), *(unlike(*each) for each in given_up.items())]
    if len(varying.get("status", ())) == 1:
        caveats.append(_("no stage is printed for several figures"))
    if len({record.dimension for record in kept}) > 1 and are_jobs(kept):
        caveats.append(_("posts and persons are counted together, each as one job"))
    if "period" in given_up:
        caveats += _undated(kept)
        caveats += _same_content(kept)
    return Decision(
        left_out={place: container.reason for place, container in inside.items()},
        caveats=(*_unweighted(operation, kept), *caveats),
        refusals=(*apart, *against),
        containers={place: container.position for place, container in inside.items()},
        given_up=given_up,
    )


def _against(
    operation: Grouping, records: Sequence[Record], across: Sequence[str], by: Sequence[str]
) -> list[Refusal]:
    """Return the reasons against an operation, whatever the user gives up."""
    if operation == "extreme":
        return []
    things = [*_repeated(records), *_different_things(records, across)]
    if operation == "order":
        return things + _uneven(records, across)
    kinds = _kinds(records)
    if operation in MEANS:
        things += _different_lists(records)
        if kinds:
            return things + _uneven(records, across)
        not_over = _not_over(operation, records, across, by)
        found = things + not_over + _overlap(records, across) + _uneven(records, across)
    elif kinds and not things:
        return kinds
    else:
        found = things + _not_over(operation, records, across, by) + _overlap(records, across)
    never = _never_joined(operation, records, across)
    if never and found:
        return [never[0]._replace(hint=Instead("--across")), *found]
    if never or not found:
        return never or _stages_of_one_whole(records, across)
    stages = words("status", records)
    if "status" in across and len(stages) > 1:
        # One period at a time, stages that were joined would still mean no more.
        joined = listed(in_order("status", stages), column="status")
        reason = _("{words} are different stages", words=joined)
        found.insert(0, Refusal(reason, Instead("--across")))
    return found


def _repeated(records: Sequence[Record]) -> list[Refusal]:
    """Refuse a figure that is counted twice."""
    ids = [record.id for record in records if record.id]
    if len({*ids}) == len(ids):
        return []
    twice = next(name for name in ids if ids.count(name) > 1)
    hint = calc("{}", twice)
    return [Refusal(_("{id} is counted twice", id=twice), hint)]


def _different_things(records: Sequence[Record], across: Sequence[str]) -> list[Refusal]:
    """Refuse different indicators that were given up: not jobs, and not parts of one whole."""
    codes = words("indicator", records)
    if len(codes) < 2 or "indicator" not in across or siblings(records) or are_jobs(records):
        return []
    names = {record.code: record.indicator.name for record in records if record.indicator}
    named = listed(names.get(code, code) for code in in_order("indicator", codes)[:4])
    reason = _("{words} are different things and do not add", words=named)
    return [Refusal(reason, keeping(across, "indicator"))]


def _different_lists(records: Sequence[Record]) -> list[Refusal]:
    """Refuse the mean of ranks in different lists."""
    lists = dict.fromkeys(record.ranking for record in records if record.implied_kind == "rank")
    if len(lists) < 2:
        return []
    names = few([" ".join(filter(None, each)) or _("not named") for each in lists])
    reason = _("ranks of different lists have no mean ({lists})", lists=names)
    return [Refusal(reason, Instead("--stat", "min,max"))]


def _never_joined(
    operation: Grouping, records: Sequence[Record], across: Sequence[str]
) -> list[Refusal]:
    """Refuse stages that never join another, though the status was given up."""
    stages = in_order("status", words("status", records))
    never = [word for word in stages if stage(word) in comparability.NEVER_JOINED]
    if "status" not in across or not never or "status" not in comparability.varying(records):
        return []
    if len(stages) == 1:
        reason = _("several figures print no stage, so they are not comparable")
    elif operation in MEANS:
        reason = _(
            "{words} are different stages and have no mean: {never} never joins another",
            words=listed(stages, column="status"),
            never=listed(never, _(" or "), "status"),
        )  # fmt: skip
    else:
        reason = _(
            "{words} are different stages and do not add: {never} never joins another",
            words=listed(stages, column="status"),
            never=listed(never, _(" or "), "status"),
        )  # fmt: skip
    return [Refusal(reason, keeping(across, "status"))]


def _dimensions(records: Sequence[Record]) -> list[Refusal]:
    dimensions = list(dict.fromkeys(record.dimension for record in records))
    if len(dimensions) < 2 or are_jobs(records):
        return []
    names = listed(
        (labels.unit(name_of(each)) or _("a plain number") for each in dimensions), _(" and ")
    )
    return [Refusal(_("{units} are different dimensions and do not add", units=names))]


def _kinds(records: Sequence[Record]) -> list[Refusal]:
    """Refuse indicators of a kind that never adds, and rates that no look-up knows."""
    hint = Instead("--stat", "median,min,max", drop=("--share",))
    found: dict[str, Refusal] = {}
    for record in records:
        known, kind = record.indicator, record.implied_kind
        if kind not in NOT_ADDITIVE:
            continue
        named = record.code or (record.measure if kinds.implied(record.measure) else "")
        named = named or labels.unit(name_of(record.dimension))
        label = known.name if known else named
        if label not in found:
            reason = _(
                "{kind}s do not add ({labels})", kind=labels.code("kind", kind), labels=label
            )
            found[label] = Refusal(reason, hint, kind=kind, label=label)
    return list(found.values())


def _not_over(
    operation: Grouping, records: Sequence[Record], across: Sequence[str], by: Sequence[str]
) -> list[Refusal]:
    """Refuse what does not add over a column in which the records differ (``adds_across``)."""
    known = {record.indicator.code: record.indicator for record in records if record.indicator}
    found = []
    for indicator in known.values():
        for column in ("province", "place", "industry", "scope", "status", "period"):
            over = "place" if column == "province" else column
            if over not in indicator.adds_across and len(words(column, records)) > 1:
                words_of = indicator.name, indicator.kind
                found.append(_does_not_add_over(operation, *words_of, column, across, by))
                break
    if len(words("period", records)) > 1:
        for record in records:
            if not record.indicator and record.implied_kind in ("stock", "cumulative"):
                words_of = record.code or record.measure, record.implied_kind
                found.append(_does_not_add_over(operation, *words_of, "period", across, by))
    return found[:1]


def _does_not_add_over(
    operation: Grouping, name: str, kind: str, column: str, across: Sequence[str], by: Sequence[str]
) -> Refusal:
    words = {
        "indicator": name,
        "kind": labels.code("kind", kind),
        "column": _("time") if column == "period" else labels.column(column),
    }
    reason = _("{indicator} is a {kind} and does not add over {column}", **words)
    if operation in MEANS:
        reason = _("{indicator} is a {kind} and has no mean over {column}", **words)
    groups = Instead("--by", ",".join([*by, column]))
    return Refusal(reason, keeping(across, column) if column in across else groups)


def _overlap(records: Sequence[Record], across: Sequence[str]) -> list[Refusal]:
    """Refuse different periods that overlap where the places can overlap as well."""
    codes = words("period", records)
    if len(codes) < 2:
        return []
    hint = keeping(across, "period")
    unknown = [code for code in codes if code and not periods.find(code)]
    if unknown:
        return [Refusal(_("{period!r} is not a period", period=unknown[0]), hint)]
    crossing = overlap.conflict(records)
    if crossing is None:
        return []
    if overlap.ALWAYS in crossing:
        reason = _("some figures print no period, so they may overlap the others")
    else:
        one, other = (span.code for span in crossing)
        reason = _(
            "the periods {one} and {other} overlap, and their figures do not add",
            one=one,
            other=other,
        )
    return [Refusal(reason, hint)]


def _stages_of_one_whole(records: Sequence[Record], across: Sequence[str]) -> list[Refusal]:
    """Refuse several stages of one whole, or of one thing: what was started may be completed.

    The whole itself need not be among the records. One thing is a subject, a project, or else all
    that a figure of a place is of, in one industry and, but for a project, one period.
    """
    stages: dict[tuple[str | None, ...], set[str]] = {}
    for record in records:
        if record.status is None:
            continue
        if record.wholes:
            stages.setdefault((record.wholes[0],), set()).add(record.status)
        elif record.subject or record.province:
            # A project is the same one in every year.
            period = None if record.scope == "project" and record.subject else record.period
            thing = (record.code, record.province, record.place, period, record.industry)
            name = record.subject or record.place or record.province
            stages.setdefault((*thing, name), set()).add(record.status)
    return [
        Refusal(
            _(
                "{words} are stages of one whole, {whole}",
                words=listed(in_order("status", statuses), column="status"),
                whole=thing[-1],
            ),
            keeping(across, "status"),
        )
        for thing, statuses in sorted(stages.items(), key=lambda each: str(each[0][-1]))
        if len(statuses) > 1
    ]


def _uneven(records: Sequence[Record], across: Sequence[str]) -> list[Refusal]:
    """Refuse the mean or the order of flows over periods of different length."""
    codes = in_order("period", words("period", records))
    spans = [span for code in codes if code and (span := periods.find(code))]
    if len({span.months for span in spans}) < 2 or all(row.kind != "flow" for row in records):
        return []
    reason = _(
        "{periods} differ in length and have no mean", periods=listed(codes, column="period")
    )
    return [Refusal(reason, keeping(across, "period"))]


def _unweighted(operation: Grouping, records: Sequence[Record]) -> tuple[str, ...]:
    """Return the caveat of a mean of figures that do not add up."""
    if operation != "mean":
        return ()
    kinds = dict.fromkeys(refusal.kind for refusal in _kinds(records))
    return tuple(
        _("the mean is unweighted: {kind}s do not add", kind=labels.code("kind", kind))
        for kind in kinds
    )


def _given_up(records: Sequence[Record], across: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the columns given up in which records differ, with their words in stated order."""
    known = [column for column in across if column in comparability.CELLS]
    seen = {column: in_order(column, words(column, records)) for column in known}
    return {column: cells for column, cells in seen.items() if len(cells) > 1}


def _subjects(records: Sequence[Record]) -> list[str]:
    names = [
        labels.code("subject", name) for name in sorted(filter(None, words("subject", records)))
    ]
    if not 1 < len(names) <= SUBJECTS:
        return []
    return [_("different subjects: {names}", names=series(names))]


def _same_content(records: Sequence[Record]) -> list[str]:
    """Return notes on industries that a composite of another period includes."""
    pairs = nesting.composites(records, range(len(records)))
    named = {
        (records[place].industry or "", records[other].industry or "") for place, other in pairs
    }
    return [
        _(
            "overlapping in content, though of other periods: {composite} holds {industry}",
            composite=composite,
            industry=industry,
        )
        for industry, composite in sorted(named)
    ]


def _undated(records: Sequence[Record]) -> list[str]:
    """Return a note on the places whose figures print no period."""
    undated = [record for record in records if record.period == ""]
    places = dict.fromkeys(
        labels.code("place", record.place or "")
        or labels.code("province", record.province or "")
        or record.id
        for record in undated
    )
    names = few(sorted(filter(None, places)))
    if not undated:
        return []
    return [
        _("no period is printed for {places}: it may overlap the others", places=names)
        if names
        else _("some figures print no period, so they may overlap the others")
    ]
