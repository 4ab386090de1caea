"""Scopes: which place holds at a point of a text.

A name gets its role: the subject of a clause, the object of one (落户太康县), or neither
(来自广东, 在深圳举办, 厦门国贸, 占全省). The place at a point is that of the nearest scope around
it: its clause, its sentence, its paragraph, its section, the title.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from transfer_cli.extract.text import FULL_STOP, VIEW, start_of
from transfer_cli.extract.toponyms import NOWHERE, Place, Toponym
from transfer_cli.model.vocabulary import NATION

_BOUNDARY = "，。；！？：:,\n（）()|"
# The name of a zone may have an attribute: 两江新区、西部科学城重庆高新区.
_LIST_GAP = re.compile("[、和与及][\u4e00-\u9fff]{2,6}")
# What may precede the subject of a clause: times and connectives.
LEAD = re.compile(
    r"(?:[\d一二三四五六七八九十前上下半年月日季度末底初至到—\-~、以来间，“”‘’\"《》 |#*.]|其中"
    r"|此外|同期|同时|另外|而|但|又|截至|截止|今年|去年|当年|全年|当前|目前|近年|据|按照?|分市看|分地区看"
    r"|分区域看|从|看|是|新华社|中新[社网]|人民网|本报|各片区中|地区中)*"
)
_NOT_BEFORE = re.compile(
    "(?:来自|[引源]自|引来|赴|前往|[\u4e00-\u9fff]走进|对接|引进|承接|引入|吸引|招引|从|由|比|较|超过?|逾|[高低多少快慢]于|高出"
    "|领先|落后|次于|相当于|占|居|列|接近|不及|距离?|毗邻|紧邻|邻近|直达|东[接临连靠]|[西南北][接临连靠]|[与同跟对为成是及]|不含|除)[了于出到]?$"
    "|(?:[高低多少快慢]于|[比较]|距离?)[^，。；]*[、和]$"
)
# 高于全国平均水平（4.8%）: the value in brackets is that of what is compared with.
_THAN = re.compile("(?:[高低快慢]于|[高低快慢多少]出|[比较]|超过?|领先|落后)[了于]?$")
_VALUE = re.compile("[^，。；（\\d]{0,8}（(?=[\\d-])")
# 清远与广州对接: the second is not a subject.
_WITH = re.compile("[^，。；\\d]{0,4}(?:对接|合作|共建|协作|结对|毗邻|接壤|相邻|相比)")
_IN = re.compile("[在于到赴去]$")
_VENUE = re.compile(
    # 在泗洪县招商大会上的报告 is one of the place.
    "(?![^，。；、]{0,20}上的[^，。；、]{0,6}(?:报告|讲话))"
    "[^，。；、]{0,16}?(?:举办|举行|召开|开幕|闭幕|推介|揭牌|亮相|考察|访问|路演|会见"
    "|[展招商洽谈博览发布]会|论坛|大会|[居排列][名在]?第)"
)
_COMPANY = re.compile(
    "(?:(?!引进|签约|签下|完成|投资|新增|实现|有|的|共|等|培育|规|到位)[\u4e00-\u9fffA-Za-z]){0,10}?"
    "(?:公司|集团|股份|银行|大学|学院|证券|商会|国贸|港务|机场|海关|会展中心|籍|客商|商人|投资者|企业家)"
)
_NATIVE = re.compile("(?:地区)?的?(?:籍|项目|企业|客商|资金|[^，。；]{0,2}商(?![务业标])|产业)")
# 苏南转移项目占七成: where the projects came from.
_MOVED = re.compile("(?:地区)?(?:转移|转来|迁来)(?:来|过来)?的?(?:项目|企业|资金)")
_COMPARED = re.compile(
    "(?:总[量数额]?)?(?:平均|均值|的?第|首|领先|前列|最|唯一|前|重要|百强|人大|政协|文明|各地|性|相比)"
)
# 客商与汉中市签下项目: the place that signs with an investor from elsewhere.
_PARTNER = re.compile("(?:客商|企业|公司|集团|商会|协会|代表团)[与和同跟]$")
_SIGNS = re.compile("[^，。；、\\d]{0,6}签[约下订署定]|达成")
# 记者从合肥市统计局获悉: the office that reports is one of the place, as an assembly is.
_OFFICE = re.compile(
    "[^，。；、]{0,10}?(?:厅|局|委|办|部门|政府|中心)[^，。；]{0,6}?(?:获悉|了解到|获知|得知|消息|数据|统计)"
    # 在海城市第十九届人民代表大会第二次会议上
    "|第[一二三四五六七八九十]{1,3}届(?:人民代表大会|人大|政协|委员会)"
)
# 按来源地划分，武汉市49个: the names are origins, or partners of trade.
_BY_ORIGIN = re.compile("[从按分][^，。；\\d]{0,6}(?:来源|伙伴|投资方)[^，。；\\d]{0,6}[看分]，")
# 园区位于龙游县: the first place in which something is, is that of the text.
_SITE = re.compile("(?:位于|地处|坐落[于在]|隶属于?)$")
_SETTLES = re.compile("(?:落户|落地|位于|布局|[投落建]在|投向|坐落|在)于?$")
_AGENCY = re.compile("新华社|中新[社网]|人民网|本报|日报|晚报|新华网")
# 湖南日报长沙1月20日讯: where a dispatch was written.
_DATELINE = re.compile(r"(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?[讯电](?![力子气信动站网机器商])")
_NUMBERING = re.compile("[（(]?[一二三四五六七八九十]+[）)、.]|[（(]?[0-9]{1,2}[）)、.]")
_LIST_GAPS = ("、", "和", "与", "及", "以及", "、和")

Source = Literal["", "sentence", "paragraph", "title", "text"]


class Placing(NamedTuple):
    """The place of a figure, and where it is named.

    The source is ``paragraph`` for an earlier sentence, ``title`` also for a heading, ``text`` for
    the first subject of the text, and empty if no place is named.
    """

    place: Place
    source: Source


UNPLACED = Placing(NOWHERE, "")


@dataclass(slots=True)
class Group:
    """Neighbouring names that are one constituent: 安徽省合肥市, or the list 合肥、芜湖和滁州."""

    start: int
    end: int
    places: list[Place]
    names: list[Toponym] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """The place of all together: of a list only the province that its members share."""
        if len(self.places) == 1:
            return self.places[0]
        provinces = {place.province for place in self.places}
        return Place(provinces.pop()) if len(provinces) == 1 else NOWHERE


class Scopes:
    """The scopes around a point of the text, from the title to the clause."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._title = NOWHERE
        self._default = NOWHERE
        self._is_strong = False
        self._numbering = ""
        self._has_subject = False
        self._topic: Group | None = None
        # The topic of the first sentence of the paragraph, which has had so many sentences.
        self._opening: Group | None = None
        self._sentences = 0
        self._dateline = NOWHERE
        self._in_sentence: Group | None = None
        self._in_clause: tuple[int, Place] | None = None
        self._list: Group | None = None
        self._is_part = False
        self._sentence = 0
        # The last subject: what 全州 or 全省 means in a later paragraph.
        self._last = NOWHERE
        # The provinces of all names that have a role.
        self.provinces: set[str] = set()
        # The codes of counties whose full names were read.
        self._named: set[str] = set()

    # Where a scope begins.

    def entitle(self, names: Sequence[Toponym]) -> None:
        """Take the place of the text from its title."""
        groups = [group for group in self.groups(names) if not self._is_outside(group)]
        if groups:
            self._title = self._default = groups[0].place
            self._is_strong = bool(self._default.province)
            self._has_subject = True

    def head(self, line: str, names: Sequence[Toponym]) -> None:
        """Take the place of a section from its heading; a numbered one ends that of the last."""
        numbering = _NUMBERING.match(line)
        style = re.sub(
            r"[^\W\d]+|\d+", "1" if line[:1].isdigit() else "一", numbering[0] if numbering else ""
        )
        groups = self.groups(names)
        if groups:
            self._default = groups[0].place
            self._last = NOWHERE
            self._is_strong = self._has_subject = True
            self._numbering = style
        elif style and style == self._numbering:
            self._default = self._title

    def begin_paragraph(self) -> None:
        self._topic = self._opening = self._in_sentence = self._in_clause = None
        self._sentences = 0

    def begin_sentence(self, start: int) -> None:
        self._sentence = start
        self._sentences += 1
        if self._sentences == 2:
            self._opening = self._topic
        if VIEW.match(self._text, start):
            # 德宏州为12个。从来源地看，: this is about all that the paragraph is about.
            self._topic = self._opening
        if self._topic and len(self._topic.places) > 1:
            # A list of divisions is not a topic of the next sentence in a text about what has them.
            covers = self._topic.place.lies_in(self._default) or self._default.division
            self._topic = None if covers else self._topic
        self._in_sentence = self._in_clause = self._list = None
        self._is_part = False

    # Reading names and numbers.

    def groups(self, names: Sequence[Toponym]) -> list[Group]:
        """Join neighbouring names, and resolve what each means here."""
        groups: list[Group] = []
        for name in names:
            last = groups[-1] if groups else None
            if last and name.level == "几" and name.start == last.end:
                continue  # 合肥、芜湖两市, 皖北六市
            near = [*(reversed(last.places) if last else ()), *self._context()]
            if name.kind == "local":
                adjoins = last is not None and name.start == last.end
                settled = self._settled()
                # 在荆门，化工园区: a city in the sentence, in a text about a province.
                here = last is not None and not any(each.division for each in settled)
                near = near[:1] if adjoins or here else settled
            elif name.level == "几" and last and self._is_outside(last):
                # 来自广东、浙江的…，两省合计: the provinces are no place of the figure.
                near = self._context()
            place = self._whole(name, near) if name.kind == "whole" else name.resolve(near)
            if place is None:
                continue
            joined = last and name.kind != "whole" and self._joins(last, name, place)
            if last and joined:
                if name.start == last.end and place.lies_in(last.places[-1]):
                    last.places[-1] = replace(place, qualified=True)
                else:
                    last.places.append(place)
                last.end = name.end
                last.names.append(name)
            else:
                groups.append(Group(name.start, name.end, [place], [name]))
        groups = [group for group in groups if not self._is_word(group)]
        for group in groups:
            self._named.update(each.division.code for each in group.places if each.division)
        return groups

    def _joins(self, last: Group, name: Toponym, place: Place) -> bool:
        """Return whether a name is narrower than the last one, or another member of its list."""
        gap = self._text[last.end : name.start]
        if last.names[-1].kind == "whole":
            return False
        if gap == "":
            # 赣州市信丰县, or a list without marks: 粤东粤西
            same_kind = bool(place.area) and bool(last.places[-1].area)
            return place.lies_in(last.places[-1]) or same_kind
        same_level = bool(place.place_zh) == bool(last.places[-1].place_zh)
        if gap == "与" and _WITH.match(self._text, name.end):
            return False
        is_listed = gap in _LIST_GAPS or (name.zone != "" and _LIST_GAP.fullmatch(gap) is not None)
        return is_listed and same_level and not _NATIVE.match(self._text, name.end)

    def _context(self) -> list[Place]:
        groups = (self._in_sentence, self._topic)
        return [*(group.place for group in groups if group), self._default, self._title, self._last]

    def _settled(self) -> list[Place]:
        """Return the places of which a locality is a part: the topic, else that of the text."""
        topic = [self._topic.place] if self._topic and self._topic.place.division else []
        return [place for place in (*topic, self._default, self._title) if not place.area]

    def _whole(self, name: Toponym, near: Sequence[Place]) -> Place | None:
        """Return what 全省, 全市 or 我国 means: the nearest scope of that level."""
        if name.level == "国":
            return Place(NATION)
        known = [place for place in near if place.province not in ("", NATION)]
        if name.level == "几":
            return Place(known[0].province) if known else NOWHERE
        for place in known:
            if own := place.at_level(name.level):
                # 全市 after 巢湖市 in a text about 合肥市 is the latter.
                wider = (each for each in known if each.division and own.lies_in(each))
                return next(filter(None, (each.at_level(name.level) for each in wider)), own)
        return Place(known[0].province) if known else None

    def _is_word(self, group: Group) -> bool:
        """Return whether a short name is more likely a common word.

        It is a name in a list of names, behind 落户, where the text has its full name, and where it
        opens the title, or a clause in a text about its prefecture.
        """
        if any(not name.is_weak for name in group.names):
            return False
        division = group.places[0].division
        if division is None or division.code in self._named:
            return division is None
        if all(name.name is not None and name.name.common for name in group.names):
            return True
        if len(group.names) > 1:
            return False
        lead = self._text[start_of(self._text, group.start, _BOUNDARY) : group.start]
        if _SETTLES.search(lead):
            return False
        about = [place.division for place in (self._default, self._title) if place.division]
        in_prefecture = any(each.prefecture == division.prefecture for each in about)
        return not (
            self._text[: group.start].strip() == ""
            or (in_prefecture and LEAD.fullmatch(lead) is not None)
        )

    def read(self, group: Group) -> None:
        """Change the scope by a group of names, according to its role."""
        text, start = self._text, group.start
        clause = start_of(text, start, _BOUNDARY)
        lead = text[clause:start]
        self._is_part = self._is_part or "其中" in lead
        place = group.place
        whole = group.names[0].kind == "whole"
        if self._is_outside(group):
            value = _VALUE.match(text, group.end)
            if value and _THAN.search(text, clause, start):
                self._in_clause = value.end(), place
            return
        self.provinces.update(each.province for each in group.places if each.province)
        if place.province == NATION and self._default.province not in ("", NATION):
            self._in_clause = clause, place
            return
        if _DATELINE.match(text, group.end):
            if not self._has_subject:
                self._has_subject = True
                self._dateline = place
                self._default = Place(place.province) if _AGENCY.search(lead) else place
            return
        reports = _OFFICE.match(text[group.end : group.end + 40])
        site = not self._has_subject and _SITE.search(lead)
        is_subject = bool(whole or reports or site or LEAD.fullmatch(_DATELINE.split(lead)[-1]))
        foreign = self._is_strong and self._default.province != NATION
        foreign = foreign and any(
            each.province not in ("", self._default.province) for each in group.places
        )
        if foreign and not (is_subject and group.names[0].is_full):
            return
        self._list = group if len(group.places) > 1 else None
        if not is_subject or foreign or self._is_part:
            self._in_sentence = group
            return
        if place.division and place == self._dateline:
            self._default = place  # 本报钦州9月14日讯　钦州市
        self._dateline = NOWHERE
        self._topic, self._in_sentence = group, None
        self._last = place
        if not self._has_subject:
            self._has_subject = True
            agency = _AGENCY.search(lead)
            self._default = Place(place.province) if agency else place

    def _is_outside(self, group: Group) -> bool:
        """Return whether a name is an origin, a venue, a company or what a figure compares with."""
        text, start, end = self._text, group.start, group.end
        before = text[max(start_of(text, start, _BOUNDARY), start - 20) : start]
        after = text[end : end + 40]
        place = group.place
        if _OFFICE.match(after):
            return False
        if _PARTNER.search(before) and _SIGNS.match(after):
            return False
        if _BY_ORIGIN.match(text, start_of(text, start, FULL_STOP)):
            # 从来源看，甲省来自乙省的资金: the first is where they went.
            return not after.startswith("来自")
        if _NOT_BEFORE.search(before) or (text[start - 1 : start] == "（" and after[:1] == "）"):
            return True
        if group.names[0].kind == "whole":
            return bool(_COMPARED.match(after) or _IN.search(before))
        known = self._default.province
        elsewhere = bool(known) and known != NATION and place.province != known
        if _IN.search(before) and (elsewhere or _VENUE.match(after)):
            return True
        if elsewhere and _NATIVE.match(after):
            return True
        return bool(_MOVED.match(after) or _COMPANY.match(after))

    def members(self, start: int) -> list[Place]:
        """Return the members of the list that is the scope at an offset, if there is one."""
        group = self._in_sentence or self._topic
        return group.places if group is not None and group is self._list else []

    def at(self, start: int) -> Placing:
        """Return the place of the number at an offset."""
        clause = start_of(self._text, start, _BOUNDARY)
        if self._in_clause and self._in_clause[0] == clause:
            return Placing(self._in_clause[1], "sentence")
        lead = self._text[clause:start]
        if self._list and len(self._list.places) == 2 and (each := re.match("[前后]者", lead)):
            return Placing(self._list.places[0 if each[0] == "前者" else 1], "sentence")
        if group := self._in_sentence or self._topic:
            is_near = group.start >= self._sentence
            return Placing(group.place, "sentence" if is_near else "paragraph")
        if self._default == NOWHERE:
            return UNPLACED
        return Placing(self._default, "title" if self._is_strong else "text")
