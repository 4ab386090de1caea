"""Write the pages of docs/ that are made from other files: ``python docs/generate.py``.

A test holds that the pages are up to date.
"""

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "tests/specification/rules.toml"


def _table(header: list[str], rows: Iterable[list[str]]) -> str:
    """Return a Markdown table; a bar within a cell is escaped."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(
        f"| {' | '.join(c.replace('|', chr(92) + '|') for c in row)} |" for row in lines
    )


def _code(text: str) -> str:
    return f"`{text}`"


def _rule(rule: dict[str, Any]) -> str:
    """Return the section of one rule: its statement, what it allows and what it refuses."""
    parts = [f"## {rule['title']}", " ".join(rule["text"].split())]
    allowed = [
        [case["title"], _code(case["run"]), "; ".join([*map(_code, case["gives"]), *case["says"]])]
        for case in rule.get("allowed", [])
    ]
    refused = [
        [case["title"], _code(case["run"]), "; ".join(case["says"])]
        for case in rule.get("refused", [])
    ]
    if allowed:
        parts += ["Answered:", _table(["figures", "command", "answer, and its caveat"], allowed)]
    if refused:
        parts += ["Refused:", _table(["figures", "command", "reason"], refused)]
    return "\n\n".join(parts)


def rules() -> str:
    """Return docs/rules.md, made from the cases that the tests run."""
    document = tomllib.loads(RULES.read_text("utf-8"))
    tables = [
        f"`{name}`\n\n```csv\n{text.strip()}\n```" for name, text in document["tables"].items()
    ]
    head = (
        "# What may be put together\n\n"
        "<!-- Made by docs/generate.py from tests/specification/rules.toml: edit that file. -->\n\n"
        "A figure is described by its indicator and the kind of it (flow, stock, share, growth,"
        " rank …), the dimension of its unit, status, scope, place, subject, industry, period, and"
        " the figure that it is part of. `aggregate`, `calc` and `compare` ask the same rules the"
        " same question: may these figures be put together in this way? The answer is yes; yes,"
        " without the figures that others contain; yes, with a caveat; or no, with the reason and"
        " a command that works.\n\n"
        "Every command below is run by a test. An answer quotes what is printed. Ids are those of"
        " [data/metrics.csv](../data/metrics.csv); the tables of the examples stand at the end."
    )
    sections = [_rule(rule) for rule in document["rule"]]
    return "\n\n".join([head, *sections, "## Tables of the examples", *tables]) + "\n"


PAGES: dict[str, Callable[[], str]] = {"rules.md": rules}


def main() -> None:
    """Write every generated page."""
    for name, page in PAGES.items():
        (ROOT / "docs" / name).write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
