"""The errors a user may see: each carries its exit code and something to type next."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from transfer_cli.messages import _, join, series


class Instead(NamedTuple):
    """An option to set, or with no value to leave out, in the command that was typed.

    A ``flag`` is an option that takes no value; it is left out, or put in if ``add`` is true.
    ``drop`` are other words that do not go with the new value.
    """

    option: str
    value: str = ""
    flag: bool = False
    add: bool = False
    drop: tuple[str, ...] = ()

    def rewrite(self, args: Sequence[str]) -> str:
        """Return the whole command line with the option changed, ready to be typed."""
        import shlex

        kept: list[str] = []
        skip = False
        for arg in (arg for arg in args if arg not in self.drop):
            if not skip and arg != self.option and not arg.startswith(f"{self.option}="):
                kept.append(arg)
            skip = not skip and arg == self.option and not self.flag
        added = [self.option, self.value] if self.value else [self.option] if self.add else []
        return shlex.join(["transfer-cli", *kept, *added])


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
        hint = did_you_mean(map(repr, close))
    elif listing:
        hint = _("list the names with: {command}", command=listing)
    else:
        hint = _("choose from {names}", names=join(names))
    return UsageError(_("unknown {what} {given!r}", what=what, given=given), hint)


def did_you_mean(names: Iterable[str]) -> str:
    """Return the hint that proposes names for one that is unknown."""
    return _("did you mean {names}?", names=_(" or ").join(names))


def reason(error: BaseException) -> str:
    """Return why the system or a library failed, as a message in the language of messages.

    The message of the system or the library is in the traceback of TRANSFER_DEBUG=1.
    """
    if isinstance(error, OSError) and error.errno:
        return _of_errno(error.errno)
    if isinstance(error, UnicodeDecodeError):
        return _("it is not UTF-8 text")
    if isinstance(error, EOFError):
        return _("its end is missing")
    if isinstance(error, RecursionError):
        return _("it is nested too deeply")
    text = str(error)
    for start, words in _of_parsers().items():
        if start in text:
            return words
    return _("its content is damaged")


def _of_errno(number: int) -> str:
    import errno

    known = {
        errno.ENOENT: _("a directory or file of its path is missing"),
        errno.EACCES: _("permission is denied"),
        errno.EPERM: _("permission is denied"),
        errno.EISDIR: _("it is a directory"),
        errno.ENOTDIR: _("a part of its path is not a directory"),
        errno.EEXIST: _("a file of this name exists"),
        errno.ENOSPC: _("the disk is full"),
        errno.EDQUOT: _("the disk quota is used up"),
        errno.EFBIG: _("it is larger than a file may be"),
        errno.EROFS: _("the file system is read-only"),
        errno.ENAMETOOLONG: _("its name is too long"),
        errno.ELOOP: _("it is a link to itself"),
        errno.EIO: _("the device failed"),
        errno.EMFILE: _("too many files are open"),
        errno.ENFILE: _("too many files are open"),
        errno.EBUSY: _("it is in use"),
        errno.ETXTBSY: _("it is in use"),
        errno.ENXIO: _("there is no such device"),
        errno.ECONNREFUSED: _("nothing answers there"),
        errno.ETIMEDOUT: _("it does not answer"),
    }
    return known.get(number) or _("the system reports error {number}", number=number)


def _of_parsers() -> dict[str, str]:
    """Return our messages for errors of ``csv`` and ``json``, by a part of their text."""
    return {
        "unexpected end of data": _("a quote is not closed"),
        "expected after": _("text follows a closing quote"),
        "field larger": _("a cell is too long"),
        "NUL": _("it holds a NUL character"),
        "Expecting value": _("a value is missing"),
        "Expecting property name": _("a name in double quotes is missing"),
        "Illegal trailing comma": _("there is an extra comma"),
        "Expecting ',' delimiter": _("a comma is missing"),
        "Expecting ':' delimiter": _("a colon is missing"),
        "Unterminated string": _("a quote is not closed"),
        "Invalid control character": _("a text holds a control character"),
        "Invalid \\": _("a text holds a wrong escape"),
        "Extra data": _("text follows the end"),
        "integer string conversion": _("a number has too many digits"),
    }


def few(items: Sequence[str], most: int = 3) -> str:
    """Return the first of ``items``, joined by semicolons, and how many more there are."""
    more = [_("and {count} more", count=len(items) - most)] if items[most:] else []
    return series([*items[:most], *more])


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
