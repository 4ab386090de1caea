"""The patterns of time expressions."""

import re

from transfer_cli.report.units import MAGNITUDE, UNIT

_CN = "一二三四五六七八九十"
_DASH = "(?:——?|––?|-|~|至|到)"
_YEAR = r"(?:(?:19|20)\d\d|二[〇零][〇零一二三四五六七八九]{2})"
_MONTH = r"(?:1[0-2]|0?[1-9](?!\d)|十[一二]?|[一二三四五六七八九])"
RELATIVE = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_COUNT = rf"(?:\d{{1,2}}|[{_CN}两]{{1,3}})"


def _part_of_year(prefix: str, year_word: str) -> str:
    """The pattern of a part of a year; a prefix to its group names lets it stand twice."""
    return "|".join(
        f"(?:{pattern})".replace("(?P<", f"(?P<{prefix}")
        for pattern in (
            "第?(?P<quarter>[一二三四1-4])季度",
            "(?P<half>[上下])半年",
            "前(?P<quarters>[二两三23])个?季度",
            rf"前(?P<first_months>{_COUNT})个?月",
            rf"(?P<month_from>{_MONTH})月?份?{_DASH}(?P<month_to>{_MONTH})月份?",
            rf"(?P<month>{_MONTH})月"
            r"(?:(?P<day>[0-3]?\d)[日号]|(?P<month_end>[底末])|份|初|中旬?|[上下]旬)?",
            f"{year_word}(?P<year_end>[底末])(?![部层端])",
        )
    )


_BARE_YEAR = rf"(?<=\d\d\d\d)(?![\d.,%a-zA-Z+]|-\d| ?{MAGNITUDE}| ?{UNIT})"
_DATED = (
    rf"(?:(?:(?<![\d.A-Za-z])(?P<year>{_YEAR})(?:年度?(?!代)|{_BARE_YEAR})"
    # 网上年销售额, 以上年份 and 表明年均 hold no year.
    rf"|(?<![网线以说表证声])(?P<relative>{'|'.join(RELATIVE)}))的?"
    rf"(?:{_part_of_year('with_', '年?')})?"
    rf"|(?<![\d.])(?:{_part_of_year('', '年')}))(?P<since>以来|来(?!看|说)|起(?!步|点|源))?"
)
TIME = re.compile(
    "|".join(
        (
            rf"(?P<first_year>{_YEAR})年?{_DASH}(?P<last_year>{_YEAR})年度?",
            f"“?十(?P<plan>[{_CN}])五”?(?=规划|时期|期间|以来|末|[，。、的初])",
            rf"(?:过去|近|最近|此前)的?(?P<past>{_COUNT})[多余]?年[多间来]?",
            rf"(?:未来|今后)的?(?:{_COUNT}{_DASH})?(?P<future>{_COUNT})年[内间]?",
            r"(?P<iso_year>(?:19|20)\d\d)[-./](?P<iso_month>\d\d?)[-./](?P<iso_day>\d\d?)(?!\d)",
            _DATED,
            "(?P<now>截[至止]目前|目前|如今|当前|现已|迄今|至今|近年来?|长期以来|近期)",
        )
    )
)
# 比上年同期, 较2020年末, 与2019年相比, 去年的2.5倍: what is compared with is not when it was.
BASE_BEFORE = re.compile("(?:(?<!占)比|较|相对于?)$")
BASE_AFTER = re.compile(r"(?:同期|末|底|全年)?(?:相比|持平)|的? ?\d[\d.]*倍")
# 预计2026年, 到2025年 and 2025年底前 look ahead; 由2019年增长到2023年 tells of a past.
_AHEAD = r"(?:1?\d月)?[底末]?之?前(?![\d一二三四五六七八九十两])"
_BY_NOW = rf"(?<![计划较比将望争\d])(?<![\n。；，间争划标保望取]到)(?P<year>{_YEAR})年(?!{_AHEAD})"
CURRENT_YEAR = re.compile(
    rf"{_BY_NOW}(?:以来|来|[上下]半年|第?[一二三四]季度|前|1?\d月|1?\d?{_DASH}1?\d月)"
)
ANY_YEAR = re.compile(_BY_NOW)
