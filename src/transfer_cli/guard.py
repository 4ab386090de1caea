"""Judges groups of figures before they are put together: what is left out, what is refused."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field

from transfer_cli import likeness
from transfer_cli.atoms import Plan
from transfer_cli.frames import pd
from transfer_cli.likeness import NOT_ADDITIVE, Refusal
from transfer_cli.lookups import indicators
from transfer_cli.ordering import position

Key = tuple[Hashable, ...]


@dataclass(slots=True)
class Verdict:
    """What was found: atoms to drop, how many figures by group, groups refused, notes to tell."""

    dropped: list[Hashable] = field(default_factory=list)
    left_out: dict[Key, int] = field(default_factory=dict)
    refused: dict[Key, Refusal] = field(default_factory=dict)
    given_up: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def judge(atoms: pd.DataFrame, plan: Plan, contained: Mapping[str, tuple[str, ...]]) -> Verdict:
    """Return the verdict on lifted atoms; ``contained`` maps an id to the figures around it.

    Parts are dropped where their whole is in the same group, and narrower figures where a wider
    one that may contain them is; what remains is refused where it does not add.
    """
    verdict = Verdict()
    if "indicator" not in plan.role.likeness or atoms.empty:
        return verdict
    together: dict[str, dict[str, list[str]]] = {}
    for key, group in _suspects(atoms, plan):
        parts = _parts(group, contained, verdict)
        areas = _areas(group.drop(index=parts), verdict)
        kept = group.drop(index=[*parts, *areas])
        for column, words in likeness.given_up(kept, plan.across):
            together.setdefault(column, {}).setdefault(", ".join(words), words)
        verdict.left_out[key] = int(group["n"].sum() - kept["n"].sum())
        verdict.dropped += [*parts, *areas]
        reason = likeness.refusal(kept, plan.by, plan.across)
        if reason:
            verdict.refused[key] = reason
    for column, told in together.items():
        verdict.given_up += _given_up(column, told)
    return verdict


def judge_words(words: Mapping[str, pd.DataFrame], atoms: pd.DataFrame, plan: Plan) -> Verdict:
    """Return the verdict on groups of which only the words that meet in them are known.

    Nothing is left out. Groups in which the same words meet are judged once: a large table has
    ten thousand groups and a dozen ways in which they differ.
    """
    verdict = Verdict()
    if "indicator" not in plan.role.likeness or atoms.empty:
        return verdict
    judged: dict[Hashable, Refusal | None] = {}
    together: dict[str, dict[str, list[str]]] = {}
    for key, meeting in _meeting(words, atoms, plan).items():
        same = tuple((n, len(w) > 1, *(w if n in _LOOKED else ())) for n, w in meeting.items())
        for column in plan.across:
            if len(meeting.get(column, ())) > 1:
                told = [word or "not printed" for word in meeting[column]]
                together.setdefault(column, {}).setdefault(", ".join(told), told)
        if same not in judged:
            judged[same] = likeness.refusal(_padded(meeting), plan.by, plan.across)
        reason = judged[same]
        if reason:
            verdict.refused[key] = reason
    for column, lists in together.items():
        verdict.given_up += _given_up(column, lists)
    return verdict


_LOOKED = ("indicator", "period", "status")
"""The columns of which the rules look at the words, and not only whether they vary."""


def _meeting(
    words: Mapping[str, pd.DataFrame], atoms: pd.DataFrame, plan: Plan
) -> dict[Key, dict[str, list[str]]]:
    """Return for each group its indicators, and the words of each column that varies in it."""
    found: dict[Key, dict[str, list[str]]] = {}
    for column, rows in {"indicator": atoms, **words}.items():
        distinct = rows[list(dict.fromkeys([*plan.groups, column]))].drop_duplicates()
        keys = distinct[plan.groups].itertuples(index=False, name=None)
        for key, word in zip(keys, distinct[column], strict=True):
            found.setdefault(key, {}).setdefault(column, []).append(word)
    # In one order, whichever engine read the rows, and in whatever order it did.
    return {
        key: {
            name: sorted(words, key=lambda word, name=name: position(name, word))  # type: ignore[misc]
            for name, words in found[key].items()
            if len(words) > 1 or name in ("indicator", *plan.across)
        }
        for key in sorted(found, key=str)
    }


def _padded(meeting: Mapping[str, list[str]]) -> pd.DataFrame:
    """Return a group in which these words meet, in their order; a short column repeats its last."""
    length = max(map(len, meeting.values()))
    return pd.DataFrame({name: w + w[-1:] * (length - len(w)) for name, w in meeting.items()})


def _given_up(column: str, told: dict[str, list[str]]) -> list[str]:
    """Say what was put together: group by group, or in one note where groups are many."""
    lists = list(told)
    if len(lists) > 3:
        words = dict.fromkeys(word for words in told.values() for word in words)
        lists = [", ".join(sorted(words, key=lambda word: position(column, word)))]
    return [f"put together on your word: {column} {words}" for words in lists]


def _suspects(atoms: pd.DataFrame, plan: Plan) -> Iterator[tuple[Key, pd.DataFrame]]:
    """Yield the groups that need a look: of several atoms, or of a kind that never adds."""
    codes = atoms.groupby(plan.groups, sort=False, dropna=False, observed=True).ngroup()
    never = {code for code, row in indicators().items() if row.kind in NOT_ADDITIVE}
    watched = [name for name in plan.columns(list(atoms.columns)) if name not in plan.keys]
    watched = [name for name in watched if name not in (plan.role.unit, plan.role.bound)]
    varied = pd.Series(False, atoms.index)
    for name in watched:
        varied |= atoms.groupby(codes)[name].transform("nunique") > 1
    looked = atoms[varied | atoms["indicator"].isin(never)]
    grouped = looked.groupby(plan.groups, sort=False, dropna=False, observed=True)
    for key, group in grouped:
        yield (key if isinstance(key, tuple) else (key,)), group


def _parts(
    group: pd.DataFrame, contained: Mapping[str, tuple[str, ...]], verdict: Verdict
) -> list[Hashable]:
    if not contained or "id" not in group:
        return []
    names = likeness.parts_within([name for name in group["id"] if name], contained)
    if names:
        verdict.notes.append(f"left out, as part of another figure here: {', '.join(names)}")
    return list(group.index[group["id"].isin(names)])


def _areas(group: pd.DataFrame, verdict: Verdict) -> list[Hashable]:
    inside = likeness.areas_within(group)
    if inside:
        inner = group[group.index.isin(inside)]
        count = int(inner["n"].sum())
        places = sorted({str(name) for name in inner["place"] if name})
        where = f" ({', '.join(places[:5])})" if places else ""
        told = f"left out, as they may lie inside a wider figure here: {count} figures{where}"
        verdict.notes.append(told)
    return inside
