"""Which figures may be put together: the rules that keep a sum from meaning nothing.

The kinds follow SDMX (TIME_COLLECT): a flow adds over places and over periods that do not
overlap, a stock over places only, a share, growth rate or rank never.
"""

from collections.abc import Hashable, Sequence
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


def parts_within(ids: Sequence[str], contained: dict[str, tuple[str, ...]]) -> list[str]:
    """Return those of ``ids`` that are part of another figure among them.

    ``contained`` maps an id to the chain of figures that contain it.
    """
    present = set(ids)
    return [
        name
        for name in ids
        # In a circle each would contain the other: then neither is a part.
        if any(w in present and name not in contained.get(w, ()) for w in contained.get(name, ()))
    ]


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


def containment(frame: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the ``chains`` of a table; none where it does not say what contains what."""
    if not {"id", "part_of"} <= set(frame.columns):
        return {}
    return chains(list(frame["id"]), list(frame["part_of"]))


def areas_within(group: pd.DataFrame) -> list[Hashable]:
    """Return the rows of a group that may lie inside the area or the industries of another in it.

    A figure of one industry may lie inside that of no industry, which is of all of them.
    """
    inside: list[Hashable] = []
    if "scope" in group and "province" in group and group["scope"].nunique() > 1:
        for wide, keys in _WIDER.items():
            for _, whole in group[group["scope"] == wide].iterrows():
                inside.extend(group.index[_narrower(group, whole, wide, keys)])
    return list(dict.fromkeys([*inside, *_one_industry(group)]))


def _narrower(
    group: pd.DataFrame, whole: "pd.Series[str]", wide: str, keys: Sequence[str]
) -> "pd.Series[bool]":
    same = group["scope"] != wide
    if keys:
        same &= ~group["scope"].isin(_not_narrower(wide))
    for key in keys:
        if key in group:
            same &= group[key] == whole[key]
    if "industry" in group and whole["industry"]:
        same &= group["industry"] == whole["industry"]
    return same


def _one_industry(group: pd.DataFrame) -> list[Hashable]:
    """Return the rows of one industry beside a row of all, of the same scope, place and subject."""
    if "industry" not in group or group["industry"].nunique() < 2:
        return []
    keys = [name for name in ("scope", "province", "place", "subject") if name in group]
    every = group["industry"] == ""
    if not keys:
        return list(group.index[~every]) if every.any() else []
    whole = every.groupby([group[key] for key in keys], dropna=False).transform("any")
    return list(group.index[whole & ~every])


def _not_narrower(scope: str) -> list[str]:
    order = list(_WIDER)
    return order[: order.index(scope) + 1] if scope == "province" else [*order]


def refusal(group: pd.DataFrame, by: Sequence[str], across: Sequence[str]) -> Refusal | None:
    """Return why the figures of a group cannot be added, or None if they can.

    ``by`` names the columns of the groups, ``across`` those of likeness that were given up.
    """
    codes = [str(code) for code in pd.unique(group["indicator"])]
    rows = [row for row in map(indicators().get, codes) if row is not None]
    given_up = set(across)
    kinds = [_kind(row) for row in rows]
    overlap = _overlap(group, across) if "period" in given_up else None
    reasons = [
        _mixed_indicators(codes, across),
        *kinds,
        _unknown_rate(group, rows),
        _adds(rows, group, by, across),
        overlap,
    ]
    real = [reason for reason in reasons if reason is not None]
    if not real or real[0].kind:
        return real[0] if real else None
    told = "; ".join(reason.reason for reason in real)
    if "status" in given_up and _varies(group, "status"):
        # Stages that are put together beside this mean no more one period at a time.
        return Refusal(f"{_stages(group)}; {told}", Instead("--across"))
    return Refusal(told, real[0].hint)


def subjects_told(group: pd.DataFrame) -> list[str]:
    """Say which subjects a group puts together, where they are few enough to be named."""
    if "subject" not in group:
        return []
    names = [str(name) for name in pd.unique(group["subject"]) if name]
    if not 1 < len(names) <= 4:
        return []
    return [f"put together are different subjects: {'; '.join(names)}"]


def given_up(group: pd.DataFrame, across: Sequence[str]) -> list[str]:
    """Return, for each likeness given up, the words that a group puts together."""
    return [
        f"put together on your word: {column} {', '.join(_words(group, column))}"
        for column in across
        if _varies(group, column)
    ]


def _words(group: pd.DataFrame, column: str) -> list[str]:
    return [word or "not printed" for word in map(str, pd.unique(group[column]))]


def _stages(group: pd.DataFrame) -> str:
    return f"{', '.join(pd.unique(group['status']))} are different stages"


def _keeping(across: Sequence[str], column: str) -> Instead:
    return Instead("--across", ",".join(name for name in across if name != column))


def _mixed_indicators(codes: Sequence[str], across: Sequence[str]) -> Refusal | None:
    if len(codes) < 2:
        return None
    known = indicators()
    told = ", ".join(known[code].label.lower() if code in known else code for code in codes[:4])
    hint = _keeping(across, "indicator")
    return Refusal(f"{told} are different things and do not add", hint)


def _unknown_rate(group: pd.DataFrame, rows: Sequence[Indicator]) -> Refusal | None:
    """Refuse to add per cent, points and ranks of indicators that the look-up does not know."""
    rate = {"%", "个百分点", "位"} & set(group["dimension"]) if "dimension" in group else set()
    if rows or not rate:
        return None
    code = group["indicator"].iloc[0]
    return Refusal(str(code), Instead("--stat", "median,min,max"), "share")


def _kind(row: Indicator) -> Refusal | None:
    if row.kind not in NOT_ADDITIVE:
        return None
    return Refusal(row.label.lower(), Instead("--stat", "median,min,max"), row.kind)


def _adds(
    rows: list[Indicator], group: pd.DataFrame, by: Sequence[str], across: Sequence[str]
) -> Refusal | None:
    for row in rows:
        for column in ("province", "place", "industry", "scope", "status", "period"):
            given_up = column in across or column in ("province", "place", "industry")
            over = "place" if column == "province" else column
            if given_up and over not in row.adds_across and _varies(group, column):
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
