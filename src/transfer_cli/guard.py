"""Judges groups of figures before they are put together: what is left out, what is refused."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from transfer_cli import likeness
from transfer_cli.frames import pd
from transfer_cli.likeness import Refusal
from transfer_cli.measures import Roles

Key = tuple[Hashable, ...]


@dataclass(slots=True)
class Verdict:
    """What was found: rows to drop, how many by group, the groups refused, notes to tell."""

    dropped: list[Hashable] = field(default_factory=list)
    left_out: dict[Key, int] = field(default_factory=dict)
    refused: dict[Key, Refusal] = field(default_factory=dict)
    given_up: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def judge(
    rows: pd.DataFrame,
    groups: Sequence[str],
    role: Roles,
    by: Sequence[str],
    across: Sequence[str],
) -> Verdict:
    """Return the verdict on measured rows grouped by ``groups``; ``by`` is what was asked for.

    Parts are dropped where their whole is in the same group, and narrower figures where a wider
    one that may contain them is; what remains is refused where it does not add.
    """
    verdict = Verdict()
    if "indicator" not in role.likeness:
        return verdict
    contained = likeness.containment(rows)
    for key, group in rows.groupby(list(groups), sort=False, dropna=False, observed=True):
        parts = _parts(group, contained, verdict)
        areas = _areas(group.drop(index=parts), verdict)
        kept = group.drop(index=[*parts, *areas])
        verdict.given_up += likeness.subjects_told(kept)
        verdict.given_up += likeness.given_up(kept, across)
        verdict.left_out[key] = len(parts) + len(areas)
        verdict.dropped += [*parts, *areas]
        reason = likeness.refusal(kept, by, across)
        if reason:
            verdict.refused[key] = reason
    return verdict


def _parts(
    group: pd.DataFrame, contained: dict[str, tuple[str, ...]], verdict: Verdict
) -> list[Hashable]:
    if not contained:
        return []
    names = likeness.parts_within(list(group["id"]), contained)
    if names:
        verdict.notes.append(f"left out, as part of another figure here: {', '.join(names)}")
    return list(group.index[group["id"].isin(names)])


def _areas(group: pd.DataFrame, verdict: Verdict) -> list[Hashable]:
    inside = likeness.areas_within(group)
    if inside:
        named = (
            ", ".join(map(str, group.loc[inside, "id"])) if "id" in group else f"{len(inside)} rows"
        )
        verdict.notes.append(f"left out, as they may lie inside a wider figure here: {named}")
    return inside
