"""The errors a user may see: each carries its exit code and something to type next."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from transfer_cli.messages import _


class Instead(NamedTuple):
    """An option to set, or with no value to leave out, in the command that was typed.

    A ``flag`` is an option that takes no value.
    """

    option: str
    value: str = ""
    flag: bool = False

    def rewrite(self, args: Sequence[str]) -> str:
        """Return the whole command line with the option changed, ready to be typed."""
        import shlex

        kept: list[str] = []
        skip = False
        for arg in args:
            if not skip and arg != self.option and not arg.startswith(f"{self.option}="):
                kept.append(arg)
            skip = not skip and arg == self.option and not self.flag
        return shlex.join(
            ["transfer-cli", *kept, *([self.option, self.value] if self.value else [])]
        )


class TransferError(Exception):
    """Base of all errors that are reported as ``Error: …`` and ``Hint: …``.

    ``code`` is the exit status; ``hint`` is a line with something to type, or a change to what
    was typed, or empty.
    """

    code = 1

    def __init__(self, message: str, hint: str | Instead = "") -> None:
        super().__init__(message)
        self.hint = hint


class RefusedError(TransferError):
    """The request has no meaning: the message says why, the hint what to type instead."""

    code = 1


class UsageError(TransferError):
    """The command line names something that does not exist."""

    code = 2


class DataError(TransferError):
    """A table is missing or unsound: the message names file, line and column."""

    code = 3


def unknown(
    what: str, given: str, known: Iterable[str], listing: str = "", others: Iterable[str] = ()
) -> UsageError:
    """Return the error for a name that is not among ``known``, with did-you-mean.

    ``listing`` is a command that lists the valid names; without it the hint names them.
    ``others`` are valid too, and named only if one of them may be meant.
    """
    names = list(dict.fromkeys(known))
    close = closest(given, [*names, *others])
    if close:
        hint = _("did you mean {names}?", names=" or ".join(map(repr, close)))
    elif listing:
        hint = _("list the names with: {command}", command=listing)
    else:
        hint = _("choose from {names}", names=", ".join(names))
    return UsageError(_("unknown {what} {given!r}", what=what, given=given), hint)


def few(items: Sequence[str], most: int = 3) -> str:
    """Return the first of ``items``, joined by semicolons, and how many more there are."""
    more = [_("and {count} more", count=len(items) - most)] if items[most:] else []
    return "; ".join([*items[:most], *more])


def closest(given: str, names: Iterable[str]) -> list[str]:
    """Return up to three of ``names`` that are near ``given``, nearest first, case ignored."""
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(name.casefold(), name)
    # Of a Chinese name of two characters one may be wrong: half of it is near enough.
    cutoff = 0.5 if len(given) <= 3 and not given.isascii() else 0.6
    matches = get_close_matches(given.casefold(), folded, n=3, cutoff=cutoff)
    return [folded[match] for match in matches]
