"""How far a thing has come, from the words around its figure."""

import re

from transfer_cli.report.words import Surroundings, cue_pattern, first_cue, last_cue

_WITHIN = "[^，。；、]{0,12}"
_DONE = "(?:完成|竣工|建成|投产|完工|开工|动工|签约)"
_PENDING = "pending"
"""What is said not to have come about yet: no stage is told then."""
_STATUS = cue_pattern(
    (
        (_PENDING, f"(?:尚?未|没有|尚待)(?:能|有|实现)?{_DONE}"),
        (
            "expected",
            f"(?:预计|有望|将(?!近)){_WITHIN}{_DONE}|计划{_WITHIN}(?:投产|建成|竣工|开工|完工)"
            "|预计|有望|预期|可实现|可(?=为|发|带动|提供|新增|达)|(?:达产|建成|投产|完工)后"
            "|将(?!近|其|要素|[^，。]{0,12}(?:打造|作为|引进|纳入|推送|列))",
        ),
        (
            "target",
            f"(?:力争|目标|争取|确保){_WITHIN}{_DONE}|目标|力争|确保实现|争取"
            "|(?<![长加升至降展高大小少增])到20\\d\\d年",
        ),
        (
            "planned",
            f"计划{_WITHIN}(?:完成|签约)|拟{_WITHIN}{_DONE}"
            "|(?<![扶动年])计划(?![，。、的”])|规划(?![，。、的”])|设计|拟(?!投资)|筹建|谋划",
        ),
        ("negotiating", "在谈|洽谈|拟投资|意向(?=投资|签约|协议|项目|资金)"),
        ("signed", "签约|签署|签订|协议(?=项目|投资|总|引)"),
        ("completed", "完成投资|竣工|建成(?!后)|投产(?!后)|点火|投用|投运|完工|投入(?:使用|运营)"),
        ("started", "开工|在建|动工|奠基|启动建设|破土"),
    )
)
_DECLINE = re.compile(r"(?:下降|减少|降低|下滑|回落|减|降|负增长|收窄)(?:了|约|近|超过?|逾)?$")


def status(around: Surroundings) -> str:
    """The stage named in the clause, before the number or after it; else in the sentence.

    Empty where the words say only what has not come about.
    """
    if "目标：" in around.sentence or "目标:" in around.sentence:
        return "target"
    found = (
        last_cue(_STATUS, around.before)
        or first_cue(_STATUS, around.after)
        or last_cue(_STATUS, around.sentence)
        or "actual"
    )
    return "" if found == _PENDING else found


def declines(around: Surroundings) -> bool:
    """Whether the words before a number say that it is a decrease."""
    return bool(_DECLINE.search(around.before))
