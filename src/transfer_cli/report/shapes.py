"""The patterns of numbers, on folded text: see text.read_source."""

import re
from itertools import pairwise

from transfer_cli.report.units import MAGNITUDE, UNIT

DIGIT = "一二三四五六七八九"
ARABIC = r"(?:\d{1,3}(?:[,，]\d{3})+(?![\d])|\d+)(?:\.\d+)?"
# 千 before 瓦 or 克 belongs to the unit; 两 after a numeral is a unit of weight.
_CHINESE_CHAR = rf"(?:[零〇{DIGIT}十百万亿廿卅]|千(?![瓦克卡伏赫焦帕])|两(?=[百千万亿]))"
_FINANCIAL = "[壹贰叁肆伍陆柒捌玖拾佰仟万亿零]{2,}"
CHINESE = (
    rf"(?:{_FINANCIAL}|两点[零{DIGIT}]+(?:万亿|[万亿])?|两(?![百千万亿])|半(?!导)"
    rf"|{_CHINESE_CHAR}+(?:点[零〇{DIGIT}]+(?:万亿|[万亿])?)?)"
)
_MIXED = r"\d+(?:\.\d+)?[万亿千百]零?\d+(?:[万千百]\d*)*(?![\d.,])"
NUMERAL = rf"(?:{_MIXED}|{ARABIC}|{CHINESE})"
CONNECTOR = "(?:——?|––?|-|~|至|到|或)"

# Two neighbouring digits name a span: 三五年, 二三十家.
_PAIRS = "|".join([a + b for a, b in pairwise(DIGIT)] + ["一两", "两三", "三五"])
_SYMBOL = r"(?:US\$|HK\$|[$￥¥€£])"
_SIGN = r"(?:负|(?<=[长为降至是达率约比（(，：:;；\n ])-|^-)"
_FEW = (
    "(?:(?<![人户总个件次指倍参函实多岁分台])数(?=[十百千万亿])"
    "|几(?=[十百千万亿])|(?<!以)上(?=[百千万亿]))"
)
# A digit after a letter belongs to a model number, but not after GDP or RCEP.
_FREE = "(?:(?<![A-Za-z0-9.])|(?<=[A-Z]{3}))"
QUANTITY = re.compile(
    rf"(?P<symbol>{_SYMBOL} ?)?(?P<sign>{_SIGN})?(?P<few>{_FEW})?"
    rf"(?P<number>(?P<pair>{_PAIRS})(?=[十百千万亿]*{UNIT})[十百千万亿]*|{_FREE}{NUMERAL})"
    rf"(?P<rough>[余多几来](?!年来))? ?(?P<scale>{MAGNITUDE})?(?P<more>[余多])?(?P<scales>[万亿]+)?"
    rf"(?:(?P<halfunit>个半(?:小时|月|世纪))|(?P<loose>个多(?:百分点|小时|月|季度|工作日))"
    rf"| ?(?P<unit>{UNIT})(?P<half>半(?!年|数))?)?"
    rf"(?P<level>级(?!别|差))?",
    re.MULTILINE,
)
FRACTION = re.compile(
    rf"(?P<sign>负)?(?P<whole>{ARABIC}|{CHINESE}|[百千万佰仟]+)分之"
    rf"(?P<part>{ARABIC}|{CHINESE}|[壹贰叁肆伍陆柒捌玖拾])"
)
TENTHS = re.compile(
    rf"(?<![{DIGIT}十\d.])(?P<number>{ARABIC}|[{DIGIT}两](?:点[{DIGIT}])?|十|半)成(?P<more>多)?"
    rf"(?P<extra>半|[{DIGIT}])?(?![立员为果本功效长都就品渝套熟交分绩型群])"
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
    rf"(?=[，。、；！：,;)）”\s的和与及]|$|(?<=[位名强]))|第(?P<bare>{NUMERAL})[位名](?!于)"
)
