"""The words around a number, and the names that a table of cues gives them."""

import re
from dataclasses import dataclass

_END_OF_SENTENCE = re.compile("[。！？；\n]")
_END_OF_CLAUSE = re.compile("[，。！？；：\n]")
_REACH = 160


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words of the clause and of the sentence before a number, and those after it."""

    sentence: str
    before: str
    after: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Surroundings":
        """The surroundings of the stretch between two offsets of the text."""
        head = text[max(0, start - _REACH) : start]
        sentence = _END_OF_SENTENCE.split(head)[-1]
        after = _END_OF_CLAUSE.split(text[end : end + _REACH], maxsplit=1)[0]
        return cls(sentence, _END_OF_CLAUSE.split(sentence)[-1], after)


def cue_pattern(table: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """One pattern out of names and their words; the group that matches is the name."""
    return re.compile("|".join(f"(?P<{name}>{words})" for name, words in table))


def last_cue(pattern: re.Pattern[str], text: str) -> str:
    """The name of the last cue in a text, or nothing."""
    name = ""
    for match in pattern.finditer(text):
        name = match.lastgroup or ""
    return name


def first_cue(pattern: re.Pattern[str], text: str) -> str:
    """The name of the first cue in a text, or nothing."""
    match = pattern.search(text)
    return (match.lastgroup or "") if match else ""
