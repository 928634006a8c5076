"""能办的每一件，用没学过的话说一遍：办成、出示，或问缺的那一样。"""

from dataclasses import dataclass

import pytest

from bot.knowledge import Lexicon
from bot.messages import Person, Place
from bot.orders import ORDERS
from tests.conftest import PROJECT

from .conftest import (
    BOSS,
    COLLEAGUE,
    GUANGXI,
    GX_GROUP,
    TEACHER,
    UNBOUND,
    Office,
    private,
)

AT_HOME = private(TEACHER)


@dataclass(frozen=True)
class Step:
    """说一句。

    参数:
        order: 说的是哪件事；空的是应答、口令，只为往下走
        told: 回复里要有的
    """

    order: str
    text: str
    told: str = ""
    person: Person = GUANGXI
    place: Place = GX_GROUP
    mentions: tuple[Person, ...] = ()
    quotes: bool = False


def _boss(order: str, text: str, told: str, place: Place = GX_GROUP) -> Step:
    return Step(order, text, told, BOSS, place)


def _coordinator(order: str, text: str, told: str = "") -> Step:
    return Step(order, text, told, TEACHER, AT_HOME)


_YES = Step("", "确认")
_RECORD = "登记 广西 桂东示例职业技术学院 高职 陈示例 13900001111"
AREAS: dict[str, tuple[Step, ...]] = {
    "群与授权": (
        _boss("group-bind", "麻烦给咱这个新群落一下地区，落到广西", "广西", UNBOUND),
        Step("group-mode", "开着会呢，没艾特你的话都别接", "点名"),
        Step(
            "rights-grant",
            "让这位同事也能管广西的事，给他开权限",
            "授权",
            BOSS,
            mentions=(COLLEAGUE,),
        ),
        Step("", "对，就是他", "已授予", BOSS),
        _boss("rights-list", "现在都是哪些人能管你，报给我听听", COLLEAGUE.id),
        Step(
            "rights-revoke",
            "这位同事调走啦，把他的权限收了",
            "撤权",
            BOSS,
            mentions=(COLLEAGUE,),
        ),
        Step("", "对，收回", "", BOSS),
        _coordinator("help", "我是头一回用，你都有哪些本事呀", "直接提问就行"),
    ),
    "教与未答": (
        Step("teach", "往后谁问会务组在哪间屋，你就答：行政楼三楼", "学会了"),
        Step("taught-list", "我都教会你些什么了，翻出来瞧瞧", "会务组"),
        Step("correct", "这句不准，应该是早上八点", "八点", quotes=True),
        Step("", "不用了"),
        Step("teach-undo", "会务组那条教岔了，收回去吧", "会务组"),
        _YES,
        _coordinator("", "校车几点发车"),
        _coordinator("unsolved", "还是没弄明白，帮我转给管事的老师吧", "已记下"),
        Step("unanswered-list", "老师们问的还有哪些搁着没答", "1."),
        Step("unanswered-answer", "头一个问题你回他：早上七点一刻", "七点一刻"),
        Step("", "算了"),
        Step("unanswered-drop", "第一个问题不用理了，勾掉它", "划掉"),
    ),
    "窗口": (
        Step("window-add", "省里说春季补报是4月1日到4月20日，你给存好", "4月20日"),
        _YES,
        Step("window-list", "手头都存着哪些申报时间，摆给我看一眼", "春季补报"),
        Step("window-change", "春季补报的截止宽限三天吧", "4月23日"),
        _YES,
        Step("window-delete", "春季补报黄了，那个窗口撤掉", "将删除窗口"),
    ),
    "双周报": (
        Step("report-set", "双周报头一回2027年1月8日下午五点截止，隔周一次", "1月8日"),
        _YES,
        _coordinator("", _RECORD),
        _coordinator("", "确认"),
        Step("report-missing", "双周报还有哪几家拖着没上来", "桂东示例"),
        _coordinator("report-done", "我们院的双周报刚给您递上去了，请记一笔", "记"),
        _coordinator("report-undone", "说错了，双周报其实还没交，把记录退回去", "没交"),
        Step("report-pause", "期末都忙，双周报先歇两周", "暂停"),
        Step("report-resume", "忙完了，双周报重新收起来", "恢复"),
        Step("roster-change", "双周报的学校里再添一所示例中专", "登记过的学校"),
    ),
    "提醒": (
        Step("", "窗口 新增 2026年冬季补报 12月1日至12月20日"),
        _YES,
        Step("reminder-list", "往后几天你打算自动提醒些啥", "冬季补报"),
        Step("reminder-preview", "第一条提醒长啥样，先给我过过目", "冬季补报"),
        Step("reminder-skip", "最近那一回提醒不用发了，我自己去说", "跳过"),
        _YES,
        Step("reminder-pause", "这阵子平台修着呢，广西的提醒全停住", "暂停"),
        Step("reminder-resume", "平台修好了，广西的提醒放开发吧", "恢复"),
        Step("reminder-rules", "嫌提醒太勤，截止前五天、两天各来一回就够", "5 2"),
    ),
    "广播": (
        Step("broadcast", "帮忙跟各个群吆喝一声：周五下午三点开线上会", "周五下午三点"),
        _YES,
        Step("broadcast-status", "刚才那个通知各群都落地了没", "群"),
        Step(
            "broadcast-correct",
            "通知钟点写岔了，是下午四点，给大伙更正下",
            "下午四点",
        ),
        Step("", "取消"),
        Step("broadcast-stop", "快拦下，那条还没发完的别往外送了", ""),
    ),
    "名录": (
        Step("contact-history", "名录最近都动过哪儿，列个单", "更新"),
        Step("contact-update", "想换一下某家的座机", "更新谁的哪一项"),
        Step("contact-undo", "名录刚才那下改岔了，给我倒回去", "更新记录"),
        Step("directory-add", "新批了个证书，名录里给补一条", "加哪个证书"),
        Step(
            "directory-add",
            "名录里少了一个证书，叫示例茶艺服务，评价组织是示例茶业有限公司，"
            "联系人赵示例，13900000000，帮加进去",
            "第几批",
        ),
        Step("", "第四批的", "示例茶业有限公司"),
        Step("", "号码错了，是13900000001", "13900000001"),
        Step("", "不要了", "已取消"),
    ),
    "自己的登记": (
        _coordinator("registration-begin", "学校派我接联系人这摊，上哪儿填呀", "登记"),
        _coordinator("", _RECORD),
        _coordinator("", "确认"),
        _coordinator("registration-mine", "帮我瞅瞅我报的那份", "13900001111"),
        _coordinator(
            "registration-change", "我手机号换啦，新号13900002222", "13900002222"
        ),
        _coordinator("", "确认"),
        _coordinator("pilot-register", "我们要报试点的专业和人数，怎么起头", "试点"),
        _coordinator("", "取消"),
        _coordinator("pilot-mine", "我先前报的试点给我看一遍", "试点"),
        _coordinator("pilot-change", "试点里的人数报少了，改成60", ""),
        _coordinator("pilot-withdraw", "报过的试点那一行不要了，撤", "不用撤销"),
        _coordinator("registration-withdraw", "联系人不归我了，我那份登记抹掉", "撤销"),
    ),
    "整理登记": (
        _coordinator("", _RECORD),
        _coordinator("", "确认"),
        Step("registration-list", "哪些学校已经登上来了，列一列", "桂东示例"),
        Step("registration-export", "把登上来的学校做成表格传我", "请查收"),
        Step("summary-export", "厅里催汇总表了，给我生成一张", "可导出"),
        Step("registration-delete", "桂东示例职业技术学院那条是瞎填的，删了", "将删除"),
        Step("", "对，删"),
        Step("registration-restore", "哎删岔了，刚才那条登记找回来", "恢复"),
        Step("registration-approve", "申请当第二位联系人的，我同意了", ""),
        Step("registration-merge", "有两条登记其实是同一所，合到一块", "合并"),
    ),
    "文件": (
        Step("document-import", "这份新指南你收进去，往后照它答", "文件"),
        Step("document-review", "那份文件带来的变动，一处处摆给我审", ""),
        Step("document-accept", "文件的改动里第2处我认可，采用", ""),
        Step("", "取消"),
        Step("document-refuse", "文件的改动里第3处不采用，照旧", "拒绝 3"),
        Step("", "取消"),
        Step("document-undo", "编号1的文件导岔了，整份退掉", "撤销导入 #1"),
        Step("", "取消"),
        Step("console", "能用电脑网页管你不，地址给一个", "网页"),
    ),
}


def test_every_order_is_said_once_and_not_from_what_was_learnt() -> None:
    steps = [step for area in AREAS.values() for step in area if step.order]
    assert {step.order for step in steps} == {*ORDERS}
    said = Lexicon(PROJECT / "knowledge" / "lexicon").orders
    learnt = {
        text
        for hands in said.orders.values()
        for phrasings in hands.values()
        for text in phrasings
    }
    assert not learnt & {step.text for step in steps}


@pytest.mark.parametrize("area", AREAS)
async def test_each_is_understood(office: Office, area: str) -> None:
    for step in AREAS[area]:
        quote = ""
        if step.quotes:
            await office.say("校车几点发车", COLLEAGUE, GX_GROUP)
            quote = office.last
        told = await office.say(
            step.text, step.person, step.place, mentions=step.mentions, quote=quote
        )
        if step.order and f"您是想{ORDERS[step.order].title}吗" in told:
            told = await office.say("对", step.person, step.place)
        assert step.told in told, f"{step.text} → {told}"
        assert not step.order or told, step.text
        assert "问题已记下，转给秘书处" not in told, step.text
