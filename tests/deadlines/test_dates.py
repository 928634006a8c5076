"""日期语法：要么读对，要么拒绝，没有悄悄读错的。"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import product

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.text.dates import (
    DateError,
    Moment,
    parse_closing,
    parse_moment,
    parse_opening,
    parse_span,
    split_trailing,
)
from bot.text.dates.lunar import every_lunar

# 2026年11月23日是周一
NOW = datetime(2026, 11, 23, 14, 30, tzinfo=clock.ZONE)

MOMENTS = [
    ("2027-01-08", "2027-01-08"),
    ("2027/1/8", "2027-01-08"),
    ("2027.1.8", "2027-01-08"),
    ("2027-01-08 17:00", "2027-01-08 17:00"),
    ("2027-01-08T17:00", "2027-01-08 17:00"),
    ("２０２７－０１－０８　１７：００", "2027-01-08 17:00"),
    ("2027年1月8日", "2027-01-08"),
    ("2027年1月8号", "2027-01-08"),
    ("2027 年 1 月 8 日", "2027-01-08"),
    ("27年1月8日", "2027-01-08"),
    ("二〇二七年一月八日", "2027-01-08"),
    ("二零二七年十二月三十一日", "2027-12-31"),
    ("1月8日", "2027-01-08"),
    ("1月8号", "2027-01-08"),
    ("一月八号", "2027-01-08"),
    ("十二月二十日", "2026-12-20"),
    ("12月廿三日", "2026-12-23"),
    ("12月20", "2026-12-20"),
    ("11月23日", "2026-11-23"),
    ("11月22日", "2027-11-22"),
    ("3/14", "2027-03-14"),
    ("今天", "2026-11-23"),
    ("今天 17:00", "2026-11-23 17:00"),
    ("明天", "2026-11-24"),
    ("明日下午3点", "2026-11-24 15:00"),
    ("后天", "2026-11-25"),
    ("大后天", "2026-11-26"),
    ("周五", "2026-11-27"),
    ("星期一", "2026-11-23"),
    ("礼拜天", "2026-11-29"),
    ("本周五", "2026-11-27"),
    ("这周日", "2026-11-29"),
    ("下周五", "2026-12-04"),
    ("下周五17点", "2026-12-04 17:00"),
    ("下个星期五", "2026-12-04"),
    ("下下周三", "2026-12-09"),
    ("本月底", "2026-11-30"),
    ("月底", "2026-11-30"),
    ("本月末", "2026-11-30"),
    ("下月底", "2026-12-31"),
    ("下个月月底", "2026-12-31"),
    ("12月底", "2026-12-31"),
    ("2028年2月底", "2028-02-29"),
    ("年底", "2026-12-31"),
    ("明年年底", "2027-12-31"),
    ("本月30日", "2026-11-30"),
    ("下月15号", "2026-12-15"),
    ("下个月15号", "2026-12-15"),
    ("25日", "2026-11-25"),
    ("20号", "2026-12-20"),
    ("31号", "2026-12-31"),
    ("明年3月14日", "2027-03-14"),
    ("今年12月20日", "2026-12-20"),
    ("3天后", "2026-11-26"),
    ("十天后", "2026-12-03"),
    ("两周后", "2026-12-07"),
    ("两周后 15:00", "2026-12-07 15:00"),
    ("两个星期后", "2026-12-07"),
    ("一个月后", "2026-12-23"),
    ("半个月后", "2026-12-08"),
    ("12月20日下午5点", "2026-12-20 17:00"),
    ("12月20日下午五点半", "2026-12-20 17:30"),
    ("12月20日上午9点30分", "2026-12-20 09:30"),
    ("12月20日中午12点", "2026-12-20 12:00"),
    ("12月20日晚上8点", "2026-12-20 20:00"),
    ("12月20日17时", "2026-12-20 17:00"),
    ("12月20日十七点", "2026-12-20 17:00"),
    ("12月20日（周日）", "2026-12-20"),
    ("2027年1月8日星期五 17:00", "2027-01-08 17:00"),
    ("2028年2月29日", "2028-02-29"),
    ("2022年3月14日", "2022-03-14"),
    ("20270108", "2027-01-08"),
    ("下周的周五", "2026-12-04"),
    ("这周周日", "2026-11-29"),
    ("下一周周三", "2026-12-02"),
    ("元旦", "2027-01-01"),
    ("2028年国庆节", "2028-10-01"),
    ("明年五一", "2027-05-01"),
    ("12.20日", "2026-12-20"),
]

REFUSED = [
    "",
    "尽快",
    "下周",
    "下个月",
    "月初",
    "中旬",
    "12月中旬",
    "国庆前",
    "春节后",
    "端午",
    "腊月初八",
    "农历三月初三",
    "2027-02-30",
    "2027年2月29日",
    "2月29日",
    "2月30日",
    "13月1日",
    "2027-13-01",
    "11月31日",
    "99年12月31日",
    "0月8日",
    "1月0日",
    "12月20日左右",
    "大概12月20日",
    "12月20日前",
    "12月20日之前",
    "3.14",
    "3-14",
    "1.8.2027",
    "08-01-2027",
    "20270108170000",
    "12月20日5点",
    "12月20日8点半",
    "12月20日下班前",
    "12月20日25:00",
    "12月20日24:00",
    "12月20日17:60",
    "12月20日下午17点半半",
    "12月20日上午15点",
    "12月20日（周一）",
    "2027年1月8日星期六",
    "上周五",
    "昨天",
    "每周五",
    "隔周五",
    "第三个周五",
    "工作日",
    "三天",
    "3天前",
    "两三天后",
    "0天后",
    "一百二十天后",
    "12月20日或21日",
    "12月20日、21日",
    "１２月２０日 ｘ",
    "17:00",
    "下午5点",
    "Dec 20",
    "next friday",
    "1999年1月1日",
    "明年2月29日",
    "前天",
    "上个月20日",
    "次年1月10日",
    "20271308",
    "元旦后",
    "2026年10月1日节前",
]

SPANS = [
    ("6月10号截止，3月14号开始，大家照着准备", "2027-03-14", "2027-06-10"),
    ("截止2027年6月10日，2027年3月15日开始", "2027-03-15", "2027-06-10"),
    ("五一开始收，6月1号截止", "2027-05-01", "2027-06-01"),
    ("12月7号到元旦", "2026-12-07", "2027-01-01"),
    ("今年12月7日到元旦", "2026-12-07", "2027-01-01"),
    ("20270314-0610", "2027-03-14", "2027-06-10"),
    ("from 2027-03-01 to 2027-05-31", "2027-03-01", "2027-05-31"),
    ("开始时间3.1——哦看错了3.11，结束4.11", "2027-03-11", "2027-04-11"),
    ("12月5日➡️12月19日", "2026-12-05", "2026-12-19"),
    (
        "那个就是说呢嗯从下个月一号吧一直到下个月十五号这样子",
        "2026-12-01",
        "2026-12-15",
    ),
    ("3月14日至6月10日", "2027-03-14", "2027-06-10"),
    ("3月14日到6月10日", "2027-03-14", "2027-06-10"),
    ("3月14日—6月10日", "2027-03-14", "2027-06-10"),
    ("8月20日-12月20日", "2026-08-20", "2026-12-20"),
    ("3月14日~6月10日", "2027-03-14", "2027-06-10"),
    ("3月14日——6月10日", "2027-03-14", "2027-06-10"),
    ("从3月14日至6月10日", "2027-03-14", "2027-06-10"),
    ("3月14日起至6月10日止", "2027-03-14", "2027-06-10"),
    ("3月14日至20日", "2027-03-14", "2027-03-20"),
    ("2027年3月14日至6月10日", "2027-03-14", "2027-06-10"),
    ("2027年12月1日至2028年1月10日", "2027-12-01", "2028-01-10"),
    ("2027-03-14至2027-06-10", "2027-03-14", "2027-06-10"),
    ("2027-03-14 - 2027-06-10", "2027-03-14", "2027-06-10"),
    ("2027/3/14-2027/6/10", "2027-03-14", "2027-06-10"),
    ("12月1日至1月10日", "2026-12-01", "2027-01-10"),
    ("11月1日至11月30日", "2026-11-01", "2026-11-30"),
    ("今天到下周五", "2026-11-23", "2026-12-04"),
    ("明天至本月底", "2026-11-24", "2026-11-30"),
    ("3月14日 9:00 至 6月10日 17:00", "2027-03-14 09:00", "2027-06-10 17:00"),
    ("截至4月30日", None, "2027-04-30"),
    ("至12月31日", None, "2026-12-31"),
    ("到2027年4月30日17:00", None, "2027-04-30 17:00"),
    ("2022年3月14日至6月10日", "2022-03-14", "2022-06-10"),
    ("2027.3.14-6.10", "2027-03-14", "2027-06-10"),
    ("3.14-6.10", "2027-03-14", "2027-06-10"),
    ("2027-03-14至06-10", "2027-03-14", "2027-06-10"),
    ("即日起至12月31日", "2026-11-23", "2026-12-31"),
    ("4月30日截止", None, "2027-04-30"),
    ("4月30日17时前", None, "2027-04-30 17:00"),
    ("截至12月31日24时", None, "2026-12-31"),
    ("3月14日开始，6月10日结束", "2027-03-14", "2027-06-10"),
    ("12月1日9时至12月5日17时", "2026-12-01 09:00", "2026-12-05 17:00"),
    ("明天9点到17点", "2026-11-24 09:00", "2026-11-24 17:00"),
    ("12月1日至月底", "2026-12-01", "2026-12-31"),
    ("3月14日至月底", "2027-03-14", "2027-03-31"),
    ("3月14日至年底", "2026-03-14", "2026-12-31"),
    ("11月20日至30日", "2026-11-20", "2026-11-30"),
    ("20日至25日", "2026-11-20", "2026-11-25"),
    ("28日至5日", "2026-11-28", "2026-12-05"),
    ("今天至5号", "2026-11-23", "2026-12-05"),
    ("下周一至周五", "2026-11-30", "2026-12-04"),
    ("11月16日（周一）至12月20日（周日）", "2026-11-16", "2026-12-20"),
    ("2028年3月14日至6月10日（周六）", "2028-03-14", "2028-06-10"),
    ("12月20日至2027年1月15日", "2026-12-20", "2027-01-15"),
    ("9月1日至明年6月30日", "2026-09-01", "2027-06-30"),
    ("上周五到12月20日", "2026-11-20", "2026-12-20"),
    ("这周周三至下周五", "2026-11-25", "2026-12-04"),
    ("昨天到明天", "2026-11-22", "2026-11-24"),
    ("上月20日至12月20日", "2026-10-20", "2026-12-20"),
    ("去年12月1日至12月20日", "2025-12-01", "2025-12-20"),
    ("元旦到1月10日", "2027-01-01", "2027-01-10"),
    ("3月14日到五一", "2027-03-14", "2027-05-01"),
    ("截至元旦", None, "2027-01-01"),
    ("12月20日至次年1月10日", "2026-12-20", "2027-01-10"),
    ("2027年9月1日至次年6月30日", "2027-09-01", "2028-06-30"),
    ("20270314-20270610", "2027-03-14", "2027-06-10"),
    ("截止时间：2027年6月10日17:00", None, "2027-06-10 17:00"),
    ("截止日期为2027年6月10日", None, "2027-06-10"),
    ("最晚12月20号", None, "2026-12-20"),
    ("不晚于12月20日17:00", None, "2026-12-20 17:00"),
    ("12月20号之前交", None, "2026-12-20"),
    ("12月1日（含）至12月20日（含）", "2026-12-01", "2026-12-20"),
    ("12月1日报名，12月20日截止", "2026-12-01", "2026-12-20"),
    ("3月14日开始报名，截止到6月10日", "2027-03-14", "2027-06-10"),
    ("开始：3月14日 9:00 截止：6月10日 17:00", "2027-03-14 09:00", "2027-06-10 17:00"),
    ("截止时间：6月10日；开始时间：3月14日", "2027-03-14", "2027-06-10"),
    ("12.1日至12.20日", "2026-12-01", "2026-12-20"),
    ("3月1日起三周", "2027-03-01", "2027-03-21"),
    ("从2027年3月1日起一个月", "2027-03-01", "2027-03-31"),
    ("从今天开始10天", "2026-11-23", "2026-12-02"),
    ("本月底", None, "2026-11-30"),
    ("请于2026年12月20日前提交", None, "2026-12-20"),
    ("12月20日之前报完", None, "2026-12-20"),
    ("12月1号开放，20号关闭", "2026-12-01", "2026-12-20"),
    ("2027-03-14 2027-06-10", "2027-03-14", "2027-06-10"),
    ("春节到3月1日", "2027-02-06", "2027-03-01"),
    ("清明到五一", "2027-04-05", "2027-05-01"),
    ("2027年端午节截止", None, "2027-06-09"),
    ("农历正月十六到二月初二", "2027-02-21", "2027-03-09"),
    ("正月十五17:00截止", None, "2027-02-20 17:00"),
    ("农历腊月初八到腊月廿三", "2027-01-15", "2027-01-30"),
    ("大年初一到3月5日", "2027-02-06", "2027-03-05"),
    ("2027年教师节到2027年中秋节", "2027-09-10", "2027-09-15"),
    ("2027年十一到10月31日", "2027-10-01", "2027-10-31"),
    ("27.4.6-27.5.28", "2027-04-06", "2027-05-28"),
    ("4月6号--5月28号", "2027-04-06", "2027-05-28"),
    ("4月6日到5月28日，过时不候", "2027-04-06", "2027-05-28"),
    ("12月15号前（含15号）交齐", None, "2026-12-15"),
    ("5月28日下班前截止", None, "2027-05-28"),
    ("deadline：2026-12-15 12:00", None, "2026-12-15 12:00"),
    ("月底截止", None, "2026-11-30"),
    ("国庆那天截止，从明年8月20日开始", "2027-08-20", "2027-10-01"),
    ("到明年6月10号为止，3月14号开始", "2027-03-14", "2027-06-10"),
    ("deadline 12月20日", None, "2026-12-20"),
    ("本月最后一天", None, "2026-11-30"),
]

REFUSED_SPANS = [
    "3月14日",
    "3月14日起",
    "3月14日至",
    "至",
    "3.14至6月10日",
    "今天至12.5",
    "截至4.30",
    "3月14日开始",
    "12月1日至12月15日前",
    "3月上旬至6月下旬",
    "11月30日至11月23日",
    "12月1日至本月底",
    "6月10日至3月14日",
    "11月20日至5日",
    "2月29日至3月31日",
    "11月16日（周二）至12月20日",
    "2028年3月14日至6月10日（周四）",
    "12月1日9点至12月5日5点",
    "12月1日9:00至12月5日5点",
    "2027年6月10日至3月14日",
    "2027年12月1日至1月10日",
    "6月10日至6月10日至6月11日",
    "3月14日至2月30日",
    "3月14日9:00至3月14日8:00",
    "下周五至本周五",
    "3月14日或6月10日",
    "三月中旬至六月",
    "一个月",
    "国庆前",
    "国庆前截止",
    "国庆后到12月20日",
    "截至寒假前",
    "开始：3月14日 开始：6月10日",
    "截至昨天",
    "12月1日左右至12月20日",
    "10月1日至11月20日",
    "最晚10月20日",
    "15日至20日",
    "重阳截止",
    "8月20日到9月10日",
    "教师到12月20日",
    "农历腊月三十截止",
    "农历十二月初八至12月30日",
    "小年到3月1日",
]


def _moment(text: str | None) -> Moment | None:
    if text is None:
        return None
    day, _, clock_text = text.partition(" ")
    at = time.fromisoformat(clock_text) if clock_text else None
    return Moment(date.fromisoformat(day), at)


@pytest.mark.parametrize(("phrase", "expected"), MOMENTS)
def test_reads_moment(phrase: str, expected: str) -> None:
    assert parse_moment(phrase, NOW) == _moment(expected)


@pytest.mark.parametrize("phrase", REFUSED)
def test_refuses_moment(phrase: str) -> None:
    with pytest.raises(DateError, match=r"[。：]"):
        parse_moment(phrase, NOW)


@pytest.mark.parametrize(("phrase", "first", "last"), SPANS)
def test_reads_span(phrase: str, first: str | None, last: str) -> None:
    span = parse_span(phrase, NOW)
    assert (span.first, span.last) == (_moment(first), _moment(last))


@pytest.mark.parametrize("phrase", REFUSED_SPANS)
def test_refuses_span(phrase: str) -> None:
    with pytest.raises(DateError):
        parse_span(phrase, NOW)


@pytest.mark.parametrize(
    ("text", "name", "phrase"),
    [
        (
            "2027年第一次申报 3月14日至6月10日",
            "2027年第一次申报",
            "3月14日至6月10日",
        ),
        ("2027年第一次申报3月14日至6月10日", "2027年第一次申报", "3月14日至6月10日"),
        (
            "第二次申报 2027年8月20日 9:00 - 12月20日 17:00",
            "第二次申报",
            "2027年8月20日 9:00 - 12月20日 17:00",
        ),
        ("2027年培训考核完成 截至12月31日", "2027年培训考核完成", "截至2027年12月31日"),
        ("第一次申报：3月14日至6月10日", "第一次申报", "3月14日至6月10日"),
        ("春季申报 时间：3月14日至6月10日", "春季申报", "3月14日至6月10日"),
        (
            "2027年第二次申报 8月20日至12月20日",
            "2027年第二次申报",
            "2027年8月20日至12月20日",
        ),
        ("三月补报 5日至20日", "三月补报", "3月5日至20日"),
        ("2027年1月补报 5日至20日", "2027年1月补报", "2027年1月5日至20日"),
        ("明年补报 12月1日至15日", "明年补报", "2027年12月1日至15日"),
        ("27年补报 12月1日至15日", "27年补报", "2027年12月1日至15日"),
        ("2027级补报 12月1日至15日", "2027级补报", "2026年12月1日至15日"),
        ("2028年补报 5日至20日", "2028年补报", "12月5日至20日"),
        (
            "2027年申报 2026年12月1日至15日",
            "2027年申报",
            "2026年12月1日至15日",
        ),
        ("汇总表上报 至9月20日", "汇总表上报", "至9月20日"),
        ("补报 上周五到12月20日", "补报", "上周五到12月20日"),
        ("补报 元旦到1月10日", "补报", "元旦到1月10日"),
        ("国庆补报 3月14日至6月10日", "国庆补报", "3月14日至6月10日"),
        ("寒假培训：3月14日至6月10日", "寒假培训", "3月14日至6月10日"),
        ("补报 报名时间：3月14日至6月10日", "补报", "3月14日至6月10日"),
        ("补报，截止时间：6月10日17:00", "补报", "截至6月10日17:00"),
        ("补报 报名开始：3月14日，报名截止：6月10日", "补报", "3月14日至6月10日"),
        (
            "名称：春季申报 开始：3月14日 截止：6月10日",
            "春季申报",
            "3月14日至6月10日",
        ),
        (
            "开始时间：3月14日；截止时间：6月10日；名称：春季申报",
            "春季申报",
            "3月14日至6月10日",
        ),
        ("4月6日至5月28日 考评员报名", "考评员报名", "4月6日至5月28日"),
        ("补报，跨年的，12月25号到1月15号", "补报", "12月25号到1月15号"),
        ("窗口名称：补报\n时间：3月14日至6月10日", "补报", "3月14日至6月10日"),
        ("12月20日到1月10日补报", "补报", "12月20日到1月10日"),
        ("下周一到下周五补材料", "补材料", "下周一到下周五"),
        ("12月1-25日补报", "补报", "12月1日至25日"),
        ("12月15日（周二）截止补报", "补报", "12月15日截止"),
        (
            "自3月14日起，至6月10日止，为第一批申报时间",
            "第一批申报",
            "3月14日至6月10日",
        ),
        (
            "明年的第一批申报是3月14日到6月10日哈",
            "明年的第一批申报",
            "3月14日至6月10日",
        ),
        ("截止6月10日，开始3月14日，名称第一批申报", "第一批申报", "3月14日至6月10日"),
        ("请大家于12月20日前完成补报", "补报", "12月20日前"),
        ("帮忙加个申报窗口，第一批，3月14到6月10", "第一批", "3月14日至6月10日"),
        ("补报（12月1日至12月20日）", "补报", "12月1日至12月20日"),
        ("補報 12月1號至12月20號 請大家抓緊", "补报", "12月1日至12月20日"),
        ("补报时间改为12月1日到12月20日", "补报", "12月1日至12月20日"),
        ("补报12.1到12.20号", "补报", "12月1日至12月20日"),
        ("起：3月14日\n止：6月10日\n事项：春季申报", "春季申报", "3月14日至6月10日"),
        ("开：3月14日；收：6月10日；第一批", "第一批", "3月14日至6月10日"),
        ("6月10日关闭，3月14日开放，第一批", "第一批", "3月14日至6月10日"),
        ("第一批3月14日开门6月10日关门", "第一批", "3月14日至6月10日"),
        ("那个补报窗口从12月1号一直到12月20号", "补报窗口", "12月1日至20日"),
        ("补报：12月1日 => 12月20日", "补报", "12月1日至12月20日"),
        (
            "【春季】9月1日0:00—12月15日24:00（2027年）",
            "春季",
            "2027年9月1日0:00至12月15日",
        ),
        (
            "第一批，8月20日开，12月20日收，都是2027年",
            "第一批",
            "2027年8月20日至12月20日",
        ),
        (
            "补报，8月20日到12月20日，考核另行安排，明年的",
            "补报",
            "2027年8月20日至12月20日",
        ),
        ("补报，评审另行通知，12月1日到12月20日", "补报", "12月1日至12月20日"),
        ("12月18号下班前交名单", "名单", "12月18日截止"),
        ("补报截止时间由12月10日改为12月18日", "补报", "12月18日截止"),
        ("补报 12月2、3、4号", "补报", "12月2日至12月4日"),
        (
            "开始=2027.01.11；结束=2027.01.29；名称=补报2",
            "补报2",
            "2027年1月11日至1月29日",
        ),
        ("补报下周五（12月4日）截止", "补报", "12月4日截止"),
        ("从现在开始到月底（11月30日） 补报", "补报", "今天至11月30日"),
        ("补报不是12月1号，是12月3号到12月20号", "补报", "12月3日至12月20日"),
        (
            "补报原来12月1日到20日，现在改成12月3日到22日",
            "补报",
            "12月3日至12月22日",
        ),
        ("老师说延到12月25号了，补报", "补报", "截至12月25日"),
        ("12月7日到12月8日两天补录", "补录", "12月7日至12月8日"),
        ("12月12日一天补录", "补录", "12月12日至12月12日"),
        ("1月4号到1月22号 寒假前补报", "寒假前补报", "1月4日至1月22日"),
        (
            "2027年五一劳动节开始申报，5月31日截止，春季",
            "春季",
            "2027年5月1日至5月31日",
        ),
        (
            "通知下来了，补报是12月1号开到12月20号收，帮记上",
            "补报",
            "12月1日至12月20日",
        ),
        ("帮设个截止：12月20号，补报", "补报", "截至12月20日"),
        ("窗口 添加 2027春季 3月14日至6月10日", "2027春季", "3月14日至6月10日"),
        ("老师说课比赛 12月1日至12月20日", "老师说课比赛", "12月1日至12月20日"),
    ],
)
def test_splits_name_from_dates(text: str, name: str, phrase: str) -> None:
    found_name, span = split_trailing(text, NOW)
    assert found_name == name
    assert span == parse_span(phrase, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "2027年第一次申报",
        "3月14日至6月10日",
        "申报 下周",
        "第一次申报 3月中旬至6月底",
        "第一次申报 3月初到6月10日",
        "第一次申报 3月至6月10日",
        "申报 12月1日或2日至5日",
        "申报 12月1日、12月3日至5日",
        "申报 12月1日左右至12月20日",
        "申报 农历十二月初八至12月30日",
        "申报 国庆后到12月20日",
        "申报 开学那天到12月20日",
        "申报开学那天到12月20日",
        "申报 第三周到12月20日",
        "申报 12月1日缴费 截至12月20日",
        "申报 下周一缴费，12月20日截止",
        "申报 开学 12月1日至12月20日",
        "申报到12月20日",
        "截止时间12月15号，还是16号来着",
        "3月14日至6月10日 大概",
        "3月14日至6月10日 下午5点前",
        "6月10日截止 3月14日开始",
        "3月14日至6月10日，过时不候",
        "12月20日左右补报",
        "12月1日至12月20日，每天9点到17点",
        "12月1日培训，12月5日考试",
        "12月1日到12月20日 学校自查 12月25日",
        "申报 3月14日至6月10日 广西",
        "补报，12月1日至1月15日（2027年）",
        "补报，28日开始，30日结束，明年的",
        "补报，12月1日到2028年1月15日，明年的",
        "3月14日开始，6月10日截止，延期到6月20日，补报",
        "周四（12月4日）截止 补报",
        "补报 年底（12月30日）截止",
        "12月7日到12月9日两天补录",
        "不是第一批，是第二批，3月14日到6月10日",
        "补报原定12月10日截止，推迟到12月20日",
        "那个周五到12月18日补报",
        "五一劳动节前截止，第一批",
        "1月4号到1月22号 寒假前",
        "报名3月14日开始，考核6月10日截止，第一批",
    ],
)
def test_refuses_to_split(text: str) -> None:
    with pytest.raises(DateError):
        split_trailing(text, NOW)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("申报 截至寒假前", "「寒假」各校不同"),
        ("申报 春节后至3月1日", "「春节」每年不是同一天"),
        ("申报 国庆后到12月20日", "「国庆后」从哪天算起说不准"),
        ("申报 12月1日左右至12月20日", "「左右」说不准是哪一天"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(DateError, match=why):
        split_trailing(text, NOW)


def test_lunar_days_agree_with_the_public_holidays() -> None:
    """放假安排公布过的年份，端午、中秋、大年初一都在假期里；2033 年前后的闰月也对。"""
    for month, day in ((1, 1), (5, 5), (8, 15)):
        known = [found for found in every_lunar(month, day) if found.year <= 2026]
        assert len(known) == 7
        assert all(map(chinese_calendar.is_holiday, known))
    following = {found.year: found for found in every_lunar(1, 1)}
    assert following[2033] == date(2033, 1, 31)
    assert following[2034] == date(2034, 2, 19)


def test_shows_absolute_date_with_weekday() -> None:
    assert str(Moment(date(2027, 1, 8), time(17))) == "2027年1月8日（周五）17:00"
    assert str(Moment(date(2027, 1, 8))) == "2027年1月8日（周五）"


DAYS = st.dates(date(2026, 1, 1), date(2060, 12, 31))
CLOCKS = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@given(DAYS, DAYS, CLOCKS)
def test_what_is_shown_is_read_back(today: date, day: date, at: time) -> None:
    now = datetime.combine(today, time(12), clock.ZONE)
    shown = Moment(day, at)
    assert parse_moment(str(shown), now) == shown


@given(DAYS, DAYS)
def test_without_year_means_the_next_one(today: date, day: date) -> None:
    now = datetime.combine(today, time(12), clock.ZONE)
    try:
        found = parse_moment(f"{day.month}月{day.day}日", now).day
    except DateError:
        assert (day.month, day.day) == (2, 29)
        return
    assert (found.month, found.day) == (day.month, day.day)
    assert today <= found < today + timedelta(days=366)


@given(DAYS)
def test_same_day_in_any_time_zone(today: date) -> None:
    """半夜的“今天”按北京时间算，与传入的时区无关。"""
    midnight = datetime.combine(today, time(0, 5), clock.ZONE)
    utc = midnight.astimezone(clock.UTC)
    assert parse_moment("今天", utc).day == today


FULL = (
    "{0.year}年{0.month}月{0.day}日",
    "{0.year}年{0.month}月{0.day}日（周{1}）",
    "{0.year}-{0.month:02}-{0.day:02}",
    "{0.year}.{0.month}.{0.day}",
    "{0.year}/{0.month}/{0.day}",
)
NO_YEAR = ("{0.month}月{0.day}日", "{0.month}月{0.day}号", "{0.month}.{0.day}")
JOINTS = ("至", "到", "-", "—", "起至", " ~ ")


def printed(form: str, day: date) -> str:
    return form.format(day, "一二三四五六日"[day.weekday()])


def read(text: str, today: date) -> tuple[date | None, date] | None:
    """读出的起止日期；拒绝为 `None`。"""
    try:
        span = parse_span(text, datetime.combine(today, time(12), clock.ZONE))
    except DateError:
        return None
    return span.first.day if span.first else None, span.last.day


@given(DAYS, DAYS, DAYS, st.sampled_from(FULL), st.sampled_from(JOINTS))
def test_two_full_dates_are_those_dates(
    today: date, one: date, other: date, form: str, joint: str
) -> None:
    first, last = sorted((one, other))
    text = printed(form, first) + joint + printed(form, last)
    assert read(text, today) == (first, last)
    if first < last:
        text = printed(form, last) + joint + printed(form, first)
        assert read(text, today) is None


@given(DAYS, DAYS, st.integers(0, 400), st.sampled_from(JOINTS))
def test_a_shared_year_and_month_are_inherited(
    today: date, first: date, length: int, joint: str
) -> None:
    last = first + timedelta(days=length)
    for form, same in (
        (NO_YEAR[0], last.year == first.year),
        ("{0.day}日", (last.year, last.month) == (first.year, first.month)),
    ):
        text = printed(FULL[0], first) + joint + printed(form, last)
        found = read(text, today)
        if same:
            assert found == (first, last)
        elif found is not None:
            # 写出来的恰好是同一年（月）里不更早的一天
            assert (found[0], found[1].year) == (first, first.year)


@given(
    DAYS,
    st.integers(-400, 800),
    st.integers(0, 364),
    st.sampled_from(NO_YEAR),
    st.sampled_from(JOINTS),
)
def test_without_years_it_is_the_first_not_yet_over(
    today: date, ahead: int, length: int, form: str, joint: str
) -> None:
    """照着写法把前后几年都试一遍，读出的正是今天还没结束的第一段，或者拒绝。"""
    first = today + timedelta(days=ahead)
    last = first + timedelta(days=length)
    found = read(printed(form, first) + joint + printed(form, last), today)
    if found is None:
        return
    fitting = [
        (day + timedelta(days=n), day)
        for day in (today + timedelta(days=n) for n in range(-366, 367))
        if (day.month, day.day) == (first.month, first.day)
        for n in range(366)
        if (day + timedelta(days=n)).timetuple()[1:3] == last.timetuple()[1:3]
    ]
    closes, opens = min(
        (pair for pair in fitting if pair[0] >= today),
        key=lambda pair: (pair[0], today - pair[1]),
    )
    assert found == (opens, closes)
    assert closes - opens <= timedelta(days=186) or opens.year == closes.year


@given(DAYS, DAYS, st.integers(0, 6), st.integers(1, 300))
def test_weekdays_are_checked_against_the_chosen_year(
    today: date, first: date, weekday: int, length: int
) -> None:
    last = first + timedelta(days=length)
    opens = f"{first.month}月{first.day}日（周{'一二三四五六日'[weekday]}）"
    found = read(opens + "至" + printed(NO_YEAR[0], last), today)
    assert found is None or (found[0] and found[0].weekday() == weekday)
    plain = read(printed(NO_YEAR[0], first) + "至" + printed(NO_YEAR[0], last), today)
    if plain and plain[0] and plain[0].weekday() == weekday:
        assert found == plain


@given(DAYS, DAYS, st.integers(1, 180), st.sampled_from(["一次申报", "补报："]))
def test_the_year_in_the_name_is_used(
    today: date, first: date, length: int, title: str
) -> None:
    last = first + timedelta(days=length)
    phrase = printed(NO_YEAR[0], first) + "至" + printed(NO_YEAR[0], last)
    text = f"{first.year}年{title} {phrase}"
    try:
        _, span = split_trailing(text, datetime.combine(today, time(12), clock.ZONE))
    except DateError:
        assert first.year != last.year
        return
    assert span.first
    assert (span.first.day, span.last.day) == (first, last)


@pytest.mark.parametrize(
    ("opens", "phrase", "closes"),
    [
        ("2027-03-14", "6月20日 17:00", "2027-06-20 17:00"),
        ("2027-03-14", "截至6月20日", "2027-06-20"),
        ("2027-03-14", "6月20日前", "2027-06-20"),
        ("2026-12-01", "1月20日", "2027-01-20"),
        (None, "6月20日", "2027-06-20"),
    ],
)
def test_a_new_closing_follows_the_opening(
    opens: str | None, phrase: str, closes: str
) -> None:
    assert parse_closing(phrase, NOW, _moment(opens)) == _moment(closes)


def test_a_new_opening_precedes_the_closing() -> None:
    closes = Moment(date(2027, 6, 10))
    assert parse_opening("3月20日 9:00", NOW, closes) == _moment("2027-03-20 09:00")
    assert parse_opening("12月20日", NOW, closes) == _moment("2026-12-20")
    for phrase in ("2027年6月20日", "7月1日"):
        with pytest.raises(DateError):
            parse_opening(phrase, NOW, closes)


POINTING = "上 下 这 本 每 第三 前 隔 上上 12".split()
UNITS = "周 个月 星期 学期 月 年 天 周五 旬 季度".split()
SIDES = ["", *"前 后 初 底 左右 之后 以前 那天 起".split()]
SPOKEN = "寒假 开学 春节 除夕 初八 端午 放假 大概 下班 国庆 周末".split()
JOINED = "至 到 起至 - —— 12月1日至 ，12月1日到".split()
SAID = [
    *("".join(parts) for parts in product(POINTING, UNITS, SIDES)),
    *("".join(parts) for parts in product(SPOKEN, SIDES)),
]


@pytest.mark.parametrize("joint", JOINED)
def test_nothing_unread_slides_into_the_name(joint: str) -> None:
    """说时候的话，要么读进日期，要么整句拒绝，不会成了名称的一部分。"""
    slid: list[str] = []
    for said in SAID:
        with suppress(DateError):
            name, _ = split_trailing(f"补报 {said}{joint}12月20日", NOW)
            slid += [said] * (name != "补报")
    assert slid == []


LETTERS = "0123456789年月日号周至到-/.:一二三十两下本今明后天底点午上前起截止 "


@given(st.text(alphabet=LETTERS, max_size=14))
def test_anything_is_read_or_refused_with_a_reason(text: str) -> None:
    for parse in (parse_moment, parse_span, split_trailing):
        said: object
        try:
            said = parse(text, NOW)
        except DateError as error:
            said = str(error)
        assert said


@pytest.mark.parametrize(
    "unit", ["通知", "至", "-", "3月至", "三日", "周五至", "(", " ", "2027-3-1 "]
)
def test_pasted_article_costs_no_more_than_a_long_title(
    unit: str, steps: Callable[[Callable[[], object]], int]
) -> None:
    def read(length: int) -> int:
        text = unit * (length // len(unit)) + "3月14日至6月10日"

        def attempt() -> None:
            with suppress(DateError):
                split_trailing(text, NOW)
            with suppress(DateError):
                parse_span(text, NOW)

        return steps(attempt)

    assert read(8_000) <= read(200)


def test_days_are_walked_once_however_many_fridays_there_are(
    steps: Callable[[Callable[[], object]], int],
) -> None:
    def read(text: str) -> int:
        return steps(lambda: parse_span(text, NOW))

    assert read("周五至2月29日") < 3 * read("3月1日至6月1日")


@pytest.mark.parametrize(
    "text",
    [
        "补报 十二月一号到十二月二十几号，具体忘了",
        "补报 12月1日到1几号",
        "八月二十号开到十二月二十号，明年下半年那一轮",
    ],
)
def test_a_day_or_year_left_unread_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        split_trailing(text, datetime(2026, 11, 29, 10, tzinfo=clock.ZONE))
