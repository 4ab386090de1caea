"""Statuses: the stage of a figure, from the words that govern it, or from earlier figures.

``unspecified`` is the stage of a figure that passes through stages if none is printed; figures
without stages are facts: ``actual``.
"""

import re
from typing import NamedTuple

from transfer_cli.extract import stages
from transfer_cli.extract.inherited import UNDATED, Dating
from transfer_cli.extract.keywords import Context, last_code
from transfer_cli.extract.mentions import Mention
from transfer_cli.extract.stages import PENDING, UNSTATED, Source, Statement, Subject
from transfer_cli.extract.timeline import Timeline
from transfer_cli.model import periods
from transfer_cli.model.vocabulary import Indicator

FUTURE = frozenset({"expected", "target", "planned"})
"""Statuses of figures that have not come true."""
# 达产后年产值50亿元 and 每月可节电 are not of the period in which the project began.
_WHEN_BUILT = re.compile("(?:达产|建成|投产|完工|竣工)后")
# 今年8月投产，预计税收6000万元: the time is that of the start.
_BEGAN = re.compile("[年月日底初](?:前|份)?(?:正式|全面)?(?:开工|动工|投产|建成|竣工)(?!后)")
_ESTIMATED = re.compile("预计(?:全[年省市区县州]|[^，。；\\d]{0,12}完成)")
_EACH_YEAR = re.compile("每[年月日]|年产|全年可")

_MONTHS = 12


class Stage(NamedTuple):
    """The status of a figure and where it is stated, and its period as far as the status allows.

    ``competes`` is true if other words of its sentence suggest another status.
    """

    status: str
    dating: Dating
    source: Source = ""
    competes: bool = False


class StatusReader:
    """Reads the status of the figures of a text in order; later figures refer to earlier ones.

    来自东部的930个 after 签约项目3989个 is signed as well. ``year`` is the one called 今年.
    """

    def __init__(self, timeline: Timeline, year: int | None) -> None:
        self._timeline = timeline
        self._year = year
        self._section = -1
        # The paragraph whose last figure is an aim, and the period of this.
        self._aiming, self._aimed = -1, ""
        self._stages: dict[str, list[str]] = {}

    def read(self, context: Context, mention: Mention, indicator: Indicator | None) -> Stage:
        """Return the stage of the next figure, with its period.

        The status is empty if the text only says that a stage is not reached.
        """
        if (section := self._timeline.section(mention.start)) != self._section:
            self._section, self._stages = section, {}
        dating = self._timeline.dating(mention)
        subject = self._subject(context, mention, indicator, dating)
        statement = self._status(context, subject, alone=mention.cell)
        if statement.status in FUTURE and self._timeline.is_former(mention):
            # 由62%提高到85%: the first value is a fact.
            statement = Statement("actual", "clause")
        if not statement.source and stages.is_property(
            context.sentence, signed=self._stages.get("元", [])[-1:] == ["signed"]
        ):
            statement = Statement("planned", "sentence")
        is_future = statement.status in FUTURE
        if self._goes_on(dating) and not (is_future or stages.names_fact(context.sentence)):
            # 2023—2025年 in a text of 2023: most of it is still to come.
            statement = Statement("target", "clause")
        paragraph = self._timeline.paragraph(mention.start)
        # 力争突破110亿元。新开工项目60个。: an aim holds in its paragraph, up to a fact.
        is_dated = dating.source in ("clause", "sentence") and not self._is_to_come(dating.period)
        is_dated = is_dated and dating.period != self._aimed
        if stages.sets_aim(context.sentence) and statement.status in FUTURE:
            self._aiming, self._aimed = paragraph, dating.period
        elif subject.is_past or is_dated or stages.FACT_AMONG_AIMS.search(context.sentence):
            self._aiming = -1
        elif self._aiming == paragraph and statement.status not in FUTURE:
            statement = Statement("target", "sentence")
        if statement.status in FUTURE:
            dating = self._of_future(statement.status, context, mention, dating)
            if dating.source in ("", "proposal") and (plan := self._timeline.plan(mention.start)):
                # The tasks of a plan are of its years.
                dating = Dating(plan, "proposal")
        competes = _competes(statement.source, context, subject)
        return Stage(statement.status, dating, statement.source, competes)

    def _subject(
        self, context: Context, mention: Mention, indicator: Indicator | None, dating: Dating
    ) -> Subject:
        is_past = self._is_past(dating.period)
        above = self._timeline.headings(mention.start)
        if is_past:
            # A plan looks back on the years before it: 到2022年底，…。常住人口9800万人.
            above = above[1:] if dating.source == "proposal" else []
        # 2023年开工，预计年产值50亿元: an intention in the clause is not of the time before it.
        stated_here = dating.source == "clause" or (
            dating.source == "sentence" and not last_code(stages.INTENTION, context.before)
        )
        return Subject(
            mention.unit,
            # An average passes through no stages: 亩均投资强度.
            indicator is not None
            and indicator.has_stages
            and not stages.AVERAGE.search(context.before),
            indicator.has_stages if indicator else stages.may_have_stages(mention.unit, context),
            self._year,
            is_past=stated_here and is_past,
            aims=stages.aims(above),
        )

    def _status(self, context: Context, subject: Subject, *, alone: bool) -> Statement:
        """Return the status of a figure, stated or by its kind.

        A figure that stands alone, in a cell, neither has nor gives a stage of another.
        """
        if subject.is_ratio:
            return self._of_ratio(context, subject)
        found = _stated(context, subject)
        if not (found.status or alone) and (
            subject.has_stages or stages.COUNTS.fullmatch(subject.unit)
        ):
            found = self._of_others(context, subject)
        code = found.status
        if code and code not in FUTURE | {PENDING} and subject.may_have_stages and not alone:
            self._stages.setdefault("元" if subject.is_money else subject.unit, []).append(code)
        if subject.unit == "户" and code in ("started", PENDING):
            # 开工19户 and 1户没有开工 count firms by whether they are at work.
            return Statement("actual", "clause")
        if code == PENDING:
            return UNSTATED
        return found if code else Statement("unspecified" if subject.has_stages else "actual", "")

    def _is_past(self, period: str) -> bool:
        """Return whether a period ended before the year of the text."""
        found = periods.find(period)
        return found is not None and self._year is not None and found.end.year < self._year

    def _is_to_come(self, period: str) -> bool:
        """Return whether a period begins after the year of the text."""
        found = periods.find(period)
        return found is not None and self._year is not None and found.start.year > self._year

    def _goes_on(self, dating: Dating) -> bool:
        """Return whether years that a sentence states, with an end, reach beyond the text's."""
        stated = dating.source in ("clause", "sentence", "inferred")
        found = periods.find(dating.period) if stated else None
        if found is None or self._year is None or dating.period.endswith(".."):
            return False
        return found.months > _MONTHS and found.start.year <= self._year < found.end.year

    def _of_future(self, status: str, context: Context, mention: Mention, dating: Dating) -> Dating:
        """Return the period of a figure that has not come true; it does not belong to the past."""
        if dating.source == "clause":
            return dating
        began = _BEGAN.search(context.sentence) is not None
        if dating.source == "sentence" and _ESTIMATED.search(context.sentence) and not began:
            # 过去一年，预计全县生产总值完成30亿元 is of the year that ends.
            return dating
        if dating.source == "sentence" and self._is_to_come(dating.period) and not began:
            # 到2015年，三期建成后，产值有望达到500亿元, but not 拟于2023年开工，达产后年产值.
            return dating
        if self._goes_on(dating) and not began:
            return dating
        if began or _WHEN_BUILT.search(context.sentence) or _EACH_YEAR.search(context.before):
            return UNDATED
        is_past = self._is_past(dating.period)
        if mention.unit.endswith("元") and stages.PLANNED_AMOUNT.search(context.before):
            # 2023年，签约16个，计划总投资8亿元.
            return dating
        if status == "planned" or dating.source in ("sentence", "inferred"):
            return UNDATED if is_past else dating
        if whole_year := self._timeline.whole_year(mention.start):
            return Dating(whole_year, "sentence")
        return dating if len(dating.period) == 4 and not is_past else UNDATED

    def _of_ratio(self, context: Context, subject: Subject) -> Statement:
        """A ratio is a fact unless it is intended: 力争增长15%."""
        intended = UNSTATED if subject.is_past else stages.intention(context, subject)
        return intended if intended.status else Statement("actual", "")

    def _of_others(self, context: Context, subject: Subject) -> Statement:
        """Return the stage that the earlier figures of the section have, if they agree.

        其中 makes a figure one of the last. The total investment of projects is of their stage, not
        of that of the money in place.
        """
        if not subject.may_have_stages or subject.is_past or stages.AVERAGE.search(context.before):
            return UNSTATED
        kind = subject.unit
        if subject.is_money:
            kind = "个" if stages.TOTAL_INVESTMENT.search(context.before) else "元"
        known = self._stages.get(kind, [])
        agreed = len(set(known)) == 1 or context.sentence.startswith("其中")
        return Statement(known[-1], "figure") if known and agreed else UNSTATED


def _stated(context: Context, subject: Subject) -> Statement:
    """Return the status that the clause of a figure states, or its sentence."""
    if stages.PLANNED_AMOUNT.search(context.before):
        return Statement("planned", "clause")
    if not subject.is_past and (intended := stages.intention(context, subject)).status:
        return intended
    if stages.is_aim(context.after):
        return Statement("target", "clause")
    # 6个已投产、9个在建: what is behind a member of a list is its own.
    _list, comma, own = context.before.rpartition("、")
    behind = stages.behind(context.after, subject)
    own_code = stages.stage(own, subject) or behind if comma else ""
    if code := own_code or stages.stage(context.before, subject) or behind:
        return Statement(code, "clause")
    if not subject.may_have_stages:
        return UNSTATED
    clauses = reversed(stages.CLAUSE_MARK.split(context.sentence)[:-1])
    if subject.is_money and stages.TOTAL_INVESTMENT.search(context.before):
        named = (stages.last_stage(each) for each in clauses)
    else:
        named = (stages.stage(each, subject) for each in clauses)
    code = next(filter(None, named), "")
    if not code and stages.TOTAL_INVESTMENT.search(context.before):
        code = stages.begun(context.next)
    return Statement(code, "sentence") if code else UNSTATED


def _competes(source: Source, context: Context, subject: Subject) -> bool:
    """Return whether a sentence has words of a status that its figure does not take.

    A ratio near a plan may be planned; a fact near 签约 or 开工 may be signed or started; and a
    figure that passes through no stages may not be what its verb says: 开工建设厂房65万平方米.
    """
    if source == "clause":
        return not subject.may_have_stages and not subject.is_ratio
    if source:
        return False
    if subject.is_ratio:
        return stages.names_intention(context.sentence)
    return stages.names_status(context.sentence) or stages.names_status(context.after)
