"""Judges groups of figures before they are put together: what is left out, what is refused."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from transfer_cli.aggregation import likeness, nesting
from transfer_cli.aggregation.likeness import Meeting, Refusal
from transfer_cli.aggregation.plan import Plan
from transfer_cli.frames import pd
from transfer_cli.model.ordering import position

Key = tuple[Hashable, ...]
NAMED = 12
"""How many of the figures that are left out are named: a large table may leave out thousands."""


@dataclass(slots=True)
class Verdict:
    """What was found: atoms to drop, how many figures by group, groups refused, notes to tell."""

    dropped: list[Hashable] = field(default_factory=list)
    left_out: dict[Key, int] = field(default_factory=dict)
    refused: dict[Key, Refusal] = field(default_factory=dict)
    given_up: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def judge(atoms: pd.DataFrame, words: Mapping[str, pd.DataFrame], plan: Plan) -> Verdict:
    """Return the verdict on lifted atoms (see ``measures``).

    Where the plan keeps them apart, parts are dropped whose whole is in the same group, and
    narrower figures beside a wider one that may contain them. What remains is refused where it
    does not add; ``words`` tell what meets in the groups, if the atoms do not.
    """
    verdict = Verdict()
    if not plan.guarded or atoms.empty:
        return verdict
    kept = atoms
    if plan.apart:
        kept = _left(atoms, plan.groups, verdict)
        words = dict.fromkeys(plan.watched(list(kept.columns)), kept)
    meetings = _meetings({"indicator": kept, **words}, plan.groups)
    verdict.given_up = _told(list(meetings.values()), plan)
    verdict.refused = {**_stages(kept, plan), **_refused(meetings, plan)}
    return verdict


def _stages(atoms: pd.DataFrame, plan: Plan) -> dict[Key, Refusal]:
    """Return the groups that hold several stages of one whole: what was started may be completed.

    The whole itself need not be among the figures.
    """
    wanted = [*plan.groups, "part_of", "status"]
    if "status" not in plan.across or not {*wanted} <= {*atoms.columns}:
        return {}
    met: dict[Key, set[str]] = {}
    for *key, status in zip(*(atoms[name].tolist() for name in wanted), strict=True):
        if key[-1]:
            met.setdefault(tuple(key), set()).add(status)
    hint = likeness.keeping(plan.across, "status")
    return {
        key[:-1]: Refusal(
            (f"{likeness.listed(_in_order('status', found))} are stages of one whole, {key[-1]}",),
            hint,
        )
        for key, found in met.items()
        if len(found) > 1
    }


def _refused(meetings: Mapping[Key, Meeting], plan: Plan) -> dict[Key, Refusal]:
    """Return the groups that do not add, and why; like ones are judged once.

    A large table has ten thousand groups, and a dozen ways in which they differ.
    """
    judged: dict[Hashable, Refusal | None] = {}
    found: dict[Key, Refusal] = {}
    for key, meeting in meetings.items():
        same = (key[-1], *((name, *words) for name, words in meeting.items()))
        if same not in judged:
            judged[same] = likeness.refusal(meeting, str(key[-1]), plan.by, plan.across)
        reason = judged[same]
        if reason:
            found[key] = reason
    return found


def _left(atoms: pd.DataFrame, groups: Sequence[str], verdict: Verdict) -> pd.DataFrame:
    """Leave out what another figure of its group contains; return what remains."""
    parts, areas = nesting.inside(atoms, groups)
    for found, why in ((parts, "as part of another figure here"),
                       (areas, "as they may lie inside a wider figure here")):  # fmt: skip
        rows = atoms[found]
        if len(rows):
            verdict.notes.append(f"left out, {why}: {_named(rows)}")
    out = parts | areas
    if not out.any():
        return atoms
    counts = atoms[out].groupby(list(groups), sort=False, dropna=False)["n"].sum()
    verdict.left_out = {_key(key): int(count) for key, count in counts.items()}
    verdict.dropped = list(atoms.index[out])
    return atoms[~out]


def _key(key: Hashable) -> Key:
    return key if isinstance(key, tuple) else (key,)


def _named(rows: pd.DataFrame) -> str:
    names = [name for name in rows["id"] if name] if "id" in rows else []
    if len(names) == rows["n"].sum() and len(names) <= NAMED:
        return ", ".join(names)
    return f"{rows['n'].sum():,} figures"


def _meetings(words: Mapping[str, pd.DataFrame], groups: Sequence[str]) -> Mapping[Key, Meeting]:
    """Return for each group the words of each column that meet in it.

    They come in the stated order, whichever engine read the rows, and in whatever order it did.
    """
    found: dict[Key, dict[str, list[str]]] = {}
    for column, rows in words.items():
        keys = zip(*(rows[name].tolist() for name in groups), strict=True)
        met = dict.fromkeys(zip(rows[column].tolist(), keys, strict=True))
        places = {word: position(column, word) for word, _ in met}
        for word, key in sorted(met, key=lambda pair: places[pair[0]]):
            found.setdefault(key, {}).setdefault(column, []).append(word)
    return found


def _told(meetings: Sequence[Meeting], plan: Plan) -> list[str]:
    """Say which words groups put together: subjects, and what was given up.

    Many lists are told as one, and so are those of which one holds all the others.
    """
    notes = [note for meeting in meetings for note in likeness.subjects_told(meeting)]
    for column in plan.across:
        met = {tuple(meeting.get(column, ())) for meeting in meetings}
        lists = [words for words in met if len(words) > 1]
        whole = _in_order(column, {word for words in lists for word in words})
        if len(lists) > 3 or whole in lists:
            lists = [whole]
        notes += [
            f"put together on your word: {column} {likeness.listed(words)}"
            for words in sorted(lists, key=lambda words: [position(column, word) for word in words])
        ]
    return notes


def _in_order(column: str, words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: position(column, word)))
