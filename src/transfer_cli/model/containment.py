"""Which figures are part of which, by their ids: ``part_of`` names the whole of a figure."""

from collections.abc import Mapping, Sequence

FAMILY = ("id", "part_of")
"""The columns that say which figure is part of which."""


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


def containment(columns: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return the ``chains`` of a table; none where it does not say what contains what."""
    return chains(columns["id"], columns["part_of"]) if {*FAMILY} <= {*columns} else {}
