"""Columns that follow from others: the category of an indicator, the region of a province."""

from transfer_cli.model import lookups

DERIVED = {"category": "indicator", "region": "province"}
"""Each with the column that it follows from."""


def derived(column: str, value: str) -> str:
    """Return the category of an indicator or the region of a province; empty if unknown."""
    if column == "category":
        indicator = lookups.indicators().get(value)
        return indicator.category if indicator else ""
    province = lookups.provinces().get(value)
    return province.region if province else ""
