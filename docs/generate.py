"""Write the pages and pictures of docs/ that are made from other files, or by the tool itself.

Run ``python docs/generate.py``; the pictures need the extra ``chart``. Tests hold that all of them
are up to date.
"""

import json
import tempfile
import tomllib
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "tests/specification/rules.toml"
PACKAGE = ROOT / "data/datapackage.json"
WIDTH = "80"
"""Columns of the help pages."""


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


EXIT_CODES = """\
## Exit codes

| code | meaning |
|---|---|
| 0 | fine; an empty result and a closed pipe too |
| 1 | refused, because it has no meaning, or failed; with `--exit-status` also an empty result |
| 2 | usage: an unknown province, column, option or id |
| 3 | a table is missing or unsound; the message names file, line and column |
| 130 | stopped with Ctrl-C |

## Environment

| variable | effect |
|---|---|
| `TRANSFER_LANG` | `en` or `zh`, as `--lang`; without it the locale decides |
| `TRANSFER_DATA` | the sources of `--data`, joined as `PATH` is |
| `NO_COLOR`, `FORCE_COLOR`, `COLUMNS` | no colour; colour in a pipe too; the width of the screen |
| `TRANSFER_DEBUG` | `1` shows the traceback of an error |"""


def run(*words: str) -> str:
    """Return what a command writes to standard output, in English unless ``--lang`` is among it."""
    from typer.testing import CliRunner

    from transfer_cli.cli import app

    environment = {"COLUMNS": WIDTH, "TRANSFER_LANG": "en", "TRANSFER_DATA": None}
    done = CliRunner().invoke(app, list(words), prog_name="transfer-cli", env=environment)
    if done.exit_code:
        raise RuntimeError(done.output)
    return done.stdout


def commands() -> str:
    """Return docs/commands.md, the help of the app and of every command."""
    from transfer_cli.cli import COMMANDS

    names = ["", *COMMANDS]
    links = ", ".join(f"[`{name}`](#{name})" for name in COMMANDS)
    head = (
        "# The commands\n\n"
        "<!-- Made by docs/generate.py from the help of the commands: edit that. -->\n\n"
        f"{links}. `transfer-cli COMMAND --help` prints the same at a prompt. What may be added is"
        " in [rules.md](rules.md), what the columns mean in [tables.md](tables.md)."
    )
    pages = [
        f"## {name or 'transfer-cli'}\n\n"
        f"```text\n{run(*filter(None, [name]), '--help').strip()}\n```"
        for name in names
    ]
    return "\n\n".join([head, *pages, EXIT_CODES]) + "\n"


def tables() -> str:
    """Return docs/tables.md, the dictionary of the tables."""
    package = json.loads(PACKAGE.read_text("utf-8"))
    sources = "\n".join(f"- {one['title']} ({one['title_zh']})" for one in package["sources"])
    licences = ", ".join(f"[{one['title']}]({one['path']})" for one in package["licenses"])
    head = (
        "# The tables\n\n"
        "<!-- Made by docs/generate.py from data/datapackage.json: edit that file. -->\n\n"
        f"{package['title']} ({package['title_zh']}). {package['description']}\n\n"
        f"Sources, as far as the report names itself and them:\n\n{sources}\n\n"
        f"Licence of the tables: {licences}.\n\n"
        "The tables are a [Data Package](https://datapackage.org/): "
        "[data/datapackage.json](../data/datapackage.json) describes every column, and"
        " `transfer-cli export all -o DIR` writes a copy. An empty cell is missing, never 0."
    )
    return "\n\n".join([head, *map(_dictionary, package["resources"])]) + "\n"


def _dictionary(resource: dict[str, Any]) -> str:
    """Return the section of one table: its columns, in order."""
    schema = resource["schema"]
    references = {
        field: f"in `{key['reference'].get('resource', resource['name'])}`"
        for key in schema.get("foreignKeys", ())
        for field in key["fields"]
    }
    rows = [
        [
            _code(field["name"]), field["title_zh"], field["type"],
            field["description"], _values(field, references.get(field["name"], "")),
        ]
        for field in schema["fields"]
    ]  # fmt: skip
    key = ", ".join(map(_code, schema.get("primaryKey", ())))
    title = f"## {resource['name']}\n\n{resource['title']} ({resource['title_zh']})."
    return (
        f"{title}{f' Key: {key}.' if key else ''}\n\n"
        f"{_table(['column', '中文', 'type', 'meaning', 'values'], rows)}"
    )


def _values(field: dict[str, Any], reference: str) -> str:
    """Return which values a column may have, and which columns hold its unit and bound."""
    rules = field.get("constraints", {})
    companions = [
        f"{what} in {_code(field[key])}"
        for what, key in (("unit", "unitColumn"), ("bound", "boundColumn"))
        if key in field
    ]
    parts = [
        ", ".join(map(_code, rules.get("enum", ()))),
        reference,
        "unique" if rules.get("unique") else "",
        "required" if rules.get("required") else "",
        *companions,
    ]
    return "; ".join(filter(None, parts))


def picture(name: str) -> str:
    """Return a picture of docs/images as the tool draws it now; it needs the extra ``chart``."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / name
        run(*PICTURES[name], "-o", str(path))
        return path.read_text("utf-8")


PAGES: dict[str, Callable[[], str]] = {
    "rules.md": rules,
    "commands.md": commands,
    "tables.md": tables,
}
_CHARTS = {
    "investment": ("chart", "investment", "--status", "signed"),
    "cohort": ("chart", "investment", "--by", "status", "--province", "NM"),
    "periods": ("chart", "tax", "--by", "period"),
    "coverage": ("chart", "--coverage"),
}
PICTURES = {f"{name}.svg": words for name, words in _CHARTS.items()} | {
    f"{name}.zh.svg": (*words, "--lang", "zh") for name, words in _CHARTS.items()
}
"""The commands that draw the pictures of docs/images."""


def main() -> None:
    """Write every generated page, and every picture if they can be drawn."""
    for name, page in PAGES.items():
        (ROOT / "docs" / name).write_text(page(), encoding="utf-8", newline="\n")
    for name in PICTURES if find_spec("vl_convert") else ():
        (ROOT / "docs/images" / name).write_text(picture(name), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
