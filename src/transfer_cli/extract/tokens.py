"""Tokens: the words of a report that decide what its numbers say.

The text between two of them is a noun. Numbers and times are found by their own modules and become
tokens as they are.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from transfer_cli.extract.grammar import BOUND_WORDS


class Kind(StrEnum):
    """What a token is. ``MARK`` is punctuation."""

    NUMBER = "number"
    UNIT = "unit"
    BOUND = "bound"
    VERB = "verb"
    NOUN = "noun"
    TIME = "time"
    CONNECTIVE = "connective"
    MARK = "mark"


class Token(NamedTuple):
    """A word at its offsets in the text.

    ``sense`` groups the words of a kind. Verbs are ``fall``, ``rise``, ``narrow``, ``widen``,
    ``to`` (至, 到), ``be`` (为, 达) or ``stage`` (签约, 投产); nouns ``fall`` and ``rise`` (降幅,
    增速), else empty; connectives ``and``, ``each`` (分别), ``part`` (其中) or ``than`` (比). The
    sense of a bound is its name.
    """

    kind: Kind
    start: int
    end: int
    sense: str = ""


_HEDGE = "(?=了|[约近超逾几数两半]|不?足|不到|大约|[零一二三四五六七八九十百千万亿]|[ \\d])"
_WORDS: tuple[tuple[Kind, str, str], ...] = (
    # Amounts that an act takes away are amounts of the act: 减税降费30亿元, 压减产能50万吨.
    (
        Kind.NOUN,
        "",
        "减税降费|减税|降费|降本|减负|减排|减碳|减免|减让|减亏|压减|核减|降水|减资|削减力度",
    ),
    (Kind.NOUN, "fall", "(?:下降|下跌|回落|减少|降低)(?:幅度|率)|[降跌减]幅|降速|减速|减量"),
    (Kind.NOUN, "rise", "(?:增长|上涨|提高|上升)(?:幅度|率|速度)|[增涨升]幅|增速|增长面"),
    (
        Kind.VERB,
        "fall",
        "[↓▼]|负增长|下降|减少|回落|下滑|降低|下跌|下挫|下调|缩减|缩短|缩水|萎缩|减产|减收|少收|走低|走弱|滑落|放缓"
        "|减缓|趋缓|减弱|骤降|锐减|净减|压缩|落后(?=[全于\\d一二两三四五六七八九])|少增|慢于|收缩|缩量|降(?![至到])(?=[^，。；]{0,1}\\d)"
        f"|(?:(?<![升下])降|(?<![增加缩削裁])减|(?<![至最不减较缺多稀很])少|(?<![最降较走])低|慢|跌){_HEDGE}",
    ),
    (
        Kind.VERB,
        "rise",
        "增长|上升|提高|提升|增加|上涨|回升|加快|攀升|增收|增产|上调|走高|反弹|多增|净增|递增|增至"
        "|(?:(?<![负])增|升|涨|高|快|多)(?=出|[了约近超逾\\d])|高出|多出",
    ),
    (Kind.VERB, "narrow", "收窄|缩小|缩窄"),
    (Kind.VERB, "widen", "扩大|加深|走阔"),
    (Kind.VERB, "to", "至|到"),
    (Kind.VERB, "be", "达到|达|为|是|有|共计|共|合计|计"),
    (
        Kind.VERB,
        "stage",
        "新增|扩增|签约|签订|签署|签下|新签|开工|动工|在建|投产|达产|建成|竣工|完工|完成|到位|落地|引进|利用|使用"
        "|计划|规划|目标|预计|有望|力争|启动|实现",
    ),
    (Kind.CONNECTIVE, "each", "分别|依次|各自?(?=有|为|占|增|下|达|是|\\d)"),
    (Kind.CONNECTIVE, "part", "其中"),
    (Kind.CONNECTIVE, "than", "比|较|相对于?"),
    (Kind.CONNECTIVE, "and", "以及|[、和与及]"),
    *((Kind.BOUND, name, words) for name, words in BOUND_WORDS),
    (Kind.MARK, "", "[，。；：！？（）()\\n,;:]"),
)
_WORD = re.compile("|".join(f"({words})" for *_, words in _WORDS))


def tokenize(text: str, known: Iterable[Token]) -> list[Token]:
    """Return the tokens of a folded text, in order and without gaps.

    ``known`` are tokens that were found before, such as numbers and times, in order; of two that
    overlap the first counts.
    """
    tokens: list[Token] = []
    offset = 0
    for token in known:
        if token.start >= offset:
            tokens += _words(text, offset, token.start)
            tokens.append(token)
            offset = token.end
    return tokens + _words(text, offset, len(text))


def _words(text: str, start: int, end: int) -> list[Token]:
    tokens: list[Token] = []
    offset = start
    # A word may require what follows the end: 降 before a number.
    for match in _WORD.finditer(text, start, min(end + 4, len(text))):
        if match.end() > end:
            continue
        if match.start() > offset:
            tokens.append(Token(Kind.NOUN, offset, match.start()))
        kind, sense, _pattern = _WORDS[(match.lastindex or 1) - 1]
        tokens.append(Token(kind, match.start(), match.end(), sense))
        offset = match.end()
    if offset < end:
        tokens.append(Token(Kind.NOUN, offset, end))
    return tokens
