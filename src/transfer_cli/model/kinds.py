"""The kind that the name of an unknown indicator or column implies: 人均GDP is an average.

The kinds are those of ``indicators.csv``.
"""

import re
from functools import lru_cache

_WORDS = {
    "growth": (
        "增速|增长率|增幅$|涨幅|[同环]比(?!增加额|增长额|减少额)|上[年月季期](?:同[月季期])?[=＝为]100",
        "growth|yoy|y/y|(?:last|previous|preceding|same) [a-z ]+ ?= ?100",
    ),
    "rank": ("位次$|排名(?!提升|上升|下降|变化)|名次$", "rank(?:ing)?"),
    "average": (
        "[人户地亩]均|平均(?!用工|从业|在岗|职工|人数|人口)|[均单]价$|^每|中位数|密度$|强度$|指数(?:$|[(（])",
        "per (?:capita|head|person)|average|avg|mean|median|index|density|intensity",
    ),
    "share": (
        "比重$|占比|份额$|比例$|(?<![功频])率$",
        "share|percent(?:age)?|pct|rate|ratio|proportion",
    ),
    "cumulative": ("累计", "cumulative"),
    "stock": (
        "^(?!.*(?:新增|出生|死亡|净增|流入|流出|转移)).*"
        "(?:人口|存量|余额|[年期月]末|装机|保有量|库存|储量|面积)",
        "population|stock|balance|inventory|area",
    ),
}
"""The words of each kind in Chinese and in English; a flow has none of them in its name.

An index of which the period before is 100 is a growth rate."""
_PATTERNS = {
    kind: re.compile(f"{chinese}|(?<![a-z])(?:{english})(?![a-z])")
    for kind, (chinese, english) in _WORDS.items()
}


@lru_cache(4096)
def implied(name: str) -> str:
    """Return the kind that a name implies; empty if no word of it implies one."""
    words = re.sub(r"[\s_]+", " ", name.casefold()).strip()
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.search(words)), "")


_CODE = re.compile(
    r"代码|编码|编号|邮编|区划|序号|电话|年份$|^year(?: of .*)?$"
    r"|(?<![a-z])(?:ad|geo|post|zip)?code(?![a-z])|(?<![a-z])(?:gb|id|zip)(?![a-z])"
)
_AMOUNT = re.compile(r"[数量额值]$|人口|(?<![a-z])(?:amount|count|number|value)(?![a-z])")


def is_code(name: str) -> bool:
    """Return whether a name says that its numbers are names: 行政区划代码, zip code, 建成年份."""
    return bool(_CODE.search(name.casefold().replace("_", " ")))


def is_amount(name: str) -> bool:
    """Return whether a name says that its numbers are amounts, whatever they look like: 企业数."""
    return bool(_AMOUNT.search(name.casefold()))
