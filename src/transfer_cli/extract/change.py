"""The direction of a change: whether the verb that governs a number makes it a decrease."""

import re

from transfer_cli.extract.clauses import Syntax
from transfer_cli.extract.text import CLAUSE, SENTENCE
from transfer_cli.extract.tokens import Kind, Token
from transfer_cli.extract.units import is_points, is_ratio

_FLIPPED = {"over": "under", "at_least": "at_most", "under": "over", "at_most": "at_least"}
# 低于全国2个百分点 is a difference; 低于2% is a bound.
_BELOW = re.compile("低于|少于|小于|慢于|逊于|低|少")
_TRANSITIVE = re.compile("减少|降低|缩短|缩减|压缩|下调|净减|慢于|落后")
# A rank and a time are changed by steps, which are figures of their own.
_STEPS = re.compile("[位年月天日]")


def sign(syntax: Syntax, start: int, unit: str) -> int:
    """Return -1 if the number that begins at an offset is a decrease, else 1.

    下降3.6% and 降幅为3.6% are decreases; 降至3.6% is a level; 降幅收窄1.2个百分点 is an increase.
    """
    difference = is_points(unit)
    if difference and _BELOW.match(syntax.text, *_bound_over_base(syntax, start)):
        return -1
    linked = apart = False
    for token in syntax.before(start):
        match token.kind, token.sense:
            case Kind.VERB, "to":
                # 降幅收窄至3.6% states a decline; 降至3.6% states a level.
                return _subject(syntax, token)
            case Kind.VERB, "be":
                linked = True
            case Kind.VERB, "fall":
                # 减少用煤800万吨 has an object; in 减产企业12家 the enterprises are counted.
                governs = not linked and (not apart or _TRANSITIVE.match(syntax.words(token)))
                return _of_a_fall(syntax, token) if governs else 1
            case Kind.NOUN, "":
                apart = apart or token.end - token.start > 1
            case Kind.VERB, "narrow" | "widen":
                return _of_a_spread(syntax, token, far=difference)
            case Kind.NOUN, "fall":
                return -1
            case (Kind.VERB, _) | (Kind.NUMBER, _) | (Kind.NOUN, "rise"):
                return 1
            case Kind.CONNECTIVE, "part":
                return 1
    return 1


def is_change(syntax: Syntax, start: int, unit: str, *, falls: bool) -> bool:
    """Return whether the number that begins at an offset says by how much an amount changed.

    That is so if it is a decrease, or if a verb of change is directly before it: 比上年多出46个.
    Rates and multiples of a change are figures of their own.
    """
    if falls or is_ratio(unit) or _STEPS.search(unit):
        return falls and not (is_ratio(unit) or _STEPS.search(unit))
    for token in syntax.before(start):
        if token.kind is Kind.BOUND or syntax.words(token) in ("了", "出"):
            continue
        return token.kind is Kind.VERB and token.sense in ("fall", "rise", "narrow", "widen")
    return False


def flipped(bound: str) -> str:
    """Return the bound of the negative number: a fall by over 3 % is under -3 %."""
    return _FLIPPED.get(bound, bound)


def _bound_over_base(syntax: Syntax, start: int) -> tuple[int, int]:
    """Return where 低于 or the like begins and ends, if only its base is before a difference."""
    for token in syntax.before(start):
        if token.kind is Kind.BOUND and _BELOW.match(syntax.text, token.start):
            return token.start, token.end
        if token.kind in (Kind.VERB, Kind.NUMBER):
            break
    return 0, 0


def _of_a_fall(syntax: Syntax, verb: Token) -> int:
    """Return the sign of a fall: a decline (降幅) that falls is an increase."""
    return -_subject(syntax, verb)


def _of_a_spread(syntax: Syntax, verb: Token, *, far: bool) -> int:
    """Return the sign of what narrows or widens: a decline that narrows is an increase."""
    subject = _subject(syntax, verb, far=far)
    return -subject if verb.sense == "narrow" else subject


def _subject(syntax: Syntax, verb: Token, *, far: bool = False) -> int:
    """Return -1 if the noun before a verb is a decline, else 1.

    With ``far``, a noun or a change in an earlier clause of the sentence counts as well.
    """
    for token in syntax.before(verb.start, marks=SENTENCE if far else CLAUSE):
        if token.sense == "fall" and (token.kind is Kind.NOUN or far):
            return -1
        if token.sense == "rise":
            return 1
        if not far and token.kind is Kind.VERB and token.sense in ("fall", "stage"):
            return 1
    return 1
