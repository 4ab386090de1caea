"""Which figures may be put together: the rules that keep a sum from meaning nothing.

The kinds follow SDMX (TIME_COLLECT): a flow adds over places and over periods that do not
overlap, a stock over places only, a share, growth rate or rank never.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from transfer_cli import periods
from transfer_cli.errors import Instead, UsageError
from transfer_cli.frames import pd
from transfer_cli.lookups import Indicator, indicators

NOT_ADDITIVE = frozenset({"share", "growth", "rank", "average", "duration"})
_WIDER = {
    "nation": (),
    "province": ("province",),
    "prefecture": ("province", "place"),
    "city": ("province", "place"),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a group has no sum, and what to ask instead.

    Where the kind of the indicator forbids it, ``kind`` names it and ``reason`` the indicator.
    """

    reason: str
    hint: Instead
    kind: str = ""


def parts_within(ids: Sequence[str], contained: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return those of ``ids`` that are part of another figure among them.

    ``contained`` maps an id to the chain of figures that contain it.
    """
    present = set(ids)
    return [name for name in ids if present.intersection(contained.get(name, ()))]


def chains(ids: Sequence[str], wholes: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return for each id the figures that contain it, nearest first; a circle ends the chain."""
    parent = {name: whole for name, whole in zip(ids, wholes, strict=True) if whole}
    found: dict[str, tuple[str, ...]] = {}
    for name in parent:
        chain: list[str] = []
        whole = parent.get(name)
        while whole and whole not in chain and whole != name:
            chain.append(whole)
            whole = parent.get(whole)
        found[name] = tuple(chain)
    return found


def may_contain(scopes: Sequence[str]) -> bool:
    """Tell whether the area of a figure of one of these scopes may lie inside another's."""
    return len(scopes) > 1 and not set(_WIDER).isdisjoint(scopes)


def areas_within(group: pd.DataFrame) -> list[Hashable]:
    """Return the rows of a group that may lie inside the area of a wider figure in it."""
    if "scope" not in group or group["scope"].nunique() < 2:
        return []
    inside: list[Hashable] = []
    for wide, keys in _WIDER.items():
        wider = group[group["scope"] == wide]
        for _, whole in wider.iterrows():
            same = group["scope"] != wide
            if keys:
                same &= ~group["scope"].isin(_not_narrower(wide))
            for key in keys:
                same &= group[key] == whole[key]
            if whole["industry"]:
                same &= group["industry"] == whole["industry"]
            inside.extend(group.index[same])
    return list(dict.fromkeys(inside))


def _not_narrower(scope: str) -> list[str]:
    order = list(_WIDER)
    return order[: order.index(scope) + 1] if scope == "province" else [*order]


def refusal(group: pd.DataFrame, by: Sequence[str], across: Sequence[str]) -> Refusal | None:
    """Return why the figures of a group cannot be added, or None if they can.

    ``by`` names the columns of the groups, ``across`` those of likeness that were given up.
    """
    found = (indicators().get(code) for code in pd.unique(group["indicator"]))
    rows = [row for row in found if row is not None]
    given_up = set(across)
    kinds = [_kind(row) for row in rows]
    overlap = _overlap(group, across) if "period" in given_up else None
    reasons = [_mixed_indicators(rows, across), *kinds, _adds(rows, group, by, across), overlap]
    real = [reason for reason in reasons if reason is not None]
    if not real or real[0].kind:
        return real[0] if real else None
    stages = [_stages(group)] if "status" in given_up and _varies(group, "status") else []
    return Refusal("; ".join([*stages, *(reason.reason for reason in real)]), real[0].hint)


def given_up(group: pd.DataFrame, across: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Return each likeness given up over which a group varies, with the words put together."""
    return [(column, _words(group, column)) for column in across if _varies(group, column)]


def _words(group: pd.DataFrame, column: str) -> list[str]:
    return [word or "not printed" for word in map(str, pd.unique(group[column]))]


def _stages(group: pd.DataFrame) -> str:
    return f"{', '.join(_words(group, 'status'))} are different stages"


def _keeping(across: Sequence[str], column: str) -> Instead:
    return Instead("--across", ",".join(name for name in across if name != column))


def _mixed_indicators(rows: list[Indicator], across: Sequence[str]) -> Refusal | None:
    if len(rows) < 2:
        return None
    told = ", ".join(row.label.lower() for row in rows[:4])
    return Refusal(f"{told} are different things and do not add", _keeping(across, "indicator"))


def _kind(row: Indicator) -> Refusal | None:
    if row.kind not in NOT_ADDITIVE:
        return None
    return Refusal(row.label.lower(), Instead("--stat", "median,min,max"), row.kind)


def _adds(
    rows: list[Indicator], group: pd.DataFrame, by: Sequence[str], across: Sequence[str]
) -> Refusal | None:
    for row in rows:
        for column in ("place", "industry", "scope", "status", "period"):
            given_up = column in across or column in ("place", "industry")
            if given_up and column not in row.adds_across and _varies(group, column):
                return _not_over(row, column, by, across)
    return None


def _varies(group: pd.DataFrame, column: str) -> bool:
    return column in group and group[column].nunique() > 1


def _not_over(row: Indicator, column: str, by: Sequence[str], across: Sequence[str]) -> Refusal:
    what = "time" if column == "period" else column
    return Refusal(
        f"{row.label.lower()} is a {row.kind} and does not add over {what}",
        _keeping(across, column) if column in across else Instead("--by", ",".join([*by, column])),
    )


def _overlap(group: pd.DataFrame, across: Sequence[str]) -> Refusal | None:
    codes = list(pd.unique(group["period"]))
    if len(codes) < 2:
        return None
    hint = _keeping(across, "period")
    if "" in codes:
        return Refusal("some figures print no period, so they may overlap the others", hint)
    try:
        spans = sorted((periods.parse(code) for code in codes), key=lambda span: span.start)
    except UsageError as error:
        return Refusal(str(error), hint)
    for first, second in pairwise(spans):
        if first.overlaps(second):
            told = (
                f"the periods {first.code} and {second.code} overlap, and their figures do not add"
            )
            return Refusal(told, hint)
    return None
