"""Where and how a result is written, as the options say."""

import sys
from dataclasses import dataclass
from pathlib import Path

from transfer_cli import streams
from transfer_cli.errors import Instead, UsageError
from transfer_cli.messages import _
from transfer_cli.output import formats
from transfer_cli.output.formats import Format
from transfer_cli.output.formats.delimited import Delimited


@dataclass(frozen=True)
class Target:
    """Where and how a result is written.

    ``format`` is a name or short name, or empty; ``path`` is the file of ``-o``; ``bom`` asks for a
    byte order mark.
    """

    format: str = ""
    path: Path | None = None
    bom: bool = False

    @property
    def to_stdout(self) -> bool:
        """Whether the result goes to standard output."""
        return self.path is None or str(self.path) == "-"

    def resolve(self) -> Format:
        """Return the format: the one named, the suffix's, ``table`` at a terminal, else csv.

        Raises UsageError for an unknown name or suffix, for a format that a terminal cannot show,
        and for a byte order mark with a format without one; TransferError for a format whose
        library is not installed.
        """
        if self.format:
            form = formats.by_name(self.format)
        elif self.path is not None and not self.to_stdout:
            form = formats.by_suffix(self.path)
        else:
            form = formats.by_name("table" if sys.stdout.isatty() else "csv")
        form.require_installed()
        if form.binary and self.to_stdout and sys.stdout.isatty():
            raise UsageError(
                _("{format} is not text, so a terminal cannot show it", format=form.name),
                _("write a file: -o FILE{suffix}", suffix=form.suffixes[0]),
            )
        if self.bom and not isinstance(form, Delimited):
            message = _("--bom is for csv and tsv, not for {format}", format=form.name)
            raise UsageError(message, Instead("--bom", flag=True))
        return form

    @property
    def colored(self) -> bool:
        """Whether to colour the result; a file is never coloured."""
        return self.to_stdout and streams.colored(sys.stdout)
