"""口头的说法换成语法认的说法；只换看得准的，写了两遍的日期对不上就不收。"""

import re
from datetime import date
from itertools import pairwise

from bot.text.years import years_in

from .joints import WORK
from .mentions import date_spans
from .models import DateError, Moment, NotUnderstood
from .numbers import CHINESE, NUMBER, YEAR, number_of, year_of
from .phrases import alone, clean, read

_EDGE = r"(?:^|(?<=[,;。:\s]))"
_STOP = r"(?=$|[,;。\s)])"
_HELP = r"(?:请|麻烦|帮忙|帮我|给我|帮)+(?:记|加|设|建|录|登记|添加|新增|设置|安排)"
_FRAMES = re.compile(
    rf"^(?:(?:通知|文件|消息)(?:已经?|刚)?(?:下来|到|出来|发)了?[,;。:\s]+"
    rf"|(?:老师|领导|厅里|学校|省里|上面|上级|通知|文件)(?:刚|又)?"
    rf"(?:说(?!课)了?[,:\s]*|(?:讲|通知)了?[,:]\s*)"
    rf"|{_HELP}(?:上|入)?(?:一?个|一?条|一?下)?[,:\s]*|那个(?!\d|[月周年星礼号日天上下早晚{CHINESE}]))+"
    rf"|[,;。\s]+{_HELP}(?:上|入)?(?:一?个|一?条|一?下)?[吧哈啊]?$"
)
"""“通知下来了，”“老师说”“，帮记上”：不是日期，也不是名称。"""
_COMMAND = re.compile(
    r"^(?:窗口\s*(?:(?:添加|新增|增加)[\s:]*|加[\s:]+)|(?:添加|新增|增加)\s*窗口[\s:]*"
    r"|(?:通知|文件|消息)(?:已经?|刚)?(?:下来|到|出来|发)了?[,;。:]\s*"
    rf"|{_HELP}(?:上|入)?(?:一?个|一?条|一?下)?[,:]\s*)+"
)
_YEAR_ALONE = re.compile(
    rf"(?:[,;。\s]+|(?P<open>\())(?:都是|均为|均是|全是|都在|是|指)?"
    rf"(?:(?P<said>[今明后])年|(?P<year>{YEAR})年)的?(?(open)\)|(?=[,;。]|$))"
)
"""“（2027年）”“，都是2027年”“，明年的”：说的是整句的年份。"""
_ASIDE = re.compile(
    r"[,;。]+[^,;。\d]{2,12}(?:另行|再行?|另)(?:安排|通知|定|商定)" + _STOP
)
"""“，考核另行安排”说的是别的事。"""
_TWICE = re.compile(
    r"(?P<said>(?:(?:本|这|下下?|上上?)一?个?)?(?:周|星期|礼拜)[一二三四五六日天]|"
    r"(?:(?:本|这个?|下下?个?)月的?)?月?底|年底|[今明后]天)\((?P<day>[^()]+)\)"
)
"""“周五（12月4日）”：写了两遍。"""
_OLD = re.compile(
    r"(?:不是(?P<wrong>[^,;。]+?)[,;。]?(?:而是|是|应该是|应为|改[成为到])"
    r"|(?:原来|原先|原定|之前|本来|由|从)(?:是|为|的)?(?P<old>[^,;。]+?)[,;。]?(?:现在?)?"
    r"(?:改|换|调整?|延|推迟)[成为到])"
)
"""“不是A，是B”“原来A改成B”：只要后面的。"""
_SLIP = re.compile(
    r"[—–\-,…。\s]*(?:[哦啊哎呃嗯呀]|不好意思)*[,\s]*"
    r"(?:不对|不是|[看说写打记搞弄]错[了啦]?|错[了啦]?)[啊呀哦]?[,\s]*(?:应该?)?是?"
)
"""夹在两处日期中间，说前一处写错了。"""
_VOID = re.compile(
    r"[,;。\s]*(?:原来|之前|原先|先前|上次)?(?:说|定)?的?(?P<void>[^,;。]+?)就?"
    r"(?:作废|不算数?|取消|不用)了?(?=$|[,;。])"
)
"""“，原来说的12月15号作废”。"""
_EACH_DAY = re.compile(r"(?P<month>\d{1,2}月)(?P<days>\d{1,2}(?:、\d{1,2}){1,9})[日号]")
_DATE_END = rf"(?<=[日号底天\d点节旦庆{CHINESE}])"
_WORDINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"\s*(?:[=-]+>|[→➔➜⇒➡]\ufe0f?)\s*", "至"),
        (r"(?<=始|止|束|称|间|期)\s*=\s*", ":"),
        (r"(?i)\bfrom\s*(?=\d)", "从"),
        (r"(?i)\s*\bto\s*(?=\d)", "至"),
        (r"(?i)\b(?:start|begin)s?\b\s*:?\s*", "开始:"),
        (r"(?i)\bends?\b\s*:?\s*", "截止:"),
        (
            r"(20\d\d)([01]\d[0-3]\d)\s*[-~—–至到]\s*([01]\d[0-3]\d)(?!\d)",
            r"\1\2至\1\3",
        ),
        (r"就是说呢?|[嗯呃额]+|这样子?$|(?<=[日号])[吧呢啊嘛]", ""),
        (r"(?:一直|持续)(?:开|报|收)?(?=[到至])", ""),
        (rf"开始(?:报|收|交)(?={_STOP[3:-1]}|[到至])", "开始"),
        (_EDGE + r"[起开](?=:)", "开始"),
        (_EDGE + r"[止关收](?=:)", "截止"),
        (r"从?现在(?:开始|起)|从现在(?=[到至])", "即日起"),
        (
            rf"{_DATE_END}(?:开(?:门|始|放|启|通)?|启动)(?:{WORK})?"
            r"(?=[到至,;。\s]|$|\d|[一二三四五六七八九十]+[月日号])",
            "开始",
        ),
        (
            rf"{_DATE_END}就?(?:(?:收|关|停)(?:口|门|闭|网|止)?|结束|截止)了?{_STOP}",
            "截止",
        ),
        (
            _EDGE + r"(?:已经?|又|再)?(?:延|推|提)(?:期|长|迟|前)?[到至]"
            rf"(?P<put>[^,;。]+?)了?{_STOP}",
            r"截至\g<put>",
        ),
        (r"(?<=截止)(?:时间|日期)?(?:不变|照旧|还是老样子)", ""),
    )
)
_MONTH_AND_DAY = re.compile(rf"(?<![\d年月前后{CHINESE}]){NUMBER}月份?{NUMBER}[日号]")
_ALL_DATES = re.compile(r"[从自]?#(?:(?:[至到~—–-]+#)?(?:开始|起|截止|止)?)")
_DAYS_LONG = re.compile(rf"[,(]?(?:共|一共|为期)?(?P<n>{NUMBER})天(?:时间)?\)?")
_AHEAD = {"今": 0, "明": 1, "后": 2}


def without_command(text: str) -> str:
    """去掉“窗口 添加”“通知下来了，”这样的开头。"""
    return _COMMAND.sub("", text)


def with_year(text: str, today: date) -> str:
    """单说的年份，写到没写年份的每一处月、日前面；写在日期前面的不动。

    两头都写上，“12月1日至1月15日（2027年）”就对不上，不猜是哪一头的。

    异常:
        DateError: 说不清是哪些日期的年份
    """
    found = list(_YEAR_ALONE.finditer(text))
    spans = date_spans(text)
    if not found or not spans or found[-1].start() < spans[0][0]:
        return text
    match = found[-1]
    said = match["said"]
    year = today.year + _AHEAD[said] if said else year_of(match["year"], today.year)
    rest = f"{text[: match.start()]}{text[match.end() :]}".strip(",;。 ")
    dated = _MONTH_AND_DAY.sub(rf"{year}年\g<0>", rest)
    if len(found) > 1 or not _all_of(year, dated, today):
        raise DateError(
            f"「{match[0].strip(',;。 ')}」说的是哪些日期？请把年份写进日期。"
        )
    return dated


def _all_of(year: int, text: str, today: date) -> bool:
    """各处日期都是这一年的；只写几号的，跟着前面的。"""
    follows = False
    for start, end in date_spans(text):
        day = read(clean(text[start:end]), text, today).day
        if day.year != year and not (follows and day.month is None and day.day):
            return False
        follows = True
    return all(other == year for other in years_in(text, today.year))


def reworded(text: str, today: date) -> str:
    """换成语法认的说法；没有可换的，照原样。

    异常:
        DateError: 写了两遍的日期对不上
    """
    text = _ASIDE.sub("", _FRAMES.sub("", text))
    text = _OLD.sub(_without_old, _VOID.sub(_without_void, _without_slips(text)))
    text = _EACH_DAY.sub(_as_range, text)
    text = _TWICE.sub(lambda match: _agreed(match, today), text)
    for pattern, said in _WORDINGS:
        text = pattern.sub(said, text)
    return text.strip()


def days_counted(text: str) -> tuple[str, int] | None:
    """“12月7日到12月8日两天补录”：去掉天数的话，与天数；没说则为 `None`。"""
    spans = date_spans(text)
    found = _DAYS_LONG.match(text, spans[-1][1]) if spans else None
    if found is None:
        return None
    days = number_of(found["n"])
    before, after = text[: found.start()], text[found.end() :]
    if len(spans) == 1 and days == 1:
        start, end = spans[0]
        before += f"至{text[start:end]}"
    elif len(spans) != 2:
        return None
    return f"{before} {after}".strip(), days


def _without_slips(text: str) -> str:
    """“3.1——哦看错了3.11”：错的那一处不算。"""
    spans = date_spans(text)
    for (start, end), (following, _) in reversed(list(pairwise(spans))):
        if _SLIP.fullmatch(text, end, following):
            text = text[:start] + text[following:]
    return text


def _without_void(match: re.Match[str]) -> str:
    return "" if _ALL_DATES.fullmatch(_blanked(match["void"])) else match[0]


def _as_range(match: re.Match[str]) -> str:
    """“12月2、3、4号”：一天接一天的，是一段。"""
    days = [int(day) for day in re.findall(r"\d+", match["days"])]
    if days != list(range(days[0], days[-1] + 1)):
        return match[0]
    return f"{match['month']}{days[0]}日至{match['month']}{days[-1]}日"


def _without_old(match: re.Match[str]) -> str:
    """更正前的，要全是日期才去掉。"""
    old = match["wrong"] or match["old"]
    return "" if _ALL_DATES.fullmatch(_blanked(old)) else match[0]


def _blanked(text: str) -> str:
    for start, end in reversed(date_spans(text)):
        text = f"{text[:start]}#{text[end:]}"
    return text


def _agreed(match: re.Match[str], today: date) -> str:
    """写了两遍的，留写明月、日的那一遍。"""
    said, dated = match["said"], match["day"]
    try:
        roughly, day = (read(clean(one), one, today).day for one in (said, dated))
    except NotUnderstood:
        return match[0]
    if day.month is None:
        return match[0]
    chosen = alone(day, today)
    if not roughly.matches(chosen):
        raise DateError(f"「{said}」不是{Moment(chosen)}，请核对。")
    return dated
