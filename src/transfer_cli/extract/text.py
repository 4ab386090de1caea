"""The text of a report: read, unwrapped and folded, with the line of every character.

Hard-wrapped lines are joined, spaces without meaning are dropped, and full-width characters become
half-width ones. A ``ReportText`` maps every offset back to the line of the file.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from transfer_cli.errors import DataError
from transfer_cli.extract.layout import continuations, find_tables
from transfer_cli.messages import _

STDIN = "-"
CLAUSE = "，。；！？\n"
SENTENCE = "。；！？\n"
PARAGRAPH = "\n"

_CJK = "\u2014\u2018-\u201d\u2026\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e%"
_SPACES = r"[ \t\u00a0\u2002-\u200b\u3000\ufeff]"
_DROPPED_SPACE = re.compile(
    rf"^{_SPACES}+|(?<=[{_CJK}]){_SPACES}+|(?<!{_SPACES}){_SPACES}++(?:$|(?=[{_CJK}]))"
    r"|(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))"
)
# Full-width forms, and the traditional characters of reports. Each maps to one character, so that
# offsets stay valid.
_TRADITIONAL = (
    "萬億兩點個幾餘與為從這國會來時說對過還進開關間問門總經濟產業資項圓圖團圍區縣鄉鎮鐵鋼鋁銅鋰鈷鎳礦"
    "電氣動機車輛輪運輸郵網絡線級續繼縮織紡紙約紅綠維緊組統計設試該許認議訂記證評調談論課請諮詢諾讓負"
    "貢財貨購貿費貸質賬賴賺趨跡躍轉較載輕輔農達遠適選遞邊鄰醫釋銀銷錄錢鏈長隊階際陸陽陰隨險難雙雜離雲"
    "靈順預領頭題額願類顯飛養館馬駐驗髮魚鳥鹽麥麗齊龍處號虛術衛製複見規視覺觀親訪詳誠誤講謂譯護豐貧貫"
    "貼賞贏趙躉軍軟軸輩辦遲遷鄧鄭釐針鉀鉑錫鍋鍵鎖鐘鑒鑽閉閱隱雖霧靜頂頁頻顆顧飯飾驅驟鬆魯鮮鴨齡龐龜"
    "勞勢勵勝務勁匯協單卻參嚴嘗園場塊墊壓壞壽夠夾奪奮婦孫學寧實審寫寬寶將專尋導層屬島峽崗幣帶幹廠廢廣"
    "廳強彈張徑徹復愛態慶應懷懸戲戰戶執擔據擴擬擇擊擠換損搶撥擺攝敗敵數斷於昇曆書條東極構槍樓標樹樣橋"
    "檢權歐歡歲歷歸殘毀氫決沒況淨減準溝溫滅滿滾漲漢潔濃濱濟災為烏煙煉熱燈燒營爭爾狀獎獨獲環現瑪瓊甕畝"
    "畢畫異當療盜盡監盤睏矚碼確禮種稱穀積穩窮競筆節築簡簽籌籤糧糾紀純細終結給絕緣編練縱縣績繳羅義習聯"
    "聯聞聲職肅脈腦腳腫臨臺舉舊艦艙莊華葉蒙蓋藍藝藥蘇蘭虧蟲補裝裏裡"
)
_SIMPLIFIED = (
    "万亿两点个几余与为从这国会来时说对过还进开关间问门总经济产业资项圆图团围区县乡镇铁钢铝铜锂钴镍矿"
    "电气动机车辆轮运输邮网络线级续继缩织纺纸约红绿维紧组统计设试该许认议订记证评调谈论课请咨询诺让负"
    "贡财货购贸费贷质账赖赚趋迹跃转较载轻辅农达远适选递边邻医释银销录钱链长队阶际陆阳阴随险难双杂离云"
    "灵顺预领头题额愿类显飞养馆马驻验发鱼鸟盐麦丽齐龙处号虚术卫制复见规视觉观亲访详诚误讲谓译护丰贫贯"
    "贴赏赢赵趸军软轴辈办迟迁邓郑厘针钾铂锡锅键锁钟鉴钻闭阅隐虽雾静顶页频颗顾饭饰驱骤松鲁鲜鸭龄庞龟"
    "劳势励胜务劲汇协单却参严尝园场块垫压坏寿够夹夺奋妇孙学宁实审写宽宝将专寻导层属岛峡岗币带干厂废广"
    "厅强弹张径彻复爱态庆应怀悬戏战户执担据扩拟择击挤换损抢拨摆摄败敌数断于升历书条东极构枪楼标树样桥"
    "检权欧欢岁历归残毁氢决没况净减准沟温灭满滚涨汉洁浓滨济灾为乌烟炼热灯烧营争尔状奖独获环现玛琼瓮亩"
    "毕画异当疗盗尽监盘困瞩码确礼种称谷积稳穷竞笔节筑简签筹签粮纠纪纯细终结给绝缘编练纵县绩缴罗义习联"
    "联闻声职肃脉脑脚肿临台举旧舰舱庄华叶蒙盖蓝艺药苏兰亏虫补装里里"
)
_FOLD = str.maketrans(
    {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
    | {code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)}
    | str.maketrans("％．＋－～／＜＞＝−", "%.+-~/<>=-")
    | str.maketrans(_TRADITIONAL, _SIMPLIFIED)
    | str.maketrans(
        "佔噸產劃壩規務屆灣滬贛粵閩遼黃岡衝傳體價億優們倉備傑債傾僅償儀儲傷側偵",
        "占吨产划坝规务届湾沪赣粤闽辽黄冈冲传体价亿优们仓备杰债倾仅偿仪储伤侧侦",
    )
)
# The longest sentence. It limits the search in a text without any 。.
_MAX_SENTENCE = 600


# Compared and hashed by identity: a text is the key of caches.
@dataclass(frozen=True, slots=True, eq=False)
class ReportText:
    """The text of a report, with a map from its offsets to the lines of the file.

    ``raw`` is the report as it was decoded. ``text`` is unwrapped and folded; a newline separates
    its headings and paragraphs. ``text`` consists of pieces of ``raw``: the piece that begins at
    ``starts[i]`` of ``text`` begins at ``origins[i]`` of ``raw``. ``line_starts`` are the offsets
    in ``raw`` at which lines begin. ``tables`` are the first and last lines, counted from 1, of
    the tables; their rows stay as they are.
    """

    raw: str
    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    line_starts: tuple[int, ...]
    tables: tuple[tuple[int, int], ...] = ()

    def origin(self, offset: int) -> int:
        """Return the offset in ``raw`` of the character at an offset of ``text``."""
        piece = bisect_right(self.starts, offset) - 1
        return self.origins[piece] + offset - self.starts[piece]

    def line_at(self, offset: int) -> int:
        """Return the line, counted from 1, of the character at an offset of ``text``."""
        return bisect_right(self.line_starts, self.origin(offset))

    def line_span(self, line: int) -> tuple[int, int]:
        """Return where a line, counted from 1, starts and ends in ``text``; else (0, 0)."""
        if not 1 <= line <= len(self.line_starts):
            return 0, 0
        first = self._offset(self.line_starts[line - 1])
        is_last = line == len(self.line_starts)
        return first, len(self.text) if is_last else self._offset(self.line_starts[line])

    def _offset(self, origin: int) -> int:
        """Return the first offset of ``text`` at or after an offset of ``raw``."""
        piece = bisect_right(self.origins, origin) - 1
        end = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        return min(self.starts[piece] + origin - self.origins[piece], end)

    def printed(self, start: int, end: int) -> str:
        """Return the characters as the report prints them, without spaces and line breaks."""
        return re.sub(r"\s+", "", self.raw[self.origin(start) : self.origin(end - 1) + 1])


def read_file(name: str) -> str:
    """Return the decoded text of a report at a path, or on standard input if the name is ``-``.

    Raises DataError if the file is missing, cannot be read or is not text.
    """
    shown = _("standard input") if name == STDIN else name
    try:
        return decode(sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes())
    except FileNotFoundError:
        message = _("there is no report {name!r}", name=name)
        raise DataError(message, _("name a text file, or -")) from None
    except OSError as error:
        message = _("cannot read {name!r}: {reason}", name=name, reason=error.strerror)
        raise DataError(message, _("name a text file")) from None
    except ValueError as error:
        hint = _("save it as plain text first: pdftotext, or 'save as text' in a word processor")
        raise DataError(f"{shown}: {error}", hint) from None


def decode(data: bytes) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030; else raise ValueError."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ValueError(_("the report is neither UTF-8 nor GB18030 text"))


def fold(text: str) -> str:
    """Return text with full-width digits, letters and signs as half-width ones."""
    return text.translate(_FOLD)


def parse_text(report: str) -> ReportText:
    """Return the unwrapped and folded text of a report, with its map to lines."""
    raw = report.replace("\r\n", "\n").replace("\r", "\n")
    lines = raw.split("\n")
    line_starts, offset = [], 0
    for line in lines:
        line_starts.append(offset)
        offset += len(line) + 1
    pieces, starts, origins = [], [0], [0]
    length = 0
    tables = find_tables(lines)
    for origin, piece in _pieces(lines, line_starts, tables):
        starts.append(length)
        origins.append(origin)
        pieces.append(piece)
        length += len(piece)
    text = fold("".join(pieces))
    numbered = tuple((first + 1, last + 1) for first, last in tables)
    return ReportText(raw, text, tuple(starts), tuple(origins), tuple(line_starts), numbered)


def _pieces(
    lines: list[str], line_starts: list[int], tables: list[tuple[int, int]]
) -> Iterator[tuple[int, str]]:
    """Yield the pieces of the report that stay in the text, each with its offset in the report.

    The rows of tables stay as they are.
    """
    rows = {row for first, last in tables for row in range(first, last + 1)}
    prose = ["" if row in rows else line for row, line in enumerate(lines)]
    continues = continuations(prose)
    for row, (line, begin, continued) in enumerate(zip(lines, line_starts, continues, strict=True)):
        if row in rows:
            yield begin, line
            yield begin + len(line), "\n"
            continue
        last = 0
        for space in _DROPPED_SPACE.finditer(line):
            yield begin + last, line[last : space.start()]
            last = space.end()
        yield begin + last, line[last:]
        if line.strip() and not continued:
            yield begin + len(line), "\n"


# Clauses, sentences and paragraphs.


def start_of(text: str, offset: int, marks: str) -> int:
    """Return the start of the part around an offset: after the last of ``marks`` before it."""
    floor = max(0, offset - _MAX_SENTENCE)
    return max(max(text.rfind(mark, floor, offset) for mark in marks) + 1, floor)


def end_of(text: str, offset: int, marks: str) -> int:
    """Return the end of the part around an offset: the first of ``marks`` at or after it."""
    limit = min(len(text), offset + _MAX_SENTENCE)
    ends = (text.find(mark, offset, limit) for mark in marks)
    return min((end for end in ends if end >= 0), default=limit)
