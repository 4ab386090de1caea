"""The catalogues of messages: ``python tools/catalogue.py update|compile|check``.

``update`` extracts the messages of the source into every catalogue, ``compile`` writes the files
that gettext reads (the build does so too), ``check`` fails if a message has no translation, if a
translation has no message, if placeholders differ, or if Chinese text has a blank beside a Latin
word or half-width punctuation.

A message is the literal argument of ``_`` or ``marked``, the help text of an option or argument, or
the docstring of a command.
"""

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "transfer_cli"
HELP = {"Option", "Argument", "_filter", "_output", "_unit"}
"""Functions whose argument ``help``, or of our own the first one, is a help text."""
TYPER = (
    "Show this message and exit.",
    "Install completion for the current shell.",
    "Show completion for the current shell, to copy it or customize the installation.",
    "OPTIONS",
    "COMMAND",
    "ARGS",
)
"""Messages of Typer that stand in help pages."""


def messages() -> Catalog:
    """Return a catalogue of all messages of the source, each with the files it stands in."""
    catalogue = Catalog(project="transfer-cli", fuzzy=False)
    for path in sorted(SOURCE.rglob("*.py")):
        where = path.relative_to(SOURCE).as_posix()
        for text in _texts(ast.parse(path.read_text("utf-8")), command=path.parent.name):
            if text:
                catalogue.add(text, locations=[(where, 0)])
    for text in TYPER:
        catalogue.add(text, locations=[("typer", 0)])
    return catalogue


def _texts(tree: ast.Module, command: str) -> Iterator[str]:
    """Yield the messages of a module, in no order."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.FunctionDef) and (
            (node.name == "root" and command == "transfer_cli") or command == "commands"
        ):
            public = not node.name.startswith("_")
            text = ast.get_docstring(node, clean=False) if public else ""
            yield inspect.cleandoc(text or "")


def _of_call(node: ast.Call) -> Iterator[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    if name in ("_", "marked") and node.args:
        yield _literal(node.args[0])
    elif name in HELP:
        own = node.args[0] if name.startswith("_") else None
        yield _literal(named.get("help") or own)
        yield from re.findall(r"[A-Z]{2,}", _literal(named.get("metavar")))
    elif name == "Typer" and "epilog" in named:
        yield _literal(named["epilog"])


def _literal(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _catalogues() -> Iterator[tuple[Path, Catalog]]:
    for path in sorted((SOURCE / "locale").glob("*/LC_MESSAGES/transfer_cli.po")):
        with path.open("rb") as file:
            yield path, read_po(file, locale=path.parts[-3])


_TYPED = re.compile(r"(?:--[a-z]+|\{option\}|transfer-cli) [^\s或]+|-\w \S+")
"""An option with its value, as it is typed."""
_BADLY_SET = re.compile(
    r"[\w{}] (?=[\u4e00-\u9fff])|[\u4e00-\u9fff] (?=[\w{}])"
    r"|[\u4e00-\u9fff][,;:!?(]"
)
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: transfer-cli\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
"""Without dates, which would change with every update."""


def update() -> None:
    """Bring every catalogue up to date with the source; keep its translations."""
    for path, catalogue in _catalogues():
        catalogue.update(messages(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            file.write(HEADER.format(language=path.parts[-3]).encode())
            write_po(
                file, catalogue, width=100, sort_output=True, omit_header=True, include_lineno=False
            )


def compile_all() -> None:
    """Write the files that gettext reads."""
    for path, catalogue in _catalogues():
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


def problems() -> Iterator[str]:
    """Yield what is wrong with the catalogues, a line for each."""
    known = {message.id for message in messages() if message.id}
    for path, catalogue in _catalogues():
        translated = {message.id: message.string for message in catalogue if message.id}
        name = path.relative_to(ROOT)
        yield from (
            f"{name}: no translation of {text!r}"
            for text in sorted(known)
            if not translated.get(text)
        )
        yield from (f"{name}: unused: {text!r}" for text in sorted(translated.keys() - known))
        for text, translation in translated.items():
            if translation and _placeholders(text) != _placeholders(translation):
                yield f"{name}: placeholders differ: {text!r}"
            if (
                translation
                and translation != text
                and _BADLY_SET.search(_TYPED.sub("", translation))
            ):
                yield f"{name}: a blank or half-width punctuation: {translation!r}"


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)", text.replace("{{", "")))


def main() -> int:
    """Do what the first argument says; return the exit code."""
    match sys.argv[1:]:
        case ["update"]:
            update()
        case ["compile"]:
            compile_all()
        case ["check"]:
            found = list(problems())
            print("\n".join(found))
            return int(bool(found))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
