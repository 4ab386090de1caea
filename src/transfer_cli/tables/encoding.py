"""The encoding of a text, from its bytes: UTF-8, UTF-16 or GB18030, and no guess beyond that."""

import codecs
import re
import shlex
import unicodedata
from collections.abc import Sequence

from transfer_cli.errors import DataError, UsageError
from transfer_cli.messages import _
from transfer_cli.tables import files

UTF_8 = "utf-8"
GB18030 = "gb18030"
_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_COMMON = 0.75
"""The minimum share of characters of GB 2312 among the Chinese ones of a text in GB18030. In Big5
or Latin-1 that is read as GB18030 it is about half."""
_LOOKED_AT = 20_000
"""Characters from which the share is computed."""
_MANY = 12
"""Different characters from which on Chinese and Korean are distinguished."""
_FOREIGN = {"big5": "BIG5", "cp1252": "WINDOWS-1252"}
"""Encodings that are named in a hint, never guessed."""
_RUN = re.compile(r"[^\x00-\x7f]+")


def lookup(name: str) -> str:
    """Return the canonical name of an encoding; raise UsageError if it is unknown."""
    try:
        found = codecs.lookup(name)
        codecs.getincrementaldecoder(name)
        if not found._is_text_encoding:
            raise LookupError
    except (LookupError, ValueError) as error:
        raise UsageError(
            _("unknown encoding {name!r}", name=name), _("for example gb18030 or utf-16")
        ) from error
    return found.name


def label(name: str) -> str:
    """Return the name of an encoding for people: UTF-16 for utf-16-le."""
    return "UTF-16" if name.startswith("utf-16") else name.upper()


def utf_16(sample: bytes) -> str:
    """Return the UTF-16 encoding of a text that begins with ``sample``, or an empty string.

    Without a byte order mark it is the byte order in which the text has no control or unassigned
    characters, if it has some in the other.
    """
    if sample.startswith(_BOMS):
        return "utf-16"
    if 0 not in sample:  # No line end and no delimiter in UTF-16.
        return ""
    orders = [name for name in ("utf-16-le", "utf-16-be") if _is_utf_16(sample, name)]
    return orders[0] if len(orders) == 1 else ""


def detect(sample: bytes, name: str, *, ended: bool) -> str:
    """Return the encoding of a text that begins with ``sample`` and is not UTF-16.

    ``ended`` says whether it is the whole text. Raises DataError, with the command that converts
    the file ``name``, if it can be read in several encodings or in none.
    """
    try:
        text = _decoded(sample, "utf-8-sig", ended=ended)
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n|\n|\r", sample[: error.start])) + 1
        if is_damaged(sample, UTF_8):
            message = _("{name}:{line}: not UTF-8 text", name=name, line=line)
            raise DataError(message, write_again(UTF_8)) from error
        if _is_chinese(sample, ended=ended):
            return GB18030
        message = _("{name}:{line}: neither UTF-8 nor GB18030 text", name=name, line=line)
        charset = next(
            (each for each in _FOREIGN if _text(sample, each, ended=False) is not None), "cp1252"
        )
        raise DataError(message, conversion(_FOREIGN[charset], name)) from error
    runs = _RUN.findall(text)
    if runs and all(character < "\u0800" for run in runs for character in run):
        _check_unambiguous(sample, text, name, ended=ended)
    return UTF_8


def conversion(charset: str, name: str) -> str:
    """Return the hint that makes UTF-8 of a file in another encoding."""
    option = charset.lower()
    if name == files.STDIN_NAME:
        return _("name the encoding, for example: --encoding {name}", name=option)
    command = f"iconv -f {charset} -t UTF-8 {shlex.quote(name)}"
    return _("name the encoding (--encoding {name}), or convert it: {command}",
             name=option, command=command)  # fmt: skip


def _check_unambiguous(sample: bytes, text: str, name: str, *, ended: bool) -> None:
    """Raise DataError if text in UTF-8 without Chinese may as well be Chinese in GB18030.

    It may if all its bytes above ASCII are Chinese words in GB 2312, and one of the words has two
    characters, or is alone in its cell.
    """
    other = _text(sample, GB18030, ended=ended)
    if other is None:
        return
    words = list(_RUN.finditer(other))
    hanzi = all(0xB0 <= lead <= 0xF7 for word in words for lead, _second in _pairs(word[0]))
    if hanzi and any(len(word[0]) > 1 or _stands_alone(other, word) for word in words):
        message = _("{name} can be read as UTF-8 ({first!r}) and as GB18030 ({second!r})",
                    name=name, first=_RUN.findall(text)[0], second=words[0][0])  # fmt: skip
        raise DataError(message, conversion("GB18030", name))


def _stands_alone(text: str, word: re.Match[str]) -> bool:
    around = text[max(0, word.start() - 1) : word.start()] + text[word.end() : word.end() + 1]
    return not any(character.isalnum() for character in around)


def write_again(encoding: str) -> str:
    """Return the hint for bytes that are no text in the encoding of the others."""
    charset = label(encoding)
    return _("the text around it is {charset}: write the line again", charset=charset)


def is_damaged(sample: bytes, encoding: str) -> bool:
    """Return whether most characters above ASCII are Chinese in UTF-8, which is no coincidence.

    In UTF-16 it may be any text: its zero bytes were recognised.
    """
    if encoding.startswith("utf-16"):
        return True
    text = sample.decode(encoding, "replace")
    return sum(character >= "\u0800" and character != "\ufffd" for character in text) > text.count(
        "\ufffd"
    )


def _is_chinese(sample: bytes, *, ended: bool) -> bool:
    """Return whether a text that is not UTF-8 is Chinese in GB18030."""
    text = _text(sample, GB18030, ended=ended)
    if text is None:
        return False
    characters = "".join(_RUN.findall(text[: 10 * _LOOKED_AT]))[:_LOOKED_AT]
    pairs = _pairs(characters)
    common = [pair for pair in pairs if pair[0] in (0xA1, 0xA3) or 0xB0 <= pair[0] <= 0xF7]
    if len(common) < _COMMON * len(pairs):
        return False
    different = len({*characters})
    # In Korean (EUC-KR) every syllable lies up to row 0xC8; nearly half of Chinese text lies above.
    korean = different >= _MANY and all(lead <= 0xC8 for lead, _second in common)
    # Letters of Cyrillic and Greek are bytes from 0xC0 on; so are both bytes of few Chinese words.
    letters = different >= _MANY // 2 and all(min(pair) >= 0xC0 for pair in common)
    return not korean and not letters


def _pairs(text: str) -> Sequence[tuple[int, int]]:
    """Return the two bytes of each character in GB 2312; (0, 0) for one that is not in it."""
    pairs = []
    for character in text:
        data = character.encode(GB18030, "replace")
        known = len(data) == 2 and data[0] <= 0xF7 and data[1] >= 0xA1
        pairs.append((data[0], data[1]) if known else (0, 0))
    return pairs


def _is_utf_16(sample: bytes, encoding: str) -> bool:
    """Return whether bytes are text in UTF-16: with line ends, and nothing that is not text."""
    text = _text(sample, encoding, ended=False)
    if text is None or not re.search("[\r\n]", text):
        return False
    return all(
        character in "\t\r\n" or unicodedata.category(character) not in ("Cc", "Cn", "Co")
        for character in text[:_LOOKED_AT]
    )


def _text(sample: bytes, encoding: str, *, ended: bool) -> str | None:
    """Return the text of bytes in an encoding, or None if they are not in it."""
    try:
        return _decoded(sample, encoding, ended=ended)
    except UnicodeDecodeError:
        return None


def _decoded(sample: bytes, encoding: str, *, ended: bool) -> str:
    return codecs.getincrementaldecoder(encoding)().decode(sample, ended)
