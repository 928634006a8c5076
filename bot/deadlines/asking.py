"""一句话问的是不是时间：现在能不能报、还剩几天、什么时候报、双周报什么时候交。"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot import clock
from bot.text import fold


class Intent(StrEnum):
    """问的是什么。"""

    OPEN = "现在能不能申报"
    LEFT = "还有几天截止"
    WHEN = "什么时候申报"
    REPORT = "双周报什么时候交"


@dataclass(frozen=True, slots=True)
class Asked:
    """听出来的意思。

    参数:
        present: 明说问的是现在（今年、这次、还能、还有几天……）
        past_year: 点名了往年
        on_topic: 明说了申报、双周报或 1+X；只说“还有几天截止”就不算
    """

    intent: Intent
    present: bool
    past_year: bool
    on_topic: bool


_ELSEWHERE = re.compile(
    r"职称|课题|奖|考研|四六级|四级|六级|普通话|社保|医保|公积金|专利|大赛|比赛|竞赛|投票|"
    r"体检|报销|个税|助学|贷款|征文|论文|高考|中考|专升本|党|培训班|保险|绩效|疫苗|选课|"
    r"教资|教师资格|驾|项目|评优|科研|基金|精品课|车位|团购|快递|会议|放假|工资|报到|退休|"
    r"成绩|补考|考试|考证|缴费|评审|结果|总结|名单|培训评价|材料模|退回|修改|"
    r"补报|师资|标准|收费"
)
_DECLARE = re.compile(r"申报|申抱|身报|备案|报正书|报证书|1\+x|x证|试点")
_OPEN = re.compile(
    r"(?:现在|今天|目前|眼下|还|这会儿?|当前).{0,6}(?:能|可以|可不可以|来得及)"
    r".{0,6}(?:报|备案)(?:名|呢|了)?(?:吗|不|(?<!什)么|没|$)|"
    r"(?:能|可以|可不可以)(?:不能)?(?:开始|登录平台)?(?:网上)?(?:申?报|备案)"
    r".{0,3}(?:吗|没|(?<!什)么|不)|"
    r"(?:申报|备案|窗口|通道|平台).{0,6}"
    r"(?:开始|开放|开|截止|结束|关闭?|到期)(?:了)?(?:吗|没有?|么|不)|"
    r"(?:截止|结束)了(?:吗|没有?|么)"
)
_NOW = re.compile(r"现在|今天|目前|眼下|这会|当前|今年|本年")
_PLAIN = re.compile(
    r"申报|申抱|身报|备案|报名|报送|报|1\+x|x证书?|证书?|试点|窗口|通道|平台|系统|网上|登录|"
    r"我们|咱们|咱|你们|大家|各位|老师|学校|院校|校|这边|这里|还|能|可以|可不可以|可|来得及|"
    r"开始|开放|开|截止|结束|关闭?|到期|时间|日期|那|请问|想问|就|都|已经|的|了|没有?|吗|么|"
    r"不|呢|呀|啊|吧|哈|嘛|是"
)
"""只问“能不能申报”的话里会有的词；去掉它们还剩下别的，问的就是某种情形行不行。"""
_LEFT = re.compile(
    r"(?:还有|还剩|剩|距离?|离).{0,10}(?:几|多少|多久).{0,3}(?:天|日|时间)?.{0,6}"
    r"(?:截止|结束|关|到期)|(?:离|距离?).{0,6}(?:截止|结束).{0,6}(?:几|多少|多久)|"
    r"(?:截止|结束).{0,4}(?:还有|还剩|剩).{0,4}(?:几|多少|多久)"
)
_WHEN = re.compile(
    r"什么时候|几号|几月|哪天|多会儿?|什么日期|时间定了|日期|时间$|第几周"
)
_WHEN_TOPIC = re.compile(r"申报|申抱|身报|备案|截止|窗口|可以报|开始报|能报|(?<!周)报$")
_REPORT = re.compile(
    r"双周(?:报|抱).{0,14}(?:什么时候|几号|星期几|周几|礼拜几|哪天|几点|截止|还有几天|"
    r"多久|时间|日期)|(?:什么时候|几号|哪天|周几|还有几天).{0,8}双周(?:报|抱)|"
    r"(?:这|本|下)(?:次|期|周|一期).{0,4}双周报.{0,6}(?:吗|交不交|要不要)"
)
_PRESENT = re.compile(
    r"现在|今年|本年|今天|目前|眼下|当前|还能|还可以|还来得及|还有(?:几|多)|还剩|剩(?:几|多)|"
    r"这次|本次|这一?期|本期|下次|下一次|下一?期|最近|最新|这周|本周|明年|下半年|上半年|"
    r"(?:截止|结束|开始|开放)了(?:吗|没|么)|这学期|本学期"
)
_FULL_YEAR = re.compile(r"(20[0-4]\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)([12]\d)年(?!级|制|内|以)")
_STATEMENT = re.compile(
    r"已(?:经)?(?:交|报|提交|发)|收到|请(?:各|大家|老师|于|在)|通知[:：]"
)


def understand(text: str, now: datetime) -> Asked | None:
    """听一句话；不是问时间的为 `None`。"""
    said = fold(text)
    if len(said) > 45 or _STATEMENT.search(said):
        return None
    intent = _intent(said)
    if intent is None:
        return None
    on_topic = intent is Intent.REPORT or bool(_DECLARE.search(said))
    if intent is not Intent.REPORT and _ELSEWHERE.search(said):
        return None
    year = _year(said)
    this_year = clock.local(now).year
    present = bool(_PRESENT.search(said)) or (year is not None and year >= this_year)
    past = year is not None and year < this_year
    return Asked(intent, present and not past, past, on_topic)


def _intent(said: str) -> Intent | None:
    if _REPORT.search(said):
        return Intent.REPORT
    if "双周" in said:
        return None
    if _LEFT.search(said):
        return Intent.LEFT
    if _WHEN.search(said) and _WHEN_TOPIC.search(said):
        return Intent.WHEN
    return Intent.OPEN if _OPEN.search(said) and _is_plain(said) else None


def _is_plain(said: str) -> bool:
    """问的是此刻能不能申报，不是“二星级学校能申报吗”这样的资格问题。"""
    return bool(_NOW.search(said)) or not _PLAIN.sub("", said)


def _year(said: str) -> int | None:
    if match := _FULL_YEAR.search(said):
        return int(match[1])
    match = _SHORT_YEAR.search(said)
    return 2000 + int(match[1]) if match else None
