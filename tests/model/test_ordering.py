"""The stated order of the values of a column."""

import pytest

from transfer_cli.model.ordering import sort_key
from transfer_cli.model.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("province", ["Gansu", "Guizhou", "Yunnan", "Sichuan", "Beijing", "China", "Mars", ""]),
        ("status", ["actual", "signed", "started", "target", "Paused", "paused", ""]),
        ("scope", ["nation", "city", "project", "any", ""]),
        ("indicator", ["investment", "gdp", "jobs", "area", "mine", ""]),
        ("period", ["2023", "2024-01", "2024-Q1", "2024", "2024年", "2024-02", "(none)", "soon",
                    ""]),
        ("place", ["Aba", "Baise", "aba", "阿坝", ""]),
    ],
)  # fmt: skip
def test_order_of_cells(column, cells):
    assert sorted({*cells}, key=sort_key(Vocabulary(), column)) == cells
