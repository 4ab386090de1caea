"""Which figures may lie inside others of their group: parts by id, areas, industries."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from transfer_cli.aggregation.grouping import numbered
from transfer_cli.aggregation.plan import Plan
from transfer_cli.frames import pd
from transfer_cli.model.containment import FAMILY, chains

Mask = "pd.Series[bool]"
AREAS = {
    "nation": (),
    "province": ("province",),
    "prefecture": ("province", "place"),
    "city": ("province", "place"),
}
"""The areas that hold all that lies in them, and the columns that tell which area it is."""


class Signs(NamedTuple):
    """Signs that some figures contain others: the ids of a family, industries beside all of them.

    ``scopes`` are those of figures whose scopes are put together.
    """

    family: frozenset[str] = frozenset()
    industries: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()

    @property
    def nested(self) -> bool:
        """Whether some figures may have to be left out."""
        areas = len(self.scopes) > 1 and bool(self.scopes & set(AREAS))
        return areas or len(self.industries) > 1 or bool(self.family)


NONE = Signs()


def signs(frame: pd.DataFrame, plan: Plan) -> Signs:
    """Return the signs that rows show."""
    if not plan.guarded:
        return NONE
    columns = set(frame.columns)
    family: frozenset[str] = frozenset()
    if set(FAMILY) <= columns:
        part = frame["part_of"] != ""
        family = frozenset(frame.loc[part, "id"]) | frozenset(frame.loc[part, "part_of"])
    industries = _industries(frame) if "industry" in columns - set(plan.keys) else frozenset()
    scopes = frozenset(pd.unique(frame["scope"])) if "scope" in plan.across else frozenset()
    return Signs(family, industries, scopes)


def _industries(frame: pd.DataFrame) -> frozenset[str]:
    every = _every_industry(frame)
    if not every.any():
        return frozenset()
    return frozenset({"every", *(["one"] if (frame["industry"] != "").any() else [])})


def _every_industry(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Tell which rows are of all industries of an area: of a project none is merely printed."""
    known = frame["scope"].isin([*AREAS, ""])
    if "subject" in frame:
        known |= ~frame["scope"].isin(["project", "company"]) & (frame["subject"] != "")
    return (frame["industry"] == "") & known


def joined(found: Iterable[Signs]) -> Signs:
    """Return the signs of several parts as one."""
    every = list(found)
    return Signs(*(frozenset().union(*(getattr(one, name) for one in every))
                   for name in Signs._fields))  # fmt: skip


def inside(atoms: pd.DataFrame, groups: Sequence[str]) -> "tuple[pd.Series[bool], pd.Series[bool]]":
    """Return which atoms are part of another of their group, and which may lie inside its area.

    Areas are looked at once the parts are gone.
    """
    parts = _parts(atoms, groups)
    areas = pd.Series(False, atoms.index)
    areas |= _areas(atoms[~parts], groups).reindex(atoms.index, fill_value=False)
    return parts, areas


def _parts(atoms: pd.DataFrame, groups: Sequence[str]) -> "pd.Series[bool]":
    part = pd.Series(False, atoms.index)
    if not set(FAMILY) <= set(atoms.columns):
        return part
    contained = chains(list(atoms["id"]), list(atoms["part_of"]))
    if contained:
        codes = numbered(atoms, groups)[0]
        present = set(zip(codes, atoms["id"], strict=True))
        for index, code, name in zip(atoms.index, codes, atoms["id"], strict=True):
            # In a circle each would contain the other: then neither is a part.
            part[index] = any(
                (code, whole) in present and name not in contained.get(whole, ())
                for whole in contained.get(name, ())
            )
    return part


def _areas(atoms: pd.DataFrame, groups: Sequence[str]) -> "pd.Series[bool]":
    found = pd.Series(False, atoms.index)
    if not {"scope", "province"} <= set(atoms.columns):
        return found
    scopes = set(atoms["scope"])
    for wide, keys in AREAS.items() if len(scopes) > 1 else ():
        if wide in scopes:
            same = [*groups, *(key for key in keys if key in atoms)]
            found |= _narrower(atoms, wide) & _within(atoms, atoms["scope"] == wide, same)
    if "industry" in atoms and atoms["industry"].nunique() > 1:
        same = [name for name in ("scope", "province", "place", "subject") if name in atoms]
        whole = _every_industry(atoms)
        found |= (atoms["industry"] != "") & _beside(atoms, whole, [*groups, *same])
    return found


def _narrower(atoms: pd.DataFrame, wide: str) -> "pd.Series[bool]":
    order = list(AREAS)
    above = {"nation": order[:1], "province": order[:2]}.get(wide, order)
    return ~atoms["scope"].isin(above)


def _within(
    atoms: pd.DataFrame, whole: "pd.Series[bool]", same: Sequence[str]
) -> "pd.Series[bool]":
    """Tell what lies in the area of a whole: that of one industry holds only figures of it."""
    if "industry" not in atoms:
        return _beside(atoms, whole, same)
    every = whole & (atoms["industry"] == "")
    return _beside(atoms, every, same) | _beside(atoms, whole, [*same, "industry"])


def _beside(
    atoms: pd.DataFrame, whole: "pd.Series[bool]", same: Sequence[str]
) -> "pd.Series[bool]":
    codes = pd.Series(numbered(atoms, list(dict.fromkeys(same)))[0], atoms.index)
    return codes.isin(codes[whole])
