"""Where sentences, clauses and paragraphs begin and end in flowing text."""

CLAUSE = "，。；！？\n"
SENTENCE = "。；！？\n"
PARAGRAPH = "\n"
# No sentence is longer; without a limit, a text without any 。 would be searched whole.
_REACH = 600


def start_of(text: str, place: int, marks: str) -> int:
    """Where the part that holds this place begins: after the last of the marks before it."""
    floor = max(0, place - _REACH)
    return max(max(text.rfind(mark, floor, place) for mark in marks) + 1, floor)


def end_of(text: str, place: int, marks: str) -> int:
    """Where the part that holds this place ends: at the first of the marks from here on."""
    limit = min(len(text), place + _REACH)
    found = (text.find(mark, place, limit) for mark in marks)
    return min((offset for offset in found if offset >= 0), default=limit)
