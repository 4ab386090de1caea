"""The pages of docs/ that are made from other files are up to date."""

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = runpy.run_path(str(ROOT / "docs/generate.py"))["PAGES"]


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_up_to_date(name):
    page = (ROOT / "docs" / name).read_text("utf-8")
    assert page == PAGES[name](), "run: python docs/generate.py"
