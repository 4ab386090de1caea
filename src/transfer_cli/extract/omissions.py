"""Numerals that are not quantities: dates, ordinals, models, slogans, telephone numbers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from transfer_cli.extract.grammar import ARABIC, CHINESE, DIGIT, NUMERAL
from transfer_cli.extract.text import ReportText
from transfer_cli.extract.units import MAGNITUDE, UNIT

SECOND_PRINTING = "second printing"
CODE = "code"
Step = Literal["long", "sure", "fragments", "ordinals"]

_HAN = r"\u4e00-\u9fff"
_COUNTED = rf"(?:{CHINESE}(?:大|{UNIT})|\d+个(?!亿|百))"
_ACRONYM = "(?:GDP|CPI|PPI|PMI|IPO|USD|EUR|RMB|CNY)"
_ALONE = rf"(?<![\d.{DIGIT}十百千])"

_Patterns = tuple[tuple[str, tuple[str, ...]], ...]
# No figure has so many digits. The other patterns need not be matched against long runs of them.
_LONG: _Patterns = (
    (
        CODE,
        (r"\d{31,}(?:[.,]\d+)*", rf"[{DIGIT}零〇两十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]{{31,}}"),
    ),
)
_SURE: _Patterns = (
    (
        "link",
        (
            r"(?:https?://|www\.)[\w./?=&%#:~+-]+",
            r"(?<![\w.+-])[A-Za-z\d_.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}",
        ),
    ),
    ("title", (r"《[^《》\n]{1,60}》",)),
    (
        "document number",
        (
            r"[〔\[（(【](?:19|20)\d\d[〕\]）)】]\s?第?\d+号",
            r"(?:GB|ISO|DB|HJ|IEC)(?:/T)? ?-?\d[\d.]{0,20}(?:[-—:]\d{4})?",
        ),
    ),
    (
        "telephone",
        (
            r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8}|[48]00-?\d{3}-?\d{4})(?!\d)",
            r"(?<=电话)[:：]?\d{7,8}|(?<=热线)[:：]?\d{5}|\d{5}(?=热线)",
        ),
    ),
    (
        "slogan",
        (
            rf"\d+[{_HAN}A-Za-z]{{0,3}}(?:\+[\dNXn]+[{_HAN}]{{0,3}})+|(?<![\w+])[\dN]\+(?!\d)",
            r"“(?=[^”\n]{0,12}\d)[\d+\-X×·]{1,12}”",
            rf"[“‘](?=[^“”‘’，。；\n]{{0,8}}{_COUNTED})[^“”‘’，。；\n\d]{{1,12}}[”’]",
            rf"“(?:[^“”，。；\n]{{0,12}}?{_COUNTED}[^“”，。；、\n\d]{{0,12}}、)+"
            r"[^“”，。；\n]{0,24}”",
            "[两三四五八](?:个(?:维护|确立|意识|自信|全面|毫不动摇|结合|务必)|位一体)|三区三线",
        ),
    ),
    ("programme", (rf"{NUMERAL}年(?:行动|规划|攻坚|倍增|提升|滚动|大变样)",)),
    (
        "name",
        (
            r"(?:世界|全球|中国|全国|民企|财富|《财富》)?\d{2,4}强|\d+号(?!\d)|(?<!\d)\d{6}\.(?:SH|SZ|HK)|(?<!\d)\d{3,4}(?=国道|省道)",
            r"(?<![\d.])\d{9,}(?!\d|[.,]\d|\s?[元亿万吨美欧日])",
            rf"党的[{DIGIT}十]+大|{_ALONE}(?:二十|十[{DIGIT}])大(?=精神|报告|召开|以来|部署|[，。”])",
            rf"(?<!第){_ALONE}[{DIGIT}十]+届(?:[{DIGIT}]中全会|[{_HAN}]{{0,6}}?[{DIGIT}]次会议)?",
            rf"{_ALONE}(?:三元(?=材料|锂|正极|前驱|电池|催化|乙丙)|[一二]元(?=化|结构))",
        ),
    ),
)
_NUMBER = r"\d{1,9}(?:\.\d{1,9})?"
_FRAGMENTS: _Patterns = (
    (
        "ratio",
        # 9.3:38.6:52.1 is not a time of day, unlike 9:30.
        (rf"(?<![\d.]){_NUMBER}(?:[:：∶]{_NUMBER}){{2,9}}|(?<![\d.])\d+\.\d+[:：∶]{_NUMBER}",),
    ),
    (
        "date",
        (
            rf"{NUMERAL}周年|\d{{1,2}}世纪(?:\d0年代)?|(?<!\d)\d0年代|(?<!\d)(?:[6-9][05]|00|10)后",
            r"(?<![\d:])\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?![\d:])",
            r"(?:上午|下午|晚上?|凌晨|中午|早上?)\d{1,2}[时点](?:\d{1,2}分|半|许)?",
            r"(?<![\d.])(?:1\d|2[0-4]|\d)时(?:\d{1,2}分)?(?![代间期])",
            r"(?<![\d.])(?:3[01]|[12]\d|0?[1-9])日(?!元|内|以内|均|圆|历)",
        ),
    ),
    (
        "list number",
        (
            r"^ ?(?:\d{1,2}(?:[、)）]|\.(?!\d))|[（(](?:\d{1,2}|[一二三四五六七八九十]+)[)）])",
            rf"^ ?\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?![\d.])(?=[{_HAN} ])"
            rf"(?! ?(?:{MAGNITUDE}|{UNIT}|成))",
            r"(?<=[。；：:;])(?:[（(]\d{1,2}[)）]|\d{1,2}[、．](?!\d))",
        ),
    ),
    (
        "model number",
        (
            rf"(?<![A-Za-z0-9])(?!{_ACRONYM}\d|[A-Z]{{3,}}\d+[个家项名])"
            r"[A-Za-z]+-?\d[\d.]*[A-Za-z]*(?:[-/]\d+)?(?![\d.%])",
            r"(?<![\d.A-Za-z])\d{1,2}(?:\.\d)?(?:[GDK](?![A-Za-z])|A级)|(?<![\d.])\d{1,2}(?:\.\d)?代",
            r"(?<![\d.])\d\.0(?=时代|版|[，。、”战升])",
        ),
    ),
    ("ratio", (r"(?<![\d.])\d+(?:\.\d+)?[:∶]\d+(?:\.\d+)?",)),
    (
        "grade",
        (
            rf"{_ALONE}(?<!万)(?<!亿)[{DIGIT}1-9](?:、[{DIGIT}1-9]){{0,9}}级(?!差)",
            rf"{_ALONE}[{DIGIT}](?:、[{DIGIT}]){{0,9}}类(?:、[{DIGIT}]类)*",
        ),
    ),
)
_ORDINALS: _Patterns = (
    (
        "ordinal",
        (
            rf"第{NUMERAL}(?:[-—、至]{NUMERAL})*(?:代|方阵|梯队|阶段|线|季|期|{UNIT})?",
            rf"{_ALONE}[{DIGIT}十]{{1,2}}(?:、[{DIGIT}十])*期(?![货间待望])|(?<!\d)\d期(?![货间])",
            "(?<=“)[两三四五六](?=个“)|两个(?=“)",
        ),
    ),
)
_PATTERNS = {
    step: [(reason, re.compile(pattern, re.M)) for reason, group in table for pattern in group]
    for step, table in (
        ("long", _LONG),
        ("sure", _SURE),
        ("fragments", _FRAGMENTS),
        ("ordinals", _ORDINALS),
    )
}
# In 1亿千瓦 the 千 is part of the unit.
_UNIT_WITH_KILO = "千[瓦克卡伏赫焦帕]"
_NUMERAL = re.compile(
    rf"{ARABIC}|(?<!\d)第?(?!半|{_UNIT_WITH_KILO})[{DIGIT}十两百千]{CHINESE}?(?:、{CHINESE})*"
    rf"(?:期|季度|方阵|{UNIT}|(?=月|年|旬))"
)
_ARABIC = re.compile(ARABIC)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A stretch of text whose numerals are not quantities, with the reason.

    ``whole`` is true if the stretch is one numeral with its unit.
    """

    start: int
    end: int
    reason: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Omission:
    """A numeral that is not a quantity, as printed, with the reason."""

    start: int
    end: int
    line: int
    token: str
    reason: str


def exclusions(text: str, step: Step) -> Iterator[Exclusion]:
    """Yield the stretches that match the patterns of a step.

    ``long`` numerals come first. ``sure`` patterns hold whatever else could be read there.
    ``fragments`` hold after the time expressions are excluded, ``ordinals`` after the ranks are.
    """
    for reason, pattern in _PATTERNS[step]:
        for match in pattern.finditer(text):
            yield Exclusion(match.start(), match.end(), reason)


def omissions_in(report: ReportText, excluded: Iterable[Exclusion]) -> list[Omission]:
    """Return the numerals of the excluded stretches, in the order of the report."""
    omissions = [
        Omission(start, end, report.line_at(start), report.printed(start, end), each.reason)
        for each in excluded
        for start, end in _numeral_spans(report.text, each)
    ]
    return sorted(omissions, key=lambda omission: omission.start)


def _numeral_spans(text: str, each: Exclusion) -> list[tuple[int, int]]:
    if each.whole:
        return [(each.start, each.end)]
    # A second printing or a code in Chinese numerals is one numeral as a whole.
    if each.reason in (SECOND_PRINTING, CODE) and not _ARABIC.search(text, each.start, each.end):
        return [(each.start, each.end)]
    return [match.span() for match in _NUMERAL.finditer(text, each.start, each.end)]
