"""Units and measure words of Chinese quantities, and the pattern built from them."""

import re
from collections.abc import Iterable

MONEY = """
元 块钱 美元 美金 美圆 欧元 日元 英镑 港元 港币 澳元 加元 澳大利亚元 加拿大元 新加坡元 新元 韩元
卢布 卢比 泰铢 越南盾 法郎 瑞士法郎 新台币 台币 澳门元 林吉特 令吉 迪拉姆 里亚尔 第纳尔 比索 克朗
瑞典克朗 兰特 坚戈 雷亚尔 奈拉 人民币 美分 比特币 USD EUR RMB CNY
"""
RATIOS = "% ‰ 个百分点 百分点 个基点 基点 个点 倍 折"
MEASURES = """
吨 公吨 吨标准煤 吨标煤 吨油当量 吨公里 人公里 克 千克 公斤 斤 市斤 毫克 微克 克拉 磅 盎司 米 千米
公里 厘米 毫米 微米 纳米 公分 分米 延米 英里 英尺 英寸 海里 华里 平方米 平方公里 平方千米 平方厘米
平方英尺 平米 亩 公顷 立方米 立方 立方厘米 标准立方米 标方 升 毫升 公升 加仑 桶 桶油当量 载重吨
总吨 标箱 标准箱 TEU 瓦 千瓦 兆瓦 吉瓦 太瓦 瓦时 千瓦时 千瓦小时 兆瓦时 吉瓦时 峰瓦 千伏安 千伏 伏
安培 安时 度电 焦耳 千焦 帕 兆帕 千帕 牛顿 马力 分贝 赫兹 千赫 兆赫 兆赫兹 吉赫 卡路里 大卡 千卡
摄氏度 华氏度 ℃ °C 度 年 日 周年 周岁 岁 个季度 个月 周 天 工作日 个工作日 日历天 小时 个小时
分钟 秒 秒钟 毫秒 字节 千字节 兆字节 比特 千比特 兆比特 人次 人天 车次 架次 艘次 班次 航次 件次
辆次 列次 船次 项次 工日
芯公里 芯千米 重量箱 蒸吨 锭 户次 台次 场次 批次 W kW KW MW GW TW Wh kWh KWh MWh GWh TWh P Wp kWp
MWp GWp kV KV kVA MVA m cm CM mm nm km KM m² km² m³ kg KG mg t KB MB GB TB PB EB Mbps Gbps Tbps
TOPS TFLOPS PFlops PFLOPS EFlops EFLOPS Hz MHz GHz dB kPa MPa
"""
COUNTS = """
个 个亿 家 家次 项 条 人 人口 名 户 座 所 台 台套 台（套） 台(套) 辆 种 位 次 件 套 只 头 匹 株 棵
口 孔 间 处 片 块 张 支 根 艘 架 列 趟 批 轮 场 类 款 部 篇 册 份 本 枚 颗 粒 箱 袋 瓶 盒 捆 双 副
对 组 队 门 店 站 城 县 市 省 省份 省区 省区市 省市 区 镇 乡 村 国 州 盟 旗 股 单 笔 宗 起 例 床
床位 个床位 张床位 层 栋 幢 羽 尾 大 首 幅 道 届 标准机架 个标准机架 机架 个机架
"""
# A measure word followed by one of these characters is part of another word: 家庭, 所有, 条件.
_NOT_BEFORE = {
    "个": "体性税别半",
    "家": "庭长具渠",
    "人": "均工",
    "位": "于居列数",
    "所": "有在属得以需示",
    "种": "植养",
    "次": "性于产",
    "条": "件例",
    "度": "假电",
    "台": "湾州河县",
    "只": "是有要能",
    "头": "部等",
    "间": "接隔",
    "处": "理于在长置分",
    "片": "面",
    "块": "状",
    "支": "持撑付出部",
    "根": "据本",
    "折": "算合旧叠扣",
    "架": "构",
    "列": "入为举",
    "批": "准发复",
    "场": "所地景",
    "类": "似型",
    "部": "分级长署委队",
    "本": "地省市土次科",
    "组": "织成建合件长装",
    "队": "伍",
    "双": "方向边碳流创",
    "副": "省市总主",
    "对": "接于外比应此象一",
    "口": "岸",
    "门": "类店槛峡",
    "站": "位在式",
    "城": "市镇区乡",
    "区": "域块间",
    "国": "内家际集资",
    "股": "份权东票",
    "单": "位一独体项晶",
    "起": "步点来源草到",
    "例": "如外行",
    "层": "面级次",
    "天": "然津水府山空气",
    "周": "边期转口",
    "年": "代级轻",
    "份": "额",
    "首": "个次批家先要",
    "道": "路德",
    "届": "时",
    "克": "服",
    "米": "兰",
    "桶": "装",
    "升": "级至到高",
    "市": "场值民",
    "县": "域级",
    "省": "级内",
    "州": "级",
    "村": "民",
    "大": "幅量多力型中规连",
    "名": "列单称",
    "倍": "增",
    "店": "铺",
    "床": "垫",
}
# 20日 is a date; 20日内 is a duration.
_ONLY_BEFORE = {"日": "内以"}
# Denominators of rates: 吨/年, 元/千瓦时, 吨每年.
_PER = "年 月 天 小时 时 秒 分钟 吨 亩 人 户 度 ㎡"
_PER_LATIN = "h d a s L"

MAGNITUDE = "(?:万亿|千亿|百亿|十亿|千万|百万|十万|万万|亿|万|千|百)"
_MEASURE_UNITS = frozenset((MONEY + RATIOS + MEASURES).split())
_MAGNITUDE_HEAD = re.compile(f"^{MAGNITUDE}")
_POINTS = re.compile("百分点|基点|个点")
_RATIO = re.compile(f"[%‰倍成]|{_POINTS.pattern}")


def _word(unit: str) -> str:
    """Return the pattern of one unit, with what may or may not follow it."""
    if re.search("[A-Za-z]$", unit):
        return re.escape(unit) + "(?![A-Za-z])"
    if followers := _ONLY_BEFORE.get(unit):
        return f"{unit}(?=[{followers}])"
    excluded = _NOT_BEFORE.get(unit)
    return re.escape(unit) + (f"(?![{excluded}])" if excluded else "")


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(_word(word) for word in sorted(set(words), key=len, reverse=True))


_WORDS = f"{MONEY} {RATIOS} {MEASURES} {COUNTS}".split()
_RATE_WORDS = _alternatives([*_WORDS, *_PER.split(), *_PER_LATIN.split()])
_RATE = rf"(?: ?/ ?(?:日|{_RATE_WORDS})|每(?:日|{_alternatives(_PER.split())}))"
UNIT = rf"(?:{_alternatives(_WORDS)}){_RATE}?"


def is_measure(unit: str) -> bool:
    """Return whether a unit, with or without a magnitude, measures or prices; counts do not."""
    base = unit if unit in _MEASURE_UNITS else base_unit(unit)
    return "/" in base or "每" in base or base in _MEASURE_UNITS


def is_ratio(unit: str) -> bool:
    """Return whether a unit is that of a ratio or of the difference of two: %, 倍, 个百分点."""
    return _RATIO.search(unit) is not None


def is_points(unit: str) -> bool:
    """Return whether a unit is that of the difference of two ratios: 个百分点."""
    return _POINTS.search(unit) is not None


def base_unit(unit: str) -> str:
    """Return a unit without its magnitude: 元 of 亿元."""
    return _MAGNITUDE_HEAD.sub("", unit)
