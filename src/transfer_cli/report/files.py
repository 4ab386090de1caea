"""Finds a report by its path, or on standard input, and decodes it."""

import sys
from pathlib import Path

from transfer_cli.errors import DataError
from transfer_cli.report.text import decode

STDIN = "-"


def text_of(name: str) -> str:
    """Return the text of a report; raise DataError where there is none."""
    shown = "standard input" if name == STDIN else name
    try:
        return decode(sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes())
    except FileNotFoundError:
        raise DataError(f"there is no report {name!r}", "name a text file, or - ") from None
    except OSError as error:
        raise DataError(f"cannot read {name!r}: {error.strerror}", "name a text file") from None
    except ValueError as error:
        hint = "save it as plain text first: pdftotext, or 'save as text' in a word processor"
        raise DataError(f"{shown}: {error}", hint) from None
