"""Stages: what the words around a number say of the status of its figure.

Verbs name stages (签约, 开工, 投产, 到位). Words of intention (预计, 力争, 计划) govern the clauses
that follow them, up to one that states a fact.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from transfer_cli.extract.keywords import Context, first_code, keyword_pattern, last_code
from transfer_cli.extract.units import is_ratio

_DONE = "(?:完成|竣工|建成|投产|完工|开工|动工|签约)"
# The text says that the stage is not reached yet; the status is then empty.
PENDING = "pending"
# What has not come true. These words govern the verbs that follow them in their clause.
INTENTION = keyword_pattern(
    (
        (
            "expected",
            "预计|[有可]望|预期(?!目标)|可实现|可(?=为|发|带动|提供|新增|达|织|产|安排)"
            "|(?:达产|建成|投产|完工)后"
            "|将(?!近|其|要素|[在于][^，。；]{1,12}投资|[^，。；\\d]{0,4}(?:举办|召开|组织|开展|开工)|[^，。]{0,12}(?:打造|作为|引进|纳入|推送|列))",
        ),
        (
            "target",
            "目标|任务(?=\\d|[^，。；]{0,4}$)|力争|确保|务必"
            # 争取贷款 obtains loans.
            "|争取(?!到?(?:上级|中央|省级|国家|各类)?(?:专项|政策性?)?(?:项目资金|贷款|资金|债券|补助))"
            "|(?<![主重需首])要(?=在[^，。；]{1,14}基础上|增长|提[高升]|达到?|突破|实现|超过|再|新引进|新签)",
        ),
        (
            "planned",
            "(?<![扶动五比按照原])(?<![一二三四五六七八九十]年)计划(?![，。、的”])|规划(?![，。、的”])|设计|拟(?!投资)|筹建|谋划|推出|前期(?=项目)"
            "|将(?=[在于][^，。；]{1,12}投资|[^，。；\\d]{0,4}(?:举办|召开|组织|开展|开工))"
            "|发布(?=[^，。]{0,6}项目)",
        ),
    )
)
# 计划总投资 is a noun. It governs its own number only.
PLANNED_AMOUNT = re.compile(
    "(?:年度)?(?:计划|规划|设计)(?:完成)?(?:总|年)?(?:投资|用地|占地|面积|总额|产能|容量|产)[额量]?[^，。；\\d]{0,8}$"
)
# 超额完成年初确定的1000亿元目标: the amount is the target.
_AIM_BEHIND = re.compile("的?(?:年度|全年|预期|既定|总体)?(?:目标|任务)")
_PLAN_BEHIND = re.compile("(?:计划|规划|设计)总?(?:投资|总额|面积|用地|占地|产能|容量)")
_STAGE = keyword_pattern(
    (
        (PENDING, f"(?:尚?未|没有|尚待)(?:能|有|实现)?(?:如期|按期|按时)?{_DONE}"),
        ("negotiating", "在谈|洽谈(?!会|活动)|拟投资|意向(?=投资|签约|协议|项目|资金|金额)"),
        (
            "signed",
            "签约落[地户]|签[约署订下了]|新签|签定|促成|达成|协议(?=项目|投资|总|引|金额|资金|外资|内资)"
            "|合同(?=[总金外内投利引]|额|资)",
        ),
        (
            "completed",
            "完成(?:了)?[^，。；\\d]{0,8}投资|竣工|建成(?!后|区)|投产(?!后)|并网|试生产|试运营|达产(?![后业])|点火|投用|投运|完工"
            "|投入(?:使用|运营)|用时|验收",
        ),
        (
            "started",
            "开工(?!率)|在建|正(?:在|加[紧快])(?:建设|施工)|续建|复工|动工|奠基|启动(?!会|仪式|资金)|破土"
            "|(?:分批|批)推进(?=[^，。]{0,8}项目)",
        ),
        (
            "actual",
            "共建(?=项目)|(?<!签约)(?:引进|引入|承接)|引来|总装机|实际|落地|压减|淘汰|关停|化解|退出|实施",
        ),
    )
)
# Verbs of money: 92个完成投资292.1亿元 says nothing about the stage of the 92.
_STAGE_OF_MONEY = keyword_pattern(
    (
        (
            "completed",
            "到位|完成(?:了)?[^，。；\\d]{0,8}投资|完成(?![^，。；\\d]{0,12}(?:生产总值|增加值|产值|收入|税|零售额))",
        ),
        (
            "actual",
            "实际[使利]用|(?<!合同)(?<!协议)(?:[使利]用|投入)[^，。；\\d]{0,10}[内外]?资金?|入库|(?<!合同)(?<!协议)引资"
            "|累计投入"
            "|固定资产投资|固投|外商直接投资|(?:工业|房地产开发|基础设施|民间|技改|制造业)投资",
        ),
    )
)
# 完成全年目标的27.8%, 为计划总额的42.2%, 完成年度计划70%: the share is a fact.
_PLAN = "[^，。；\\d]{0,12}?(?:目标|任务|计划|预期|规划)[^，。；\\d]{0,8}"
_SHARE_OF_PLAN_STATED = re.compile(
    f"(?:完成|占|[为是]|达到?|相当于|实现|超额?)(?:了|到)?{_PLAN}(?:\\d[^，。；的]*)?的"
)
_SHARE_OF_PLAN = re.compile(f"{_SHARE_OF_PLAN_STATED.pattern}|(?:完成|占|超额?)了?{_PLAN}$")
_COMPARED_PLAN = re.compile("(?:[比较]|[高低]于)[^，。；\\d]{0,10}(?:目标|计划|预期)")
# What ends an intention: words of facts.
_FACTS = (
    "已|目前|现有|[仍尚][有未]|(?<![比较])(?:上年|去年)|完成了|实现了"
    # 力争…，实际使用外资16亿美元 is still an aim.
    "|实际(?!到[位账]|[使利]用)"
)
# 到2027年，累计引进项目2000个 is an aim as well.
_FACT = re.compile(f"{_FACTS}|同比|环比|累计")
FACT_AMONG_AIMS = re.compile(f"{_FACTS}|同比|环比")
_FACT_AFTER_AIM = re.compile(_FACTS)
# 围绕全覆盖的目标，建成34个: 目标 is a noun there, and governs nothing in later clauses.
_AIM = re.compile("力争|确保|争取|务必|目标[是为]|计划|要(?:达到?|突破|实现|超过|增长)")
SET_AIM = re.compile(
    "(?:力争|确保|计划(?=再|新|引进|签约|建设|实施))(?!.*(?:已|目前|完成了|实现了))"
)
# 力争150亿元，目前已完成目标的六成；新增20家: the fact is about the aim.
_SO_FAR = re.compile("，[^，；]{0,8}完成[^，；\\d]{0,6}(?:目标|任务)[^，；]*")
_AIMS_OF_PARAGRAPH = re.compile("(?:目标|任务)[是为]?[：:]")
_AIMS = keyword_pattern(
    (("target", "目标|打算|思路|要点|下一?步|重点任务"), ("planned", "方案|规划|纲要|计划|安排"))
)
# 下一步，…; 围绕上述目标，…: the first clause of a paragraph announces what is to be done.
AIM_OF_PARAGRAPH = re.compile(
    "(?:下一?步|下一?阶段|接下来|今后|展望|面向|为此|[^，。；\\d]{0,6}(?:上述|这[一些]|此)[^，。；]{0,4}目标"
    "|(?:按照?|根据)[^，。；]{0,10}(?:规划|目标|部署|安排))[^，。；]{0,6}[，：]"
)
REVIEW = re.compile("完成情况|基本情况|回顾|总结|进展|执行|基础(?=\n|$)|现状|成效")
"""What a heading says that looks back."""
_QUOTED = re.compile("“[^”]*”")
CLAUSE_MARK = re.compile("[，：]")
_TO_A_YEAR = re.compile("(?<![长加升至降展高大小少增年月])到(20\\d\\d)年")
TOTAL_INVESTMENT = re.compile("(?:总投资|投资总?额|投资合计)[^，。；]{0,6}$")
# 总投资6亿元，今年4月开工.
_BEGUN = re.compile(
    "[^、\\d]{0,8}(?:\\d{1,2}月)?[^、\\d]{0,6}(?:开工|动工|奠基|投产|竣工|建成)(?:建设|投产)?"
)
# 总投资22亿元，年产家具35万套.
_PROPERTY = re.compile(
    "(?P<plan>计划|规划|拟)?总?投资\\d[^；]*?，[^，；\\d]{0,8}(?:用地|占地|年产|产能|容量|库容|建筑面积|年处理)"
    "[^，；\\d]{0,8}$"
)
AVERAGE = re.compile("[亩人户]均|平均|强度")
COUNTS = re.compile("[个项宗]")

_MAY_HAVE_STAGES = re.compile("元$|^[个项宗]$")
_AREAS = re.compile("[县区市州省国镇乡村]|行业|部门|单位|方面")


Source = Literal["", "clause", "sentence", "heading", "figure"]


class Statement(NamedTuple):
    """A status, and where it is stated: ``figure`` if it is that of an earlier figure.

    The source is empty if the words state no status.
    """

    status: str
    source: Source


UNSTATED = Statement("", "")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is about, as far as its status needs it.

    ``has_stages`` is true for things that are signed, started and completed in turn,
    ``may_have_stages`` also for what is not known. ``year`` is the year of the text; ``is_past`` is
    true if the period of the figure ended before it. ``aims`` is the status of
    what is announced under a heading (see ``aims``).
    """

    unit: str
    has_stages: bool
    may_have_stages: bool
    year: int | None = None
    is_past: bool = False
    aims: str = ""

    @property
    def is_ratio(self) -> bool:
        return is_ratio(self.unit)

    @property
    def is_money(self) -> bool:
        return self.unit.endswith("元")


def passes_stages(unit: str) -> bool:
    """Return whether what a unit measures may be signed, started and completed in turn."""
    return _MAY_HAVE_STAGES.search(unit) is not None


def may_have_stages(unit: str, context: Context) -> bool:
    """Return whether a figure without an indicator may be of projects or of their money."""
    return passes_stages(unit) and not _AREAS.match(context.after)


def intention(context: Context, subject: Subject) -> Statement:
    """Return the intention that governs a number: from its clause, or from one before it.

    An intention holds over the clauses that follow it, up to one with a fact: 已, 同比. What a
    heading announces holds where the sentence states neither.
    """
    if _AIMS_OF_PARAGRAPH.search(context.sentence):
        return Statement("target", "sentence")
    to_come = _future_year(context, subject)
    facts_end = FACT_AMONG_AIMS if subject.aims or to_come.status else _FACT
    if SET_AIM.search(context.sentence):
        # 力争突破110亿元，同比增长10%: the growth is aimed at as well.
        facts_end = _FACT_AFTER_AIM
    clauses = CLAUSE_MARK.split(context.sentence)
    clauses[-1] = context.before if len(clauses) == 1 else clauses[-1]
    for place, clause in enumerate(reversed(clauses)):
        facts = list(facts_end.finditer(clause))
        governing = _without_shares(clause[facts[-1].end() :] if facts else clause, subject)
        code = last_code(INTENTION, governing)
        if place and code in ("target", "planned") and not _AIM.search(governing):
            continue
        # 计划总投资848亿元 plans an amount, not what follows it.
        if code and not (code == "planned" and _PLAN_BEHIND.search(governing)):
            return Statement(code, "sentence" if place else "clause")
        if facts:
            return to_come
    if subject.aims:
        return Statement(subject.aims, "heading")
    # 确保新签约200个；上半年到位资金突破600亿元.
    aimed = not facts and SET_AIM.search(_SO_FAR.sub("", context.lead))
    return Statement("target", "sentence") if aimed else to_come


def sets_aim(sentence: str) -> bool:
    """Return whether a sentence states an aim that holds for what follows in its paragraph."""
    return bool(SET_AIM.search(sentence) or _AIMS_OF_PARAGRAPH.search(sentence))


def is_aim(after: str) -> bool:
    """Return whether the words behind a number call it a target."""
    return _AIM_BEHIND.match(after) is not None


def aims(headings: Iterable[str]) -> str:
    """Return the status of what is to be done according to the title or heading, or an empty text.

    主要目标 announces targets, 实施方案 what is planned; of several the nearest counts.
    """
    announced = [heading for heading in headings if not REVIEW.search(heading)]
    return next(filter(None, (last_code(_AIMS, each) for each in reversed(announced))), "")


def _without_shares(clause: str, subject: Subject) -> str:
    """Return a clause without the plans that a share is a share of: 完成全年目标的27.8%."""
    clause = _COMPARED_PLAN.sub("", clause)
    pattern = _SHARE_OF_PLAN if subject.is_ratio else _SHARE_OF_PLAN_STATED
    return pattern.sub("", clause)


def _future_year(context: Context, subject: Subject) -> Statement:
    """Return target for 到2030年 in a text of an earlier year, also before a semicolon."""
    words = context.sentence if _FACT.search(context.sentence) else context.lead + context.sentence
    years = [int(year) for year in _TO_A_YEAR.findall(words)]
    if years and subject.year is not None and years[-1] > subject.year and not subject.is_past:
        return Statement("target", "sentence")
    return UNSTATED


def last_stage(text: str) -> str:
    """Return the last stage that a text names, or an empty text; “拿地即开工” names a slogan."""
    return last_code(_STAGE, _QUOTED.sub("", text))


def stage(text: str, subject: Subject) -> str:
    """Return the last stage that a text names, of those that the figure can have."""
    money = [match.end() for match in _STAGE_OF_MONEY.finditer(text)] if subject.is_money else []
    named = [match.end() for match in _STAGE.finditer(text)]
    if money and (not named or money[-1] >= named[-1]):
        return last_code(_STAGE_OF_MONEY, text)
    return last_stage(text)


def behind(after: str, subject: Subject) -> str:
    """Return the status that the words behind a number state: 六条产线达产后, 十个项目签约.

    They end where a list goes on, but for what is said of all of it: 等项目的签约.
    """
    own, _comma, rest = after.partition("、")
    own += rest[rest.find("等") :] if "等" in rest else ""
    if not subject.is_past and (code := first_code(INTENTION, own)):
        return "" if _PLAN_BEHIND.search(own) else code
    code = first_code(_STAGE, own)
    if not subject.is_money and code == "completed" and re.search("完成|到位", own):
        return ""
    return code


def begun(clause: str) -> str:
    """Return the stage of a project that the clause behind its total investment states.

    If one of its phases has begun, it is started: 总投资6亿元，首期9月投产.
    """
    if not _BEGUN.fullmatch(clause) or names_intention(clause):
        return ""
    code = last_stage(clause)
    return "started" if code and "期" in clause else code


def is_property(sentence: str, *, signed: bool) -> bool:
    """Return whether the words before a number make it a property of a project that is planned.

    So are those of a project that is ``signed``.
    """
    match = _PROPERTY.search(sentence)
    return match is not None and (signed or match["plan"] is not None) and "已" not in match[0]


def names_intention(text: str) -> bool:
    """Return whether a text names an intention."""
    return INTENTION.search(text) is not None


def names_fact(text: str) -> bool:
    """Return whether a text has words of facts: 已, 同比, 累计."""
    return _FACT.search(text) is not None


def names_status(text: str) -> bool:
    """Return whether a text names an intention or a stage."""
    return names_intention(text) or _STAGE.search(text) is not None
