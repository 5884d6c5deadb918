"""Invented names of people and units. Common characters, a few that are rare, and names with a dot inside.

They are put together by chance; that somebody bears one of them cannot be ruled out and means nothing.
"""

from __future__ import annotations

from random import Random

from saiwu.documents.fonts import missing_glyphs

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范"
    "汪廖石金贾韦夏付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万覃武钱戴莫孔向汤冉牟蒲佘晏阙"
)
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "令狐", "夏侯", "慕容", "皇甫")
_GIVEN = (
    "安柏彬博晨成初春达丹德定东帆芳飞枫刚光桂国海涵航浩禾和恒宏虹华辉慧佳嘉建健江杰洁捷锦晋京景静俊君凯康可坤兰乐磊黎立丽"
    "亮林琳霖玲龙露洛梅美萌敏明铭默宁欧鹏平萍奇琪倩强青清晴庆秋全荣蓉柔瑞润若森珊尚诗士书舒硕思松涛天婷同彤万威维伟文雯希"
    "曦夏贤翔祥晓欣新星兴秀旭学雪迅雅岩妍艳扬阳瑶野叶一依宜艺奕毅茵寅英莹颖永勇宇雨语玉钰煜元媛远月悦云芸允泽展昭哲真振芝"
    "知志智中舟洲卓梓子"
)
_RARE = "䶮㛃㬎𬭎𤧛赟翀燚堃喆犇骉垚叕"
"""All of them in the fonts that ship; Excel, forms and certificates have to carry them."""
_BEYOND_FONTS = "𪚥𡒄"
"""Real characters that no font of ours has: found before anything is printed, never after."""
_ETHNIC_FIRST = ("阿依", "古丽", "吉木", "艾力", "迪丽", "尼玛", "措姆", "沙玛", "阿卓", "木呷")
_ETHNIC_LAST = ("艾尔", "库尔", "拉丹", "卓嘎", "尔古", "阿木", "伍各", "吐逊")

_UNIT_WORDS = "岚澜峤沅霁禾砚桐筑岫湉栎棠漱沚芷蔚翎珩璟昱昕朔皓韫徵骧驰铄锵锴钧"
_SCHOOLS = (
    ("技师学院", "技工院校"),
    ("职业技术学院", "高职"),
    ("职业教育中心", "中职"),
    ("高级技工学校", "技工院校"),
    ("工程学院", "本科"),
    ("科技职业学院", "高职"),
)
_COMPANIES = (
    "智能装备有限公司",
    "精密机械有限公司",
    "电子厂",
    "通信技术有限公司",
    "仪表厂",
    "汽车零部件有限公司",
    "数字科技有限公司",
    "物流有限公司",
    "机床厂",
    "新材料股份有限公司",
)


class Names:
    """Names, each once."""

    def __init__(self, random: Random, beside: Names | None = None) -> None:
        """`random` is the seeded source of what is invented; `beside`: names that are there already in this place."""
        self._random = random
        self._people: set[str] = set() if beside is None else beside._people
        self._units: set[str] = set() if beside is None else beside._units

    def person(self) -> str:
        """Mostly two or three characters; now and then a compound surname, a rare character or a dot."""
        while True:
            name = self._a_person()
            if name not in self._people:
                self._people.add(name)
                return name

    def beyond_fonts(self) -> str:
        """A name that can be kept and shown, and not printed; of common characters where the fonts have grown."""
        lacking = [letter for letter in _BEYOND_FONTS if missing_glyphs(letter)] or [self._random.choice(_GIVEN)]
        name = self._random.choice(_SURNAMES) + self._random.choice(lacking)
        self._people.add(name)
        return name

    def _a_person(self) -> str:
        chance = self._random.randrange(100)
        if chance < 3:
            return f"{self._random.choice(_ETHNIC_FIRST)}·{self._random.choice(_ETHNIC_LAST)}"
        surname = self._random.choice(_COMPOUND) if chance < 6 else self._random.choice(_SURNAMES)
        last = self._random.choice(_RARE) if 6 <= chance < 10 else self._random.choice(_GIVEN)
        first = self._random.choice(_GIVEN) if chance >= 30 else ""
        return surname + first + last

    def school(self) -> tuple[str, str]:
        """A school's name and kind."""
        ending, kind = self._random.choice(_SCHOOLS)
        return self._unit(ending), kind

    def company(self) -> str:
        """A company's or works' name."""
        return self._unit(self._random.choice(_COMPANIES))

    def _unit(self, ending: str) -> str:
        while True:
            word = "".join(self._random.sample(_UNIT_WORDS, 2))
            if word not in self._units:
                self._units.add(word)
                return word + ending
