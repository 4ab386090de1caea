"""Places: the provinces and prefectures of China, and the place that a figure belongs to."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from transfer_cli.extract.text import CLAUSE, PARAGRAPH, end_of, start_of
from transfer_cli.model.vocabulary import NATION, provinces

_PROVINCES = {row.zh: row.name for row in provinces().values()}
_PREFECTURES = {
    "河北": "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水",
    "山西": "太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁",
    "内蒙古": "呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安盟 锡林郭勒"
    " 阿拉善",
    "辽宁": "沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛",
    "吉林": "长春 四平 辽源 通化 白山 松原 白城 延边",
    "黑龙江": "哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 大兴安岭",
    "江苏": "南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁",
    "浙江": "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水",
    "安徽": "合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城",
    "福建": "福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德",
    "江西": "南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶",
    "山东": "济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽",
    "河南": "郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳"
    " 周口 驻马店 济源",
    "湖北": "武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江 天门"
    " 神农架",
    "湖南": "长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西",
    "广东": "广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远"
    " 东莞 中山 潮州 揭阳 云浮",
    "广西": "南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左",
    "海南": "海口 三亚 三沙 儋州",
    "四川": "成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安"
    " 巴中 资阳 阿坝 甘孜 凉山",
    "贵州": "贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 黔东南 黔南 贵安",
    "云南": "昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 德宏 怒江 迪庆",
    "西藏": "拉萨 日喀则 昌都 林芝 山南 那曲 阿里",
    "陕西": "西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛",
    "甘肃": "兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南",
    "青海": "西宁 海东 海北 黄南 海南州 果洛 玉树 海西",
    "宁夏": "银川 石嘴山 吴忠 固原 中卫",
    "新疆": "乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 克孜勒苏 喀什 和田"
    " 伊犁 塔城 阿勒泰 石河子 阿拉尔",
}
# The full names of autonomous prefectures by their short names.
_AUTONOMOUS = {
    "延边": "延边朝鲜族自治州",
    "恩施": "恩施土家族苗族自治州",
    "湘西": "湘西土家族苗族自治州",
    "阿坝": "阿坝藏族羌族自治州",
    "甘孜": "甘孜藏族自治州",
    "凉山": "凉山彝族自治州",
    "黔西南": "黔西南布依族苗族自治州",
    "黔东南": "黔东南苗族侗族自治州",
    "黔南": "黔南布依族苗族自治州",
    "楚雄": "楚雄彝族自治州",
    "红河": "红河哈尼族彝族自治州",
    "文山": "文山壮族苗族自治州",
    "西双版纳": "西双版纳傣族自治州",
    "大理": "大理白族自治州",
    "德宏": "德宏傣族景颇族自治州",
    "怒江": "怒江傈僳族自治州",
    "迪庆": "迪庆藏族自治州",
    "临夏": "临夏回族自治州",
    "甘南": "甘南藏族自治州",
    "海北": "海北藏族自治州",
    "黄南": "黄南藏族自治州",
    "海南州": "海南藏族自治州",
    "果洛": "果洛藏族自治州",
    "玉树": "玉树藏族自治州",
    "海西": "海西蒙古族藏族自治州",
    "昌吉": "昌吉回族自治州",
    "博尔塔拉": "博尔塔拉蒙古自治州",
    "巴音郭楞": "巴音郭楞蒙古自治州",
    "克孜勒苏": "克孜勒苏柯尔克孜自治州",
    "伊犁": "伊犁哈萨克自治州",
}
# Names that are common words too: they are places only before 市, 州 or a zone.
_AMBIGUOUS = frozenset(
    ("白银", "朝阳", "长治", "大庆", "通化", "中山", "阿里", "山南", "海东", "海北", "黄南", "安康",
     "海西", "来宾", "日照", "黄山", "白山")
)  # fmt: skip
_PROVINCE_OF = {city: province for province, text in _PREFECTURES.items() for city in text.split()}
_ZONE = (
    "(?:高新区|高新技术产业开发区|经开区|经济技术开发区|经济开发区|科技城|新区|综保区|综合保税区|自贸区"
    "|自贸试验区|保税区|产业园区?|工业园区?|开发区|示范区|合作区)"
)


_CITY = "|".join(
    name + (f"(?=[市州盟]|地区|{_ZONE})" if name in _AMBIGUOUS else "")
    for name in sorted(_PROVINCE_OF, key=len, reverse=True)
)
_PROVINCE = "|".join(sorted(_PROVINCES, key=len, reverse=True))
_ETHNIC_PREFECTURE = r"[\u4e00-\u9fff]{1,9}?族(?:[\u4e00-\u9fff]{1,6}?族)*自治州"
_PLACE = re.compile(
    rf"(?P<city>{_CITY})(?P<rank>市|{_ETHNIC_PREFECTURE}|自治州|州|盟|地区)?(?P<zone>[\u4e00-\u9fff]{{0,4}}?{_ZONE})?"
    rf"|(?P<province>{_PROVINCE})(?:省|市|(?:壮族|回族|维吾尔)?自治区)?"
)
# 全国 is the place of a figure unless the clause only compares with the whole country.
_NATION_NAME = re.compile(
    r"(?<![占比居高低于列位为成是在超出])(?:全国|我国|中国(?=经济|的|共|有))"
    r"(?!第|最|首|唯一|领先|前列|平均|重要|各地|[（(])|国内生产总值"
)
_FULL_NAME = re.compile(rf"(?:{_PROVINCE})(?:省|(?:壮族|回族|维吾尔)?自治区)(?!.{{0,12}}公司)")
# A clause that begins with one of these is about the whole province again.
_WHOLE_PROVINCE = ("全省", "全自治区")
_MAX_HEADING = 24


@dataclass(frozen=True, slots=True)
class Place:
    """A place name at its offset; ``place_zh`` is empty for a province as a whole."""

    start: int
    province: str
    place_zh: str = ""


class Gazetteer:
    """The place names of a text: returns the place that applies at any offset.

    ``sections`` are the offsets at which headed sections begin.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = [_place(match) for match in _PLACE.finditer(text)]
        self._starts = [place.start for place in self._places]
        self._headings = [place for place in self._places if _is_heading(text, place.start)]
        self.sections = [place.start for place in self._headings]

    def at(self, start: int) -> tuple[str, str]:
        """Return the English province and the Chinese place of the number at an offset.

        Both are empty if the text names none; the province of the whole country is China. In a
        section the province is that of its heading, unless another province begins the clause.
        """
        if self._is_national(start):
            return NATION, ""
        heading = _last(self._headings, self.sections, start)
        near = self._nearest(start, heading.start if heading else 0)
        clause = start_of(self._text, start, CLAUSE)
        if near and self._text.startswith(_WHOLE_PROVINCE, clause, start + 1):
            near = Place(near.start, near.province)
        if heading is None:
            return (near.province, near.place_zh) if near else ("", "")
        # 引进广东省企业12家 only says where something is from. Only a full name that begins the
        # clause is what the clause is about.
        if near and near.start == clause and _FULL_NAME.match(self._text, near.start):
            return near.province, near.place_zh
        place = near.place_zh if near and near.province == heading.province else ""
        return heading.province, place

    def _nearest(self, start: int, floor: int) -> Place | None:
        """Return the last name before a number; of a name in an earlier paragraph, the province."""
        place = _last(self._places, self._starts, start)
        if place is None or place.start < floor:
            return None
        if place.start < start_of(self._text, start, PARAGRAPH):
            return Place(place.start, place.province)
        return place

    def _is_national(self, start: int) -> bool:
        clause = start_of(self._text, start, CLAUSE + "、")
        return bool(_NATION_NAME.search(self._text, clause, start + 1))


def _place(match: re.Match[str]) -> Place:
    if match["province"]:
        return Place(match.start(), _PROVINCES[match["province"]])
    city, zone = match["city"], match["zone"] or ""
    province = _PROVINCES[_PROVINCE_OF[city]]
    if zone:
        return Place(match.start(), province, city + zone.removeprefix("市"))
    if city in _AUTONOMOUS and match["rank"] != "市":
        return Place(match.start(), province, _AUTONOMOUS[city])
    return Place(match.start(), province, city + (match["rank"] or ""))


def _is_heading(text: str, start: int) -> bool:
    """Return whether a line is short and without punctuation, as headings are."""
    line = text[start_of(text, start, PARAGRAPH) : end_of(text, start, PARAGRAPH)]
    return len(line) <= _MAX_HEADING and not re.search(r"[，。；：！？（）,\d]", line)


def _last(places: list[Place], starts: list[int], start: int) -> Place | None:
    index = bisect_right(starts, start) - 1
    return places[index] if index >= 0 else None
