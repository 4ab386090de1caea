"""Where and how a result is written, as the options say."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from transfer_cli.output import formats
from transfer_cli.output.formats import Format


@dataclass(frozen=True)
class Target:
    """Where and how a result is written.

    ``format`` is a name or short name, or empty; ``path`` is the file of ``-o``; ``color`` is
    auto, always or never; ``quiet`` silences notes.
    """

    format: str = ""
    path: Path | None = None
    color: str = "auto"
    lang: str = "en"
    quiet: bool = False

    @property
    def to_stdout(self) -> bool:
        """Whether the result goes to standard output."""
        return self.path is None or str(self.path) == "-"

    def resolve(self) -> Format:
        """Return the format: the one named, the suffix's, ``table`` at a terminal, else csv.

        Raises UsageError for an unknown name or suffix.
        """
        if self.format:
            return formats.by_name(self.format)
        if self.path is not None and not self.to_stdout:
            return formats.by_suffix(self.path)
        return formats.by_name("table" if sys.stdout.isatty() else "csv")

    @property
    def colored(self) -> bool:
        """Whether to colour, by --color, NO_COLOR, FORCE_COLOR, TERM and the terminal."""
        if self.color != "auto":
            return self.color == "always" and self.to_stdout
        if os.environ.get("NO_COLOR") or not self.to_stdout:
            return False
        if os.environ.get("FORCE_COLOR"):
            return True
        return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
