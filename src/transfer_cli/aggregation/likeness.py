"""Which figures may be put together: the rules that keep a sum from meaning nothing.

The kinds follow SDMX (TIME_COLLECT): a flow adds over places and over periods that do not
overlap, a stock over places only, a share, growth rate or rank never. A group is known by the
words that meet in it: for each column that is looked at, its distinct cells.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from transfer_cli.errors import Instead, UsageError
from transfer_cli.model import periods
from transfer_cli.model.lookups import Indicator, indicators

Meeting = Mapping[str, Sequence[str]]
_RATES = frozenset({"%", "个百分点", "位"})


class Refusal(NamedTuple):
    """Why a group has no sum, and what to ask instead.

    Where the kind of the indicator forbids it, ``kind`` names it and ``reasons`` the indicator.
    Of figures that are ``unlike`` things there is no mean and no median either; of flows over
    ``uneven`` periods there is a sum all the same.
    """

    reasons: tuple[str, ...]
    hint: Instead
    kind: str = ""
    unlike: bool = False
    uneven: bool = False

    def bars(self, statistic: str) -> bool:
        """Tell whether a group has no statistic of this kind."""
        if statistic == "sum":
            return not self.uneven
        return (self.unlike or self.uneven) and statistic in ("mean", "std", "quantile")


def refusal(
    meeting: Meeting, dimension: str, by: Sequence[str], across: Sequence[str]
) -> Refusal | None:
    """Return why the figures of a group cannot be added, or None if they can.

    ``by`` names the columns of the groups, ``across`` those of likeness that were given up.
    """
    codes = meeting["indicator"]
    rows = [row for row in map(indicators().get, codes) if row is not None]
    reasons = [
        _mixed_indicators(codes, across),
        *map(_kind, rows),
        _unknown_rate(codes[0], dimension) if not rows else None,
        _adds(rows, meeting, by, across),
        _overlap(meeting, across) if "period" in across else None,
    ]
    real = [reason for reason in reasons if reason is not None]
    if not real and "period" in across:
        return _uneven(rows, meeting["period"], across)
    if not real or (real[0].kind and not real[0].unlike):
        return real[0] if real else None
    told = tuple(each for reason in real if not reason.kind for each in reason.reasons)
    if "status" in across and _varies(meeting, "status"):
        # Stages that are put together beside this mean no more one period at a time.
        stages = f"{listed(meeting['status'])} are different stages"
        return Refusal((stages, *told), Instead("--across"), unlike=real[0].unlike)
    return Refusal(told, real[0].hint, unlike=real[0].unlike)


def subjects_told(meeting: Meeting) -> list[str]:
    """Say which subjects a group puts together, where they are few enough to be named."""
    names = [name for name in meeting.get("subject", ()) if name]
    if not 1 < len(names) <= 4:
        return []
    return [f"put together are different subjects: {'; '.join(names)}"]


def listed(words: Sequence[str]) -> str:
    """Return words for people; an empty cell is one that is not printed."""
    return ", ".join(word or "not printed" for word in words)


def keeping(across: Sequence[str], column: str) -> Instead:
    """Return the hint that gives up all that was given up but for one column."""
    return Instead("--across", ",".join(name for name in across if name != column))


def _mixed_indicators(codes: Sequence[str], across: Sequence[str]) -> Refusal | None:
    if len(codes) < 2:
        return None
    known = indicators()
    told = ", ".join(known[code].label.lower() if code in known else code for code in codes[:4])
    hint = keeping(across, "indicator")
    return Refusal((f"{told} are different things and do not add",), hint, unlike=True)


def _unknown_rate(code: str, dimension: str) -> Refusal | None:
    """Refuse to add per cent, points and ranks of indicators that the look-up does not know."""
    if dimension not in _RATES:
        return None
    return Refusal((code,), Instead("--stat", "median,min,max"), "share")


def _kind(row: Indicator) -> Refusal | None:
    if row.additive:
        return None
    return Refusal((row.label.lower(),), Instead("--stat", "median,min,max"), row.kind)


def _adds(
    rows: Sequence[Indicator], meeting: Meeting, by: Sequence[str], across: Sequence[str]
) -> Refusal | None:
    for row in rows:
        for column in ("province", "place", "industry", "scope", "status", "period"):
            given_up = column in across or column in ("province", "place", "industry")
            over = "place" if column == "province" else column
            if given_up and over not in row.adds_across and _varies(meeting, column):
                return _not_over(row, column, by, across)
    return None


def _varies(meeting: Meeting, column: str) -> bool:
    return len(meeting.get(column, ())) > 1


def _not_over(row: Indicator, column: str, by: Sequence[str], across: Sequence[str]) -> Refusal:
    what = "time" if column == "period" else column
    return Refusal(
        (f"{row.label.lower()} is a {row.kind} and does not add over {what}",),
        keeping(across, column) if column in across else Instead("--by", ",".join([*by, column])),
    )


def _uneven(
    rows: Sequence[Indicator], codes: Sequence[str], across: Sequence[str]
) -> Refusal | None:
    """Refuse the mean of flows over periods of unlike length."""
    spans = [span for code in codes if (span := periods.find(code))]
    if len({span.months for span in spans}) < 2 or not any(row.kind == "flow" for row in rows):
        return None
    told = f"{listed(codes)} are not equally long and have no mean"
    return Refusal((told,), keeping(across, "period"), uneven=True)


def _overlap(meeting: Meeting, across: Sequence[str]) -> Refusal | None:
    codes = meeting["period"]
    if len(codes) < 2:
        return None
    hint = keeping(across, "period")
    if "" in codes:
        told = "some figures print no period, so they may overlap the others"
        return Refusal((told,), hint)
    try:
        spans = sorted(
            map(periods.parse, codes), key=lambda span: (span.start, -span.end.toordinal())
        )
    except UsageError as error:
        return Refusal((str(error),), hint)
    for first, second in pairwise(spans):
        if first.overlaps(second):
            told = (
                f"the periods {first.code} and {second.code} overlap, and their figures do not add"
            )
            return Refusal((told,), hint)
    return None
