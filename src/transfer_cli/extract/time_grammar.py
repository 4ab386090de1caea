"""The grammar of the time expressions of Chinese prose, as one regular expression."""

import re

from transfer_cli.extract.headings import DAY, DIGITS, MONTH, YEAR
from transfer_cli.extract.units import MAGNITUDE, UNIT

_DASH = "(?:——?|––?|-|~|至|到)"
_QUARTER = "[一二三四1-4]"
_COUNT = rf"(?:\d{{1,2}}|[{DIGITS}两]{{1,3}})"
# 今年 is a year of the whole text; 当年 and 上年 refer to the year that was named last.
OF_TEXT = {
    "今年": 0,
    "本年": 0,
    "去年": -1,
    "前年": -2,
    "明年": 1,
}
# The year that a text looks back on (see ``headings.year_reviewed``).
REVIEWED = ("过去一年", "过去的一年", "一年来")
OF_CONTEXT = {"当年": 0, "同年": 0, "上年": -1, "上一年": -1, "次年": 1, "翌年": 1}
_RELATIVE = "|".join(sorted((*OF_TEXT, *OF_CONTEXT, *REVIEWED), key=len, reverse=True))


# 全年目标 and 年度计划投资 are about the year as a whole, and about nothing that follows them.
_PLANNED = "(?:全年|年度)(?=[^，。；\\d]{0,4}(?:目标|任务|计划))"


def _part_of_year(prefix: str, year_word: str) -> str:
    """Return the pattern of a part of a year, with a prefix to its group names.

    The prefix lets the pattern occur twice in one expression.
    """
    return "|".join(
        f"(?:{pattern})".replace("(?P<", f"(?P<{prefix}")
        for pattern in (
            rf"第?(?P<quarter_from>{_QUARTER})(?:季度)?{_DASH}第?(?P<quarter_to>{_QUARTER})季度",
            rf"第?(?P<quarter_list>{_QUARTER}(?:(?:季度)?[、和与及]第?{_QUARTER}){{1,3}})季度",
            rf"第?(?P<quarter>{_QUARTER})季度",
            "(?P<half>[上下])半年",
            "(?<![提之此以目日])前(?P<quarters>[二两三23])个?季度",
            rf"(?:(?<![提之此以目日])前|头)(?P<first_months>{_COUNT})个?月",
            rf"(?P<month_from>{MONTH})月?份?{_DASH}(?P<month_to>{MONTH})月份?",
            rf"(?P<month_list>{MONTH}(?:月?份?[、和与及]{MONTH}){{1,11}})月份?",
            rf"(?P<month>{MONTH})月(?:(?P<day>{DAY})[日号]"
            rf"(?:{_DASH}(?:(?P<last_month>{MONTH})月)?(?P<last_day>{DAY})[日号])?"
            r"|(?P<month_end>[底末])|份|初|(?P<third>中旬?|[上下]旬))?",
            f"(?P<plan_of_year>{_PLANNED})",
            f"(?P<whole>全年|(?<![\\d两几半{DIGITS}])年内)(?!可(?!达|实现|完成|望)|能|都|均|无|不)",
            f"{year_word}(?P<year_end>[底末])(?![部层端])",
            # 年初确定的目标 is of the year, not of its first day.
            f"{year_word}(?P<year_start>初)(?![既确制设预]定|提出|下达|计划|预期)",
            "(?P<same>同期)",
            "(?P<this_month>[当本]月)",
        )
    )


_BARE_YEAR = rf"(?<=\d\d\d\d)(?![\d.,%a-zA-Z+]|-\d| ?{MAGNITUDE}| ?{UNIT})"
_DATED = (
    # 3.2022年 is the third item, about 2022.
    rf"(?:(?:(?:(?<![\d.A-Za-z])|(?<=[\n。；：]\d\.))(?P<year>{YEAR})(?:年度?(?!代)|{_BARE_YEAR})"
    # 上年 is not a year in 网上年销售额 and 以上年份, nor 明年 in 表明年均.
    rf"|(?<![网线以说表证声])(?P<relative>{_RELATIVE})度?)的?"
    rf"(?:{_part_of_year('with_', '年?')})?"
    rf"|(?:(?<![\d.{DIGITS}])|(?<=表\d))(?:{_part_of_year('', '(?<![每历近往多])年')}))"
    "(?P<since>以来|来(?!看|说|自)|起(?!步|点|源|来))?"
)
# No time expression begins with another character: most of the text is passed over at once.
_FIRST = rf"(?=[\d{DIGITS}〇零两第今本去前明过当同上下次翌全年“近最此未截目如现迄至眼长接头])"
TIME = re.compile(
    f"{_FIRST}(?:"
    + "|".join(
        (
            rf"(?P<from_year>{YEAR})年(?P<from_month>{MONTH})月{_DASH}"
            rf"(?P<to_year>{YEAR})年(?P<to_month>{MONTH})月份?",
            rf"(?P<first_year>{YEAR})年?{_DASH}(?P<last_year>{YEAR})年"
            rf"(?P<last_month_of_years>{MONTH})月",
            rf"(?P<first_year_only>{YEAR})年?{_DASH}(?P<last_year_only>{YEAR})年度?",
            f"(?:“(?P<plan>[七八九]|十[{DIGITS}]?)五”|(?P<bare_plan>十[一二三四五六])五"
            "(?=规划|时期|期间|以来|末|[，。、的初]))(?:规划|时期|期间)?"
            "(?:(?P<plan_since>以来)|(?P<plan_end>期?末)|前(?P<plan_years>[一二两三四])年)?",
            rf"(?:过去(?!的?一年)|近|最近|此前)的?(?P<past>{_COUNT})[多余]?年[多间来]?",
            rf"(?:未来|今后)的?(?:{_COUNT}{_DASH})?(?P<future>{_COUNT})年[内间]?",
            rf"(?<![\d.第{DIGITS}])(?!一年来)(?P<lapse>{_COUNT})[多余]?年(?:[来间里](?!看|自|程)|(?=累计|合计|共|总计|年均|新增))",
            r"(?P<iso_year>(?:19|20)\d\d)[-./](?P<iso_month>\d\d?)[-./](?P<iso_day>\d\d?)(?!\d)",
            _DATED,
            "(?P<now>截[至止]目前|目前|如今|当前|现已|迄今|(?<!截)至今(?!年)|眼下|近年来?|长期以来|近期|下一?步|接下来)",
        )
    )
    + ")"
)
