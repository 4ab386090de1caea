"""Sizes that tests and measurements set in the environment."""

import os

from transfer_cli.errors import UsageError


def size(variable: str, default: int) -> int:
    """Return the bytes that a variable sets, or the default; raise UsageError for no number."""
    text = os.environ.get(variable, "")
    if not text:
        return default
    if not text.isdecimal() or not int(text):
        raise UsageError(f"{variable} is {text!r}, and no number of bytes", f"unset {variable}")
    return int(text)
