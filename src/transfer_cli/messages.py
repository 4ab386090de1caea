"""Messages to people: every error, hint, note, label and help text passes through ``_``.

A message is identified by its English text. The catalogue of another language is loaded when
that language is set; English loads none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

LANGUAGES = ("en", "zh")
CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "transfer_cli"

language = "en"
"""The language that messages are in."""
_for_people = "en"
"""The language of people, while ``speaking`` sets another for what programs read."""
_translate: Callable[[str], str] = str


def _(message: str, /, **values: object) -> str:
    """Return a message in the current language, with its named placeholders filled in."""
    text = _translate(message)
    return text.format(**values) if values else text


def marked(message: str) -> str:
    """Return a message as it is: ``_`` translates it where it is shown."""
    return message


def use(name: str) -> None:
    """Set the language of messages: ``en``, ``zh``, or a tag or locale such as ``zh_CN``.

    A language without a catalogue is English.
    """
    global _for_people
    _for_people = language_of(name) or "en"
    _set(_for_people)


def _set(name: str) -> None:
    global language, _translate
    if name == language:
        return
    language, _translate = name, str
    if name != "en":
        import gettext

        _translate = gettext.translation(DOMAIN, CATALOGUES, [name], fallback=True).gettext


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Set the language of messages for a while, as for text in output that programs read."""
    before = language
    _set(name)
    try:
        yield
    finally:
        _set(before)


@contextmanager
def to_people() -> Iterator[None]:
    """Set the language of people for a while, as for notes on output that programs read."""
    with speaking(_for_people):
        yield


def pick(english: str, chinese: str) -> str:
    """Return the one of two labels from a table that is in the language of messages.

    Labels of columns, codes and names are in the tables and their schema, not in catalogues.
    """
    return chinese if language == "zh" else english


def join(items: Iterable[str]) -> str:
    """Return the items of a list in a sentence: ``a, b`` or a、b."""
    return pick(", ", "、").join(items)


def clauses(items: Iterable[str]) -> str:
    """Return the items that are not empty as clauses of a sentence: ``a, b`` or a，b."""
    return pick(", ", "，").join(filter(None, items))


def series(items: Iterable[str]) -> str:
    """Return clauses or items that hold commas as one text: ``a; b`` or a；b."""
    return pick("; ", "；").join(items)


def language_of(tag: str) -> str:
    """Return the one of ``LANGUAGES`` that a tag or locale names: ``zh-Hans``, ``zh_CN.UTF-8``.

    Returns an empty string for any other language.
    """
    name = tag.lower().replace("-", "_").partition("_")[0].partition(".")[0]
    return name if name in LANGUAGES else ""


def chosen(args: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return what ``--lang``, TRANSFER_LANG or else the locale names as the language.

    The locale is the first of LC_ALL, LC_MESSAGES and LANG that is set, as POSIX defines it.
    """
    options = [after for before, after in pairwise([*args, ""]) if before == "--lang"]
    options += [word.removeprefix("--lang=") for word in args if word.startswith("--lang=")]
    locale = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    named = [*options[-1:], environment.get("TRANSFER_LANG", ""), *locale]
    return next(filter(None, named), "en")
