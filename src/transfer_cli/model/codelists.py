"""The closed word lists: what a status, scope or bound may be, and how people read it."""

from typing import Final

STATUSES: Final = {
    "actual": "实际",
    "signed": "签约",
    "started": "开工",
    "completed": "完成",
    "negotiating": "在谈",
    "planned": "计划",
    "expected": "预期",
    "target": "目标",
    "unspecified": "未载阶段",
}
SCOPES: Final = {
    "nation": "全国",
    "province": "全省",
    "prefecture": "州市",
    "city": "市",
    "zone": "园区",
    "programme": "专项",
    "company": "企业",
    "project": "项目",
}
BOUNDS: Final = {
    "exact": "确数",
    "over": "超过",
    "at_least": "不低于",
    "under": "低于",
    "at_most": "不超过",
    "about": "约",
    "nearly": "近",
    "unknown": "界未知",
}
SYMBOLS: Final = {
    "exact": "",
    "over": ">",
    "at_least": "≥",
    "under": "<",
    "at_most": "≤",
    "about": "≈",
    "nearly": "≲",
    "unknown": "≈",
}
CATEGORIES: Final = {
    "investment": "投资",
    "output": "产出",
    "jobs": "就业",
    "tax": "税收",
    "projects": "项目",
    "enterprises": "企业",
    "capacity": "产能",
    "growth": "增长",
    "share": "占比",
    "rank": "位次",
    "platforms": "平台",
    "income": "收入",
    "loan": "信贷",
    "duration": "时长",
    "policy": "政策",
    "other": "其他",
}
NOUNS: Final = {
    "agreement": "协议",
    "chain": "产业链",
    "enterprise": "企业",
    "incubator": "孵化器",
    "industry": "产业",
    "institute": "研究所",
    "line": "生产线",
    "link": "环节",
    "mineral": "矿种",
    "node": "节点",
    "organization": "机构",
    "platform": "平台",
    "policy": "政策",
    "post": "岗位",
    "problem": "问题",
    "project": "项目",
    "province": "省份",
    "task force": "专班",
    "university": "高校",
    "zone": "园区",
}
"""The things that indicators count (``indicators.csv``), in Chinese."""
TYPES: Final = {"text": "文本", "number": "数字"}
KINDS: Final = {
    "flow": "流量",
    "stock": "存量",
    "cumulative": "累计量",
    "average": "平均数",
    "share": "占比",
    "growth": "增速",
    "rank": "位次",
    "duration": "时长",
}
HEADLINES: Final = ("investment", "output", "jobs", "tax")
PROVINCES: Final = ("Gansu", "Guizhou", "Inner Mongolia", "Yunnan", "Guangxi", "Sichuan")
"""The report's provinces, in its order."""
_STAGE_WORDS: Final = {
    "signed": ("已签", "签约", "signed"),
    "started": ("已开工", "开工", "在建", "started"),
    "completed": ("已建成", "建成", "竣工", "完工", "投产", "completed"),
    "negotiating": ("在谈", "洽谈", "negotiat"),
    "planned": ("计划", "拟", "规划", "planned"),
    "expected": ("预计", "预期", "expected"),
    "target": ("目标", "target"),
}
"""The beginnings of the words for each stage, in tables that do not have its code."""


def stage(word: str) -> str:
    """Return the code of the stage that a word means; an unknown word as it is."""
    folded = word.strip().casefold()
    return next((code for code, starts in _STAGE_WORDS.items() if folded.startswith(starts)), word)


LABELS: Final = {"status": STATUSES, "scope": SCOPES, "category": CATEGORIES}
"""The Chinese labels of the codes of each closed list, by column."""
