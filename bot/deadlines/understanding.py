"""一句话问的是不是时间：现在能不能报、还剩几天、什么时候报、双周报什么时候交。"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot import clock
from bot.text import fold, without_story, year_meant


class Intent(StrEnum):
    """问的是什么。"""

    OPEN = "现在能不能申报"
    LEFT = "还有几天截止"
    WHEN = "什么时候申报"
    FINISH = "什么时候完成"
    SUBMIT = "什么时候报送"
    REPORT = "双周报什么时候交"


@dataclass(frozen=True, slots=True)
class Asked:
    """听出来的意思。

    参数:
        present: 明说问的是现在（今年、这次、还能、还有几天……）
        is_past: 点名了往年或上一次
        on_topic: 明说了申报、双周报或 1+X；只说“还有几天截止”就不算
        is_plain: 除了问时间没有别的意思；“二星级学校什么时候能申报”就有
        year: 点名的年份
        about: 点名的是哪一次：补报、第二次……；没有为空
    """

    intent: Intent
    present: bool = False
    is_past: bool = False
    on_topic: bool = True
    is_plain: bool = False
    year: int | None = None
    about: str = ""


MAKE_UP = "补报"
LONGEST_PLACE = 3
_ELSEWHERE = re.compile(
    r"职称|课题|奖|考研|四六级|四级|六级|普通话|社保|医保|公积金|专利|大赛|比赛|竞赛|投票|"
    r"体检|报销|个税|助学|贷款|征文|论文|高考|中考|专升本|党|培训班|保险|绩效|疫苗|选课|"
    r"教资|教师资格|驾|项目|评优|科研|基金|精品课|车位|团购|快递|会议|放假|工资|(?<![申补能])报到|退休|计划|站点|考点|审核|学生|"
    r"成绩|补考|考试|考证|缴费|评审|结果|总结|名单|培训评价|材料模|退回|修改|师资|标准|收费"
)
_DECLARE = re.compile(r"申报|申抱|身报|备案|报正书|报证书|补报|1\+x|x证|试点")
_YES_NO = r"(?:吗|没有?|(?<!什)么|不|吧|$)"
_OPEN = re.compile(
    r"(?:现在|今天|目前|眼下|还|这会儿?|当前).{0,6}(?:能|可以|可不可以|来得及)"
    rf".{{0,6}}(?:报|备案).{{0,8}}?{_YES_NO}|"
    r"报.{0,4}来得及|"
    r"(?:能|可以|可不可以)(?:不能)?(?:开始|登录平台)?(?:网上)?(?:申?报|备案)"
    r".{0,3}(?:吗|没|(?<!什)么|不)|"
    r"(?:申报|备案|补报|报名|窗口|通道|平台|系统).{0,6}"
    r"(?:开始|开放|开|截止|结束|关闭?|到期)[了着]?(?:吗|没有?|么|不|吧)|"
    r"(?:截止|结束)了(?:吗|没有?|么)"
)
_HOW_LONG = r"(?:几|多少|多久)"
_LEFT = re.compile(
    rf"(?:还有|还剩|剩|距离?|离).{{0,10}}{_HOW_LONG}.{{0,3}}(?:天|日|时间)?.{{0,6}}"
    rf"(?:截止|结束|关|到期)|(?:离|距离?).{{0,6}}(?:截止|结束).{{0,6}}{_HOW_LONG}|"
    rf"(?:截止|结束).{{0,4}}(?:还有|还剩|剩).{{0,4}}{_HOW_LONG}|"
    rf"(?:申报|备案|补报|窗口|通道).{{0,4}}(?:还有|还剩|剩).{{0,3}}{_HOW_LONG}"
)
_WHEN = re.compile(
    r"什么时候|几号|几月|哪天|多会儿?|什么日期|时间定了|日期|时间$|第几周"
)
_WHEN_TOPIC = re.compile(
    r"申报|申抱|身报|备案|补报|截止|窗口|可以报|开始报|能报|(?<!周)报$"
)
_FINISH = re.compile(r"完成|做完|弄完|搞完|期限|(?:培训|考核).{0,6}(?:截止|结束)")
_SUBMIT = re.compile(r"汇总表|报送|上报")
_BY_WHEN = re.compile(
    r"什么时候|几号|几月|哪天|最晚|最迟|截止|期限|还有几天|还剩几天|日期"
)
_PLAIN = re.compile(
    r"什么时候|什么日期|几月份?|几号|哪天|多会儿?|日期|时间|第几周|定了|还有|还剩|剩下?|"
    r"距离?|离|几天|多少天|多久|几日|20\d\d年?度?|\d\d年|今年|本年|明年|[上下]半年|"
    r"现在|今天|目前|眼下|这会儿?|当前|最近|最新|这一?次|本次|下一?次|这学期|本学期|"
    r"补报|第[一二三四五]次|[春秋]季|年度|申报|申抱|身报|备案|报名|报送|1\+x|x证书?|证书?|"
    r"试点|工作|窗口|通道|平台|系统|网上|登录|我们|咱们|咱|你们|大家|各位|老师|学校|院校|校|"
    r"这边|这里|这|还|能|可以|可不可以|可|来得及|开始|开放|开|截止|结束|关闭?|到期|具体|大概|到底|"
    r"到|在|那|请问|想问|问|下|就|都|已经|的|了|着|没有?|吗|么|不|呢|呀|啊|吧|哈|嘛|是|报|大|"
    r"一|要|得|必须|之前|前|底|培训|考核|评价|完成|做完|弄完|搞完|期限|任务|周期|最晚|最迟|"
    r"汇总表|上报|材料|和|与|天|为止|最后|止"
)
"""只问时间的话里会有的词；去掉它们还剩下别的，问的就是某种情形。"""
_REPORT_WHEN = re.compile(
    r"双周(?:报|抱).{0,14}(?:什么时候|几号|星期几|周几|礼拜几|哪天|几点|还有几天|还剩几天|"
    r"截止|时间|日期|最晚|最迟)|"
    r"(?:什么时候|几号|哪天|周几|星期几|还有几天|还剩几天).{0,8}双周(?:报|抱)|"
    r"[这本下](?:次|期|周|一期|一?周).{0,4}双周报.{0,6}(?:吗|交不交|要不要)|"
    r"[这本下](?:次|期|周|一期|一?周).{0,3}[要用交].{0,3}双周报|"
    r"双周报(?:是不是)?[该要]交了?(?:吗|没|不)"
)
_REPORT_ELSE = re.compile(
    r"补交|没交|忘|漏|迟|晚了|逾期|过期|怎么|为什么|哪里|在哪|给谁|谁|模板|格式|内容|数据|统计|"
    r"填|写|改|撤|(?<![上下这那本])一次|几次|会不会|通报|影响"
)
"""说到双周报，问的却不是什么时候交。"""
_PRESENT = re.compile(
    r"现在|今年|本年|今天|目前|眼下|当前|还能|还可以|还来得及|还开|还有(?:几|多)|还剩|"
    r"剩(?:几|多)|这次|本次|这一?期|本期|下次|下一次|下一?期|最近|最新|这周|本周|明年|"
    r"下半年|上半年|(?:截止|结束|开始|开放)了(?:吗|没|么)|这学期|本学期"
)
_ABOUT = re.compile(rf"{MAKE_UP}|第[一二三四五]次|[上下]半年|[春秋]季")
_PAST = re.compile(r"去年|前年|往年|历年|上一?次|上回|上一年|第[二三四]批|首批")
_STATEMENT = re.compile(
    r"已(?:经)?(?:交|报|提交|发)|收到|请(?:各|大家|老师|于|在)|通知[:：]"
)


def understand(text: str, now: datetime, *, has_place: bool = False) -> Asked | None:
    """听一句话；不是问时间的为 `None`。

    参数:
        has_place: 话里还留着一个地名，如“青岛”
    """
    said = fold(text).replace("截至", "截止")
    if len(said) > 45 or _STATEMENT.search(said):
        return None
    is_plain = len(_PLAIN.sub("", said)) <= (LONGEST_PLACE if has_place else 0)
    intent = _report(said) if "双周" in said else _window(said, is_plain=is_plain)
    if intent is None:
        return None
    this_year = clock.local(now).year
    year = year_meant(said, this_year)
    is_past = bool(_PAST.search(without_story(said))) or (
        year is not None and year < this_year
    )
    present = intent is Intent.LEFT or year is not None or _PRESENT.search(said)
    about = _ABOUT.search(said)
    return Asked(
        intent,
        present=bool(present) and not is_past,
        is_past=is_past,
        on_topic=intent is Intent.REPORT or bool(_DECLARE.search(said)),
        is_plain=is_plain or intent is Intent.REPORT,
        year=year,
        about=about[0] if about else "",
    )


def _report(said: str) -> Intent | None:
    asks = _REPORT_WHEN.search(said) and not _REPORT_ELSE.search(said)
    return Intent.REPORT if asks else None


def _window(said: str, *, is_plain: bool) -> Intent | None:
    if _ELSEWHERE.search(said):
        return None
    if _BY_WHEN.search(said):
        for intent, topic in ((Intent.FINISH, _FINISH), (Intent.SUBMIT, _SUBMIT)):
            if topic.search(said):
                return intent if is_plain else None
    if _LEFT.search(said):
        return Intent.LEFT
    if _WHEN.search(said) and _WHEN_TOPIC.search(said):
        return Intent.WHEN
    # “二星级学校能申报吗”问的是资格，不是此刻
    return Intent.OPEN if _OPEN.search(said) and is_plain else None
