"""省级行政区划与广西、山东的地级市。"""

PROVINCE_CODES: dict[str, str] = {
    "11": "北京",
    "12": "天津",
    "13": "河北",
    "14": "山西",
    "15": "内蒙古",
    "21": "辽宁",
    "22": "吉林",
    "23": "黑龙江",
    "31": "上海",
    "32": "江苏",
    "33": "浙江",
    "34": "安徽",
    "35": "福建",
    "36": "江西",
    "37": "山东",
    "41": "河南",
    "42": "湖北",
    "43": "湖南",
    "44": "广东",
    "45": "广西",
    "46": "海南",
    "50": "重庆",
    "51": "四川",
    "52": "贵州",
    "53": "云南",
    "54": "西藏",
    "61": "陕西",
    "62": "甘肃",
    "63": "青海",
    "64": "宁夏",
    "65": "新疆",
}
"""省级行政区划代码（GB/T 2260 前两位），用于院校代码的第 3、4 位。"""

CITIES: dict[str, tuple[str, ...]] = {
    "广西": tuple(
        "南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 "
        "崇左".split()
    ),
    "山东": tuple(
        "济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 "
        "菏泽".split()
    ),
}
"""广西与山东的地级市。"""

_PROVINCES = frozenset(PROVINCE_CODES.values())
_FULL_NAMES = {
    "广西壮族自治区": "广西",
    "内蒙古自治区": "内蒙古",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}
_REGION_OF_CITY = {city: region for region, names in CITIES.items() for city in names}


def region_named(text: str) -> str | None:
    """整段文字就是一个省级行政区的名字时，返回它的简称，如 `广西`。"""
    short = _FULL_NAMES.get(text, text)
    for suffix in ("省", "市", "区"):
        if short not in _PROVINCES:
            short = short.removesuffix(suffix)
    return short if short in _PROVINCES else None


def split_region(text: str) -> tuple[str | None, str]:
    """把开头的省级名字分出来：`广西南宁` → (`广西`, `南宁`)。"""
    for name, short in (*_FULL_NAMES.items(), *((p, p) for p in _PROVINCES)):
        if text.startswith(name):
            rest = text[len(name) :]
            return short, rest.removeprefix("省") if name == short else rest
    return None, text


def city_named(text: str) -> str | None:
    """整段文字是广西或山东的地级市时，返回带“市”的名字。"""
    city = split_region(text)[1].removesuffix("市")
    return f"{city}市" if city in _REGION_OF_CITY else None


def region_of(text: str) -> str | None:
    """由地址、市名或校名的开头看出的地区；看不出为 `None`。"""
    region, rest = split_region(text)
    if region:
        return region
    return next(
        (region for city, region in _REGION_OF_CITY.items() if rest.startswith(city)),
        None,
    )
