"""The patterns of quantities and of their bounds, on folded text (``text.parse_text``)."""

import re
from itertools import pairwise

from transfer_cli.extract.units import MAGNITUDE, UNIT

DIGIT = "一二三四五六七八九"
ARABIC = r"(?:\d{1,3}(?:[,，]\d{3})+(?![\d])|\d+)(?:\.\d+)?"
# 千 before 瓦 or 克 is part of the unit; 两 after a numeral is a unit of weight.
_CHINESE_CHAR = rf"(?:[零〇{DIGIT}十百万亿廿卅]|千(?![瓦克卡伏赫焦帕])|两(?=[百千万亿]))"
_FINANCIAL = "[壹贰叁肆伍陆柒捌玖拾佰仟万亿零]{2,}"
CHINESE = (
    rf"(?:{_FINANCIAL}|两点[零{DIGIT}]+(?:万亿|[万亿])?|两(?![百千万亿])|半(?!导)"
    rf"|{_CHINESE_CHAR}+(?:点[零〇{DIGIT}]+(?:万亿|[万亿])?)?)"
)
_MIXED = r"\d+(?:\.\d+)?[万亿千百]零?\d+(?:[万千百]\d*){0,4}(?![\d.,])"
NUMERAL = rf"(?:{_MIXED}|{ARABIC}|{CHINESE})"
CONNECTOR = "(?:——?|––?|-|~|至|到|或)"

# Two neighbouring digits are a range: 三五年, 二三十家.
_PAIRS = "|".join([a + b for a, b in pairwise(DIGIT)] + ["一两", "两三", "三五"])
_SYMBOL = r"(?:US\$|HK\$|[$￥¥€£])"
_SIGN = r"(?:负|(?<=[长为降至是达率约比润速幅差、和（(，：:;；\n ])-|^-)"
_FEW = (
    "(?:(?<![人户总个件次指倍参函实多岁分台])数(?=[十百千万亿])"
    "|几(?=[十百千万亿])|(?<!以)上(?=[百千万亿]))"
)
# A digit after a letter is part of a model number, but not after GDP or RCEP.
_NOT_IN_A_NAME = "(?:(?<![A-Za-z0-9.])|(?<=[A-Z]{3}))"
QUANTITY = re.compile(
    rf"(?P<symbol>{_SYMBOL} ?)?(?P<sign>{_SIGN})?(?P<few>{_FEW})?"
    rf"(?P<number>(?P<pair>{_PAIRS})(?=[十百千万亿]*{UNIT})[十百千万亿]*|{_NOT_IN_A_NAME}{NUMERAL})"
    rf"(?P<rough>[余多几来](?!年来))? ?(?P<scale>{MAGNITUDE})?(?P<more>[余多])?(?P<scales>[万亿]+)?"
    rf"(?:(?P<halfunit>个半(?:小时|月|世纪))|(?P<loose>个多(?:百分点|小时|月|季度|工作日))"
    rf"| ?(?P<unit>{UNIT})(?P<half>半(?!年|数))?)?"
    rf"(?P<level>级(?!别|差))?",
    re.MULTILINE,
)
FRACTION = re.compile(
    rf"(?P<sign>负)?(?P<whole>{ARABIC}|{CHINESE}|[百千万佰仟]+)分之"
    rf"(?P<part>{ARABIC}|{CHINESE}|[壹贰叁肆伍陆柒捌玖拾])"
    # 百分之三十至四十
    rf"(?:{CONNECTOR}(?P<high>{ARABIC}|{CHINESE})(?!分之|[千百万亿成%‰\d.]|{UNIT}))?"
)
_NO_TENTHS = "(?![立员为果本功效长都就品渝套熟交分绩型群])"
# 三四成
TENTHS_PAIR = re.compile(
    rf"(?<![{DIGIT}十\d.])(?={_PAIRS})(?P<low>[{DIGIT}两])(?P<high>[{DIGIT}])成{_NO_TENTHS}"
)
TENTHS = re.compile(
    rf"(?<![{DIGIT}两十\d.])(?P<number>{ARABIC}|[{DIGIT}两](?:点[{DIGIT}])?|十|半)成(?P<more>多)?"
    rf"(?P<extra>半|[{DIGIT}])?{_NO_TENTHS}"
)
HALF = re.compile(r"(?<![上下前后大])(?:一半(?!是)|半数)|过半(?!年|数|个)")
SLASHED = re.compile(r"(?<=[占约近超过到达足的])(?P<part>[1-9]\d?)/(?P<whole>[1-9]\d?)(?![\d/])")
COINS = re.compile(
    rf"(?P<yuan>{ARABIC}|{CHINESE})[元块](?P<jiao>[\d{DIGIT}])[角毛](?:(?P<fen>[\d{DIGIT}])分)?"
)
DOUBLING = re.compile(rf"翻(?:了)?(?P<bound>近|超)?(?P<number>\d{{1,2}}|[{DIGIT}两])?番")
_RANKED = (
    "(?:(?:全[国省市区州球]|世界|[东中西]部|同类|行业)(?:排名|位次)?|[位名]?列|[位稳跃]?居"
    "|排名?[在为名]?|进入|跻身|进军|至|位次)"
)
RANK = re.compile(
    rf"{_RANKED}(?:第(?P<place>{NUMERAL})(?:[位名](?!于))?|(?P<top>前)(?P<count>{NUMERAL})[位名强]?)"
    rf"(?=[，。、；！：,;)）”\s的和与及]|$|(?<=[位名强]))|(?<![比较于])第(?P<bare>{NUMERAL})[位名](?!于)"
)

# Bounds: over, at least, under, at most, about, nearly.

BOUND_WORDS = (
    ("at_most", "不超过|不超|不高于|不多于|不大于|不逾|未超过|至多|最多|最高"),
    ("at_least", "不低于|不少于|不小于|不下于|不下|至少|最少|最低|(?<!不)大于(?:或者?)?等于|[≥≧]"),
    ("at_most", "小于(?:或者?)?等于|[≤≦]"),
    ("over", "超过|超出|超|逾|突破|(?<!打)破|高于|大于|多于|冲破|(?<=[已均值额入量资比率数模])过"),
    ("under", "不到|不足|不及|不满|未满|未达|低于|小于|少于"),
    ("nearly", "接近|将近|逼近|临近|几近|(?<![最附邻靠])近"),
    # 约 is part of another word in 签约, 合约, 节约.
    ("about", "大约|大概|(?<![签预合契条公节履违解续特集制邀])约|估计"),
)
_WORDS_AFTER = (
    ("at_least", "(?:及|或者?)?以上|(?:及其?)?之上|保底"),
    ("at_most", "(?:及|或者?)?以下|以内|之内|封顶"),
    ("about", "左右|上下"),
    ("over", "有余|开外|出头|[多余](?![项个种家方次样层级])"),
    ("under", "不到"),
)
# The total that a share refers to may come between: 超过全省的50%, 不到全国0.4%.
_TOTAL = r"(?:占?(?:全[省国市区州县球]|世界|当地)(?:同期|总量|总数|总额)?的?)"
_LINK = r"(?:了|为|有|是|占|达到?|人民币|每年)?"
_DIRECTLY_BEFORE = tuple(
    (name, re.compile(rf"(?:{words}){_LINK} ?$")) for name, words in BOUND_WORDS
)
_BEFORE_A_TOTAL = tuple(
    (name, re.compile(rf"(?:{words}){_LINK}{_TOTAL} ?$")) for name, words in BOUND_WORDS
)
_DIRECTLY_AFTER = re.compile(
    f" ?(?:人民币)?(?:{'|'.join(f'({words})' for _name, words in _WORDS_AFTER)})"
)
_BOUND_WIDTH = 14


def bound_before(text: str, start: int, *, comparable: bool = True) -> str | None:
    """Return the bound that the words directly before a number set on it, or None.

    ``start`` is where the number begins. ``comparable`` is false for a difference: in
    高于全国2个百分点 the comparison with a total sets no bound on the 2.
    """
    window = text[max(0, start - _BOUND_WIDTH) : start]
    patterns = _DIRECTLY_BEFORE + (_BEFORE_A_TOTAL if comparable else ())
    return next((name for name, pattern in patterns if pattern.search(window)), None)


def bound_after(text: str, end: int) -> str | None:
    """Return the bound that the words directly after a number set on it, or None."""
    match = _DIRECTLY_AFTER.match(text, end)
    return _WORDS_AFTER[(match.lastindex or 1) - 1][0] if match else None
