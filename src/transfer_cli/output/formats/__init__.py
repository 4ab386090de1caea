"""The output formats. A new one is a file of this package and a line of ``FORMATS``."""

from pathlib import PurePath

from transfer_cli.errors import UsageError, unknown
from transfer_cli.messages import _, join
from transfer_cli.output.formats.delimited import Delimited
from transfer_cli.output.formats.html import Html
from transfer_cli.output.formats.interface import Format, Settings
from transfer_cli.output.formats.json import Json, JsonLines
from transfer_cli.output.formats.latex import Latex
from transfer_cli.output.formats.markup import MARKUP
from transfer_cli.output.formats.parquet import Parquet
from transfer_cli.output.formats.picture import PICTURES
from transfer_cli.output.formats.screen import Screen
from transfer_cli.output.formats.sqlite import Sqlite
from transfer_cli.output.formats.xlsx import Xlsx

__all__ = ["FORMATS", "Format", "Settings", "by_name", "by_suffix", "names", "suffixes"]

FORMATS: tuple[Format, ...] = (
    Screen(),
    Delimited("csv", ","),
    Delimited("tsv", "\t"),
    Json(),
    JsonLines(),
    Xlsx(),
    Sqlite(),
    Parquet(),
    Html(),
    Latex(),
    *MARKUP,
    *PICTURES,
)


def names() -> list[str]:
    """Return the names of all formats."""
    return [form.name for form in FORMATS]


def suffixes() -> dict[str, Format]:
    """Return the format of each suffix of a file."""
    return {suffix: form for form in FORMATS for suffix in form.suffixes}


def by_name(name: str) -> Format:
    """Return the format called ``name``, or that of the suffix ``.name``; case is ignored.

    Raises UsageError, with did-you-mean, for an unknown name.
    """
    folded = name.lower()
    short = suffixes().get(f".{folded}")
    for form in FORMATS:
        if form.name == folded:
            return form
    if short is None:
        raise unknown(_("format"), name, names())
    return short


def of_file(path: PurePath) -> Format | None:
    """Return the format of a file by its suffix, the longest that is known; None for others."""
    known, name = suffixes(), path.name.lower()
    found = [suffix for suffix in known if name.endswith(suffix) and name != suffix]
    return known[max(found, key=len)] if found else None


def by_suffix(path: PurePath) -> Format:
    """Return the format of a file by its suffix; raise UsageError for an unknown suffix."""
    form = of_file(path)
    if form is None:
        raise UsageError(
            _("the suffix of {path!r} names no format", path=str(path)),
            _("name it with --format, or use one of {suffixes}", suffixes=join(suffixes())),
        )
    return form
