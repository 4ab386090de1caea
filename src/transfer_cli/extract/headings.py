"""The year of a text, and its title and headings."""

import re
from collections import Counter

from transfer_cli.extract.numerals import parse_number
from transfer_cli.extract.text import PARAGRAPH

DIGITS = "一二三四五六七八九十"
YEAR = r"(?:(?:19|20)\d\d|二[〇零][〇零一二三四五六七八九]{2})"
MONTH = r"(?:1[0-2]|0?[1-9](?!\d)|十[一二]?|[一二三四五六七八九])"
DAY = r"[0-3]?\d"

# 预计2026年, 到2025年 and 2025年底前 are in the future; 由2019年增长到2023年 is in the past.
_IN_FUTURE = r"(?:1?\d月)?[底末]?之?前(?![\d一二三四五六七八九十两])"
_PAST_YEAR = re.compile(
    rf"(?<![计划较比将望争\d])(?<![\n。；，：间争划标保望取]到)(?P<year>{YEAR})年(?!{_IN_FUTURE})"
)
_TITLE_YEAR = re.compile(rf"(?<!\d)(?P<year>{YEAR})(?=年|(?!\d))")
# （2022年9月更新）
_ISSUED = "(?:更新|发布|整理|修订|印发)?"
_DATELINE = re.compile(
    rf"^[^\n。；]{{0,16}}?[（(]?(?P<year>{YEAR})年{MONTH}月(?:{DAY}日)?{_ISSUED}(?:[）)]|[讯电]|$)"
    rf"|^[^\n。；]{{0,16}}?(?P<issue>{YEAR})年第\d+期"
    rf"|截[至止](?P<until>{YEAR})年",
    re.MULTILINE,
)
_FULL_DATE = rf"(?:{YEAR}年{MONTH}月{DAY}日|(?:19|20)\d\d[-./]\d\d?[-./]\d\d?)"
# A line that only says when a text was published or given: 发布时间：2024年7月22日,
# 某市统计局2023年7月25日, 2024年1月16日在县人民代表大会第四次会议上. It is not a heading.
DATE_ALONE = re.compile(
    rf"[（(]?{YEAR}年{MONTH}月{_ISSUED}[）)]?"
    # 来源：湖南日报 时间：2025年1月20日 09:15
    rf"|[^\d\n。；，：]{{1,8}}：[^\n。；，]{{0,30}}{_FULL_DATE}[^\n。；，]{{0,40}}"
    rf"|(?!.*截[至止])(?:[^\d\n。；，]{{0,24}}|[^\n。；，]{{0,24}}[期号][（(]?){_FULL_DATE}[^\d\n。；，]{{0,40}}"
    rf"|[^\d\n。；，]{{1,20}}[局办室委会厅部处心社队院组府署关所][（(]?{YEAR}年{MONTH}月[）)]?"
)
# A year in which something began, that others are compared with, or that is planned for, says
# little about the text.
_BEGINNING = re.compile("以来|来|起")
_COMPARED = re.compile("[比较与同和]$")
_PLANNED = re.compile("[^，。；\\d]{0,4}(?:计划|拟)(?!总投资)")
# 投资指南（2025年版）: the year of an edition is not that of the figures in it.
EDITION = re.compile("年?[^，。；\\d]{0,2}版|年?[^，。；\\d]{0,8}(?:指南|手册|名录)")
_PLAN_IN_TITLE = re.compile("方案|规划|纲要|计划|行动")
_FIVE_YEARS = re.compile("(十[一二三四五六七])五")
_MAX_HEADING = 36
# Columns that spaces separate are a row of a table.
_PUNCTUATION = re.compile(r"[。，；！？|,;!?\t]|[：:]$|\S {2,}\S")
_MAX_TITLE = 45
_SENTENCE_MARK = re.compile("[。；！？|]|[讯电][ \u3000]")
_MIN_SHARE_OF_VOTES = 0.6


# 2024年第一期 numbers the issue of a bulletin; its figures may be of another year.
ISSUE = re.compile(f"第?(?:\\d+|[{DIGITS}]+)[期号]")
# 在2018年全省推进会上的报告 is about the year before.
OF_MEETING = re.compile("[^\\n]*会议?上的")


# A work report of 2025 is given early in that year: its results are those of 2024.
_WORK_REPORT = re.compile("工作报告|会议?上的(?:报告|讲话)")
# What is written at the end of its year.
_ANNUAL = re.compile("总结|公报|年报|回顾")


def title_of(text: str) -> str:
    """Return the first line of a text that is not empty."""
    return next((line for line in text.split(PARAGRAPH) if line.strip()), "")


def is_work_report(text: str) -> bool:
    """Return whether a text looks back on the year before the one in its title."""
    return _WORK_REPORT.search(title_of(text)) is not None


def year_reviewed(text: str, year: int) -> int:
    """Return the year that 过去一年 means in a text of a year: mostly the one before."""
    return year if _ANNUAL.search(title_of(text)) else year - 1


def is_plan(title: str) -> bool:
    """Return whether a title is that of a plan, whose tasks are of its years."""
    return _PLAN_IN_TITLE.search(title) is not None


def is_title(line: str) -> bool:
    """Return whether the first line of a text is its title: short, and no sentence."""
    return len(line) <= _MAX_TITLE and not _SENTENCE_MARK.search(line)


SUBHEADING = re.compile(rf"[（(][{DIGITS}\\d]+[）)]|\\d+[.、．]")


def is_heading(paragraph: str) -> bool:
    """Return whether a paragraph is a title or a heading: short, and without punctuation."""
    return (
        0 < len(paragraph) <= _MAX_HEADING
        and not _PUNCTUATION.search(paragraph)
        and not DATE_ALONE.fullmatch(paragraph)
    )


def current_year(text: str) -> int | None:
    """Return the year that a folded text calls 今年, or None.

    This is the year of its title; else of its dateline or of 截至; else the latest of the years
    that most of its sentences state, without those that are in the future.
    """
    title = title_of(text)
    in_title = list(_TITLE_YEAR.finditer(title))
    editions = [year for year in in_title if EDITION.match(title, year.end())]
    if is_heading(title):
        planned = is_plan(title)
        if years := [_year_of(year["year"]) for year in in_title if year not in editions]:
            # A plan of 2023—2027 is written at its beginning, a review at the end of its years.
            return min(years) if planned else max(years)
        if planned and (plan := _FIVE_YEARS.search(title)):
            # The fourteenth five-year plan (“十四五”) began in 2021.
            return 1951 + 5 * _year_of(plan[1])
    if match := _DATELINE.search(text):
        return _year_of(match["year"] or match["issue"] or match["until"])
    sentences = re.split("[。！？\n]", text)
    votes: Counter[int] = Counter()
    for sentence in sentences:
        weights: dict[int, int] = {}
        for match in _PAST_YEAR.finditer("\n" + sentence):
            year = _year_of(match["year"])
            weights[year] = max(_weight(match), weights.get(year, 0))
        votes.update(weights)
    most = max(votes.values(), default=0)
    likely = [year for year in votes if votes[year] >= _MIN_SHARE_OF_VOTES * most]
    return max(likely or [_year_of(year["year"]) for year in editions], default=None)


def _weight(year: re.Match[str]) -> int:
    text, start, end = year.string, year.start(), year.end()
    if _COMPARED.search(text, start - 1, start) or _PLANNED.match(text, end):
        return 0
    return 1 if _BEGINNING.match(text, end) else 2


def _year_of(text: str) -> int:
    return int(parse_number(text))
