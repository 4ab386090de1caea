"""What the words around a number say of it: over, at least, under, at most, about, nearly."""

import re

_BEFORE = (
    ("at_most", "不超过|不超|不高于|不多于|不大于|不逾|未超过|至多|最多|最高"),
    ("at_least", "不低于|不少于|不小于|不下于|不下|至少|最少|最低|(?<!不)大于(?:或者?)?等于|[≥≧]"),
    ("at_most", "小于(?:或者?)?等于|[≤≦]"),
    ("over", "超过|超出|超|逾|突破|(?<!打)破|高于|大于|多于|冲破|(?<=[已均值额入量资比率数模])过"),
    ("under", "不到|不足|不满|未满|未达|低于|小于|少于"),
    ("nearly", "接近|将近|逼近|临近|几近|(?<![最附邻靠])近"),
    # 签约, 合约, 节约 … are words of their own.
    ("about", "大约|大概|(?<![签预合契条公节履违解续特集制邀])约|估计"),
)
_AFTER = (
    ("at_least", "(?:及|或者?)?以上|(?:及其?)?之上|起步|保底"),
    ("at_most", "(?:及|或者?)?以下|以内|之内|封顶"),
    ("about", "左右|上下"),
    ("over", "有余|开外|出头|[多余](?![项个种家方次样层级])"),
    ("under", "不到"),
)
# The whole that a share is taken of may stand between: 超过全省的50%, 不到全国0.4%.
_WHOLE = r"(?:占?(?:全[省国市区州县球]|世界|当地)(?:同期|总量|总数|总额)?的?)"
_LINK = r"(?:了|为|有|是|占|达到?|人民币|每年)?"
_NEXT = tuple((name, re.compile(rf"(?:{words}){_LINK} ?$")) for name, words in _BEFORE)
_APART = tuple((name, re.compile(rf"(?:{words}){_LINK}{_WHOLE} ?$")) for name, words in _BEFORE)
_BACK = tuple((name, re.compile(rf" ?(?:人民币)?(?:{words})")) for name, words in _AFTER)
_REACH = 14


def bound_before(text: str, start: int, *, comparable: bool = True) -> str | None:
    """The bound that the words right before this offset set on the number, or None.

    A difference is not comparable with a whole: 高于全国2个百分点 sets no bound on the 2.
    """
    window = text[max(0, start - _REACH) : start]
    patterns = _NEXT + _APART if comparable else _NEXT
    return next((name for name, pattern in patterns if pattern.search(window)), None)


def bound_after(text: str, end: int) -> str | None:
    """The bound that the words right after this offset set on the number, or None."""
    return next((name for name, pattern in _BACK if pattern.match(text, end)), None)
