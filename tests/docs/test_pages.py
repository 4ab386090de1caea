"""The pages of docs/: what is made from other files is up to date, and links lead somewhere."""

import re
import runpy
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GENERATE = runpy.run_path(str(ROOT / "docs/generate.py"))
PAGES, PICTURES = GENERATE["PAGES"], GENERATE["PICTURES"]
WRITTEN = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
_LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_up_to_date(name):
    page = (ROOT / "docs" / name).read_text("utf-8")
    assert page == PAGES[name](), "run: python docs/generate.py"


def drawn(svg: str) -> list[str]:
    """What a picture shows: its texts, and what its marks say of themselves, in order."""
    return re.findall(r"<text[^>]*>([^<]*)<|aria-label=\"([^\"]*)\"", svg)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_up_to_date(name):
    """Another version of vl-convert may write other numbers into its paths."""
    if not find_spec("vl_convert"):
        pytest.skip("vl-convert is not installed")
    stored = drawn((ROOT / "docs/images" / name).read_text("utf-8"))
    assert len(stored) > 10
    assert stored == drawn(GENERATE["picture"](name)), "run: python docs/generate.py"


def anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def anchors(page: Path) -> set[str]:
    text = _FENCE.sub("", page.read_text("utf-8"))
    return {anchor(heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_links_lead_to_files_and_headings(page):
    text = _FENCE.sub("", page.read_text("utf-8"))
    links = [first or second for first, second in _LINK.findall(text)]
    dead = []
    for link in links:
        if link.startswith(("https://", "http://")):
            continue
        name, _, part = link.partition("#")
        target = (page.parent / name) if name else page
        if not target.exists() or (part and part not in anchors(target)):
            dead.append(link)
    assert dead == []


def test_every_page_and_picture_is_linked():
    text = "".join(page.read_text("utf-8") for page in WRITTEN)
    linked = {Path(first or second).name for first, second in _LINK.findall(text)}
    pages = {page.name for page in WRITTEN if page.parent.name == "docs"} | {*PICTURES}
    assert pages - linked == set()
