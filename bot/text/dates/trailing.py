"""把“名称 起止日期”分开；有一点没读进去的日期，就整句不收。"""

import re
import unicodedata
from contextlib import suppress
from datetime import date, datetime

from bot import clock
from bot.text.plain import simplified
from bot.text.years import years_in

from .around import dates_around
from .clauses import REMARK, clauses_of
from .days import Day
from .joints import WORK
from .mentions import date_spans
from .models import DateError, NotUnderstood, Span, shorten
from .numbers import CHINESE, NUMBER, number_of
from .phrases import not_understood
from .rewording import days_counted, reworded, with_year, without_command
from .spans import EXAMPLES, read_span
from .vague import left_unread, why_unsaid, why_vague

_SEPARATORS = " ,，、:：;；-—–~。\"'“”‘’「」『』《》【】"
_APART = rf"(?<=[{re.escape(_SEPARATORS)}])"
_LABEL = re.compile(
    rf"(?:起止|{_APART}(?:{WORK}|开放))?(?:时间|日期)$|{_APART}(?:{WORK}|跨年的?)$"
)
_COPULA = re.compile(
    r"(?:的?(?:报名|申报|起止)?时间)?(?:是|为|就是|(?:改|设|定|安排|调整|顺延|延)[成为在于到]?)$"
)
_TAKING = re.compile(r"^(?:把|将|关于)(?=..)")
_IN_BRACKETS = re.compile(
    r"^([^()\[\]【】]{2,})[(\[【]([^()\[\]【】]*\d[^()\[\]【】]*)[)\]】]$"
)
"""“补报（12月1日至12月20日）”。"""
_BARE = re.compile(r"[至到]")
"""光一个“至”，前面紧挨着字的，那些字多半是没读懂的开头。"""
_TORN = re.compile(rf"(?:[上下本这那每隔前后第\d]|[{CHINESE}])个?$")
"""日期紧挨着这些，多半是“这个月底”“第三个周五”断开了。"""
_PUT_OFF = re.compile(r"(?:延期|延长|顺延|推迟|推后|提前|改|延)$")
_MOST_GAPS = 8
_BEFORE_HOLIDAYS = re.compile(rf"^(?:[寒暑]假|放假|期末|开学)前(?={WORK})")
_FOR = re.compile(r"^(?:[是为的:,]|完成|交(?=..))+|(?:申报)?(?:时间|期间)$")
_STILL_DATE = re.compile(
    rf"[前后至到起止之以或和与及、—–~-]|左右|期间|开始|截止|结束|[上下]午|\d|[{CHINESE}]"
)
"""日期后面紧跟这些，话还没说完。"""
_ALSO_NAMES = frozenset(("补报", "申报", "报名", "征集"))
"""“12月15日截止补报”：是要做的事，也是名称。"""
_TASKS = ("申报", "补报", "报名", "征集", "备案", "填报")
"""名称的结尾：说的是要做的事。"""
_BEFORE_REMARK = re.compile(r"(?P<closing>[止号日)]*)[ ,，。;；!！]+")
_LONGEST = 240
"""名称连日期不会有这么长；更长的是贴来的文章，不去逐字试。"""
_MONTH = re.compile(rf"({NUMBER})月(?!{NUMBER})")
_TITLED = re.compile(
    r"(?:窗口|事项)?(?:名称|名字|标题|事项)[:：=]\s*|"
    r"(?:^|(?<=[,，;；。\s]))(?:窗口)?(?:名称|名字|标题)(?:是|为|叫|就叫)?\s*(?=\S)"
)
_PARTED = re.compile(
    r"[,，;；。\s]*(?=(?:起止|报名|申报|开放)?(?:开始|起始|截止|结束)?(?:时间|日期)[:：=]|"
    r"(?:报名|申报)?(?:开始|起始|截止|结束)[:：=])"
)


_REQUEST = re.compile(
    r"^(?:(?:请|麻烦|帮忙|帮我|给我|我要|我想|想|要|那就?|老师|助手|你好)[,，\s]*)*"
    r"(?:记|加|新增|添加|增加|设|设置|新建|建|安排|登记|录|写|提醒)(?:上|入)?(?:一?个|一?条|一?下)*"
    r"(?:新的?)?(?:申报|报名)?(?:窗口|事项|时间|日程)?[,，:：]\s*"
)
"""“帮忙加个窗口，”是要做的事，不是名称。"""
_PARTICLES = re.compile(
    r"(?:[哈啊吧呢哦啦呀嘛~～!！。\s]|谢谢|辛苦了?|老师|多谢|[对是好行]吧|"
    r"那?就?这[样么]子?(?:定|办)?了?)+$"
)
_OPENS_DATE = re.compile(
    r"(?:[从自至到在于,:]|截止|截至|最[晚迟后]|时间|日期|开始|起止|结束|是|为|不[晚迟]于|直到|"
    r"(?i:deadline|ddl)|请|大家|各位|各校|各院校|务必|[ ])*"
)
"""第一处日期前面的这些，是日期的一部分。"""
_CLOSES_DATE = re.compile(
    r"\)?(?:\((?:周|星期)[一二三四五六日天]\))?(?:当天)?"
    r"(?:(?:当天)?下班[之以]?前|截止|截至|结束|关闭|为止|止|之前|以前|前)?"
)


def split_trailing(text: str, now: datetime) -> tuple[str, Span]:
    """把“名称 起止日期”分开；名称里可以有数字和年份。

    日期里没写年、月，而名称里写了，就用名称里的。照写读不懂的，换成语法认的说法、
    或一小句一小句地再读。

    异常:
        DateError: 没有名称、没有日期，或日期不对
    """
    today = clock.local(now).date()
    if why := why_unsaid(text):
        raise DateError(f"{why}。")
    name, span = _read(text, now, today)
    if year := _missed_year(text, name, span, today):
        raise DateError(
            f"话里说的是{year}年，日期却读成了{span.last}，请写全年月日，如：{EXAMPLES}。"
        )
    return name, span


def _missed_year(text: str, name: str, span: Span, today: date) -> int | None:
    """话里说了年份，读出来的起止却都不在其中：说的是哪一年；没有为 `None`。

    名称里写全的年份不看：那由 `written_in` 去对。
    """
    rest = unicodedata.normalize("NFKC", text).replace(name, " ")
    coming = re.findall("明年|后年|来年", name)
    said = years_in(f"{rest} {' '.join(coming)}", today.year)
    read = {day.day.year for day in (span.first, span.last) if day is not None}
    return None if not said or read & set(said) else max(said)


def _read(text: str, now: datetime, today: date) -> tuple[str, Span]:
    if len(text) > _LONGEST:
        return _split(text, now)
    plain = unicodedata.normalize("NFKC", text).replace("元月", "1月")
    plain = with_year(without_command(plain), today)
    try:
        return _split(plain, now)
    except NotUnderstood:
        again = reworded(simplified(" ".join(plain.split())), today)
        for attempt in (_split, _counted, _by_clauses, _amid):
            with suppress(NotUnderstood):
                return attempt(again, now)
        raise


def _counted(text: str, now: datetime) -> tuple[str, Span]:
    """“…至… 两天补录”：天数与起止对得上才收。"""
    found = days_counted(text)
    if found is None:
        raise not_understood(text, EXAMPLES)
    name, span = _split(found[0], now)
    if span.first is None or (span.last.day - span.first.day).days + 1 != found[1]:
        raise DateError(f"起止日期不是{found[1]}天，请核对「{shorten(text)}」。")
    return name, span


def _by_clauses(text: str, now: datetime) -> tuple[str, Span]:
    found = clauses_of(text)
    name = _name(_TITLED.sub("", found.name)) if found else ""
    if found is None or len(name) < 2 or REMARK.match(name) or _is_unread(name):
        raise not_understood(text, EXAMPLES)
    today = clock.local(now).date()
    return name, read_span(found.dates, now, written_in(name, today))


def _amid(text: str, now: datetime) -> tuple[str, Span]:
    """“申报 小助手帮个忙，12月8号开，12月22号关，谢啦”：日期夹在闲话里的。"""
    name, _, rest = text.partition(" ")
    dates = dates_around(rest)
    if not name.endswith(_TASKS) or dates is None or _is_unread(name):
        raise not_understood(text, EXAMPLES)
    return name, read_span(dates, now, written_in(name, clock.local(now).date()))


def _is_unread(name: str) -> bool:
    """名称里还有说时候的话；“寒假前补报”这样修饰名称的不算。"""
    plain = _BEFORE_HOLIDAYS.sub("", name)
    return left_unread(plain) or bool(why_vague(plain))


def _split(text: str, now: datetime) -> tuple[str, Span]:
    text = _titled_first(" ".join(unicodedata.normalize("NFKC", text).split()))
    if len(text) <= _LONGEST:
        text = simplified(text)
        text = _PARTICLES.sub("", _REQUEST.sub("", text)) or text
        text = _IN_BRACKETS.sub(r"\1 \2", _without_remark(text))
        if glued := _name_after(text, now):
            return glued
    today = clock.local(now).date()
    problem: DateError | None = None
    for start in range(len(text) if len(text) <= _LONGEST else 0):
        if _cuts_a_number(text, start):
            continue
        name = _name(text[:start])
        try:
            span = read_span(text[start:], now, written_in(name, today))
        except NotUnderstood:
            continue
        except DateError as error:
            problem = problem or error
            continue
        if not name or problem:
            break
        if left_unread(name) or _is_glued(text, start):
            raise not_understood(text, EXAMPLES)
        return name, span
    if problem:
        raise problem
    if leading := _leading(text, now):
        return leading
    if why_vague(text):
        raise not_understood(text, EXAMPLES)
    raise NotUnderstood(
        f"没看懂「{shorten(text)}」。请先写名称，再写起止日期，"
        f"如：2027年第一次申报 {EXAMPLES.split('、')[0]}。"
    )


def _name_after(text: str, now: datetime) -> tuple[str, Span] | None:
    """日期在前、名称紧跟在后：“12月20日到1月10日补报”；日期要全在前面。"""
    spans = date_spans(text)
    if not spans or not _OPENS_DATE.fullmatch(text, 0, spans[0][0]):
        return None
    whole = _is_span(text, now)
    end = spans[-1][1]
    closing = _CLOSES_DATE.match(text, end)
    for cut in dict.fromkeys((closing.end() if closing else end, end)):
        name = _FOR.sub("", _name(text[cut:]))
        if len(name) < 2 or REMARK.match(name) or left_unread(name) or why_vague(name):
            continue
        if _STILL_DATE.match(name) or (whole and name not in _ALSO_NAMES):
            continue
        try:
            return name, read_span(text[:cut], now)
        except DateError:
            continue
    return None


def _without_remark(text: str) -> str:
    """日期之后隔开的嘱咐不读：“… 请大家抓紧”。"""
    spans = date_spans(text)
    rest = _BEFORE_REMARK.match(text, spans[-1][1]) if spans else None
    if rest is None or not REMARK.match(text, rest.end()):
        return text
    return text[: rest.start()] + rest["closing"]


def _is_span(text: str, now: datetime) -> bool:
    try:
        read_span(text, now)
    except NotUnderstood:
        return False
    except DateError:
        return True
    return True


def _leading(text: str, now: datetime) -> tuple[str, Span] | None:
    """日期写在前面、名称在后面的：“4月6日至5月28日 考评员报名”。"""
    for gap in list(re.finditer(r"[ ,，:：;；]+", text))[:_MOST_GAPS]:
        name = _name(text[gap.end() :])
        try:
            span = read_span(text[: gap.start()], now)
        except DateError:
            continue
        unread = (
            _is_unread(name) if span.first else left_unread(name) or why_vague(name)
        )
        if name and not (REMARK.match(name) or left_unread(name) or unread):
            return name, span
    return None


def _titled_first(text: str) -> str:
    """“名称：… 开始：… 截止：…”：名称放到最前面，去掉它的名目。"""
    found = _TITLED.search(text)
    if found is None:
        return text
    rest = text[found.end() :]
    parted = next((m for m in _PARTED.finditer(rest) if m.start()), None)
    name = rest[: parted.start()] if parted else rest
    after = rest[parted.end() :] if parted else ""
    before = text[: found.start()].strip(_SEPARATORS)
    return " ".join(filter(None, (name, before, after)))


def _is_glued(text: str, start: int) -> bool:
    """“开学那天到12月20日”里，没读懂的开头会成了名称。"""
    before = text[:start]
    if before[-1:] in {*_SEPARATORS}:
        return False
    bare = _BARE.match(text, start) is not None and not _PUT_OFF.search(before)
    return bare or _TORN.search(before) is not None


def written_in(name: str, today: date) -> Day | None:
    """名称里写的年、月；没写，或写了不止一个的，为 `None`。"""
    years = years_in(name, today.year)
    try:
        months = {number_of(month) for month in _MONTH.findall(name)}
        return Day(
            year=years[0] if len(years) == 1 else None,
            month=months.pop() if len(months) == 1 else None,
        )
    except DateError:
        return None


def _name(text: str) -> str:
    plain = text.strip(_SEPARATORS)
    plain = _COPULA.sub("", _LABEL.sub("", plain)).strip(_SEPARATORS)
    return _TAKING.sub("", plain)


def _cuts_a_number(text: str, start: int) -> bool:
    """从这里断开，会把一个数或一个日期断成两截。"""

    def is_number(index: int) -> bool:
        char = text[index] if 0 <= index < len(text) else ""
        return bool(char) and (char.isdecimal() or char in CHINESE)

    if not start or not is_number(start):
        return False
    joined = text[start - 1] in "年月-/.:" and is_number(start - 2)
    return is_number(start - 1) or joined
