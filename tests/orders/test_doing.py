"""用自己的话说要办的事：从一句话到办成，或到缺什么、怎么说。"""

import pytest

from bot.groups import Mode
from bot.orders.slots import without_request

from .conftest import (
    BOSS,
    COLLEAGUE,
    GUANGXI,
    GX_GROUP,
    SD_GROUP,
    TEACHER,
    UNBOUND,
    Office,
    private,
)


async def test_binding_a_group(office: Office) -> None:
    told = await office.say("这个群是广西的，帮我绑一下", BOSS, place=UNBOUND)
    assert "已绑定广西" in told
    assert office.assistant.groups.get(UNBOUND).region == "广西"


async def test_two_regions_are_not_guessed(office: Office) -> None:
    told = await office.say("这个群绑广西还是绑山东，绑一下", BOSS, place=UNBOUND)
    assert office.assistant.groups.get(UNBOUND).region is None
    assert "已绑定" not in told


async def test_speaking_less_and_more(office: Office) -> None:
    assert "点名" in await office.say("在这个群里没@你就别说话")
    assert office.assistant.groups.get(GX_GROUP).mode is Mode.MENTION
    assert "自动" in await office.say("还是自动回答吧")
    assert office.assistant.groups.get(GX_GROUP).mode is Mode.AUTO


async def test_a_window_waits_for_a_yes(office: Office) -> None:
    shown = await office.say("2027年第一次申报3月14日开始6月10日结束，帮我记一下")
    assert "2027年3月14日" in shown
    assert "2027年6月10日" in shown
    assert office.assistant.deadlines.store.windows == {}
    assert "记下了" in await office.say("对的，就这样")
    assert len(office.assistant.deadlines.store.windows) == 1


async def test_what_is_missing_is_asked_and_completes(office: Office) -> None:
    asked = await office.say("补报从12月7号开始，帮我记个窗口")
    assert asked == "什么时候截止？"
    shown = await office.say("12月18号截止")
    assert "补报" in shown
    assert "2026年12月18日" in shown
    assert "确认" in shown


async def test_what_is_missing_may_be_given_up(office: Office) -> None:
    await office.say("补报从12月7号开始，帮我记个窗口")
    assert "不办了" in await office.say("算了")
    assert "确认" not in await office.say("12月18号截止")


async def test_what_is_missing_is_not_awaited_for_ever(office: Office) -> None:
    await office.say("补报从12月7号开始，帮我记个窗口")
    office.pass_by(minutes=20)
    assert "确认" not in await office.say("12月18号截止")


async def test_a_window_is_moved_and_removed(office: Office) -> None:
    await office.say("窗口 新增 2027年第一次申报 3月14日至6月10日")
    await office.say("确认")
    shown = await office.say("第一次申报的截止推迟到6月20日")
    assert "2027年6月10日（周四），到当天结束 → 2027年6月20日" in shown
    await office.say("确认")
    assert "2027年6月30日" in await office.say("第一次申报再延长十天")
    await office.say("取消")
    assert "将删除窗口" in await office.say("把第一次申报那个窗口删了")


async def test_teaching_and_taking_back(office: Office) -> None:
    assert "学会了" in await office.say("教你一条：会务组的办公室在哪？答：行政楼三楼")
    assert "行政楼三楼" in await office.say("会务组的办公室在哪呀", TEACHER)
    assert "会务组的办公室在哪" in await office.say("教过你哪些")
    shown = await office.say("刚才教错了，撤掉")
    assert "会务组的办公室在哪" in shown
    assert "确认" in shown
    assert "已撤销" in await office.say("确认")
    assert "还没有教过" in await office.say("教过的")


async def test_correcting_asks_first_and_keeps_the_quote(office: Office) -> None:
    await office.say("校车几点发车", TEACHER)
    answer = office.last
    shown = await office.say("这条答错了，应该是早上八点", quote=answer)
    assert "更正 早上八点" in shown
    assert "早上七点" in await office.say("校车几点发车", COLLEAGUE)
    assert "已更正" in await office.say("确认")
    office.pass_by(minutes=30)
    assert "早上八点" in await office.say("校车几点发车", TEACHER)


async def test_open_questions_are_counted_from_one(office: Office) -> None:
    for text in ("校车几点发车", "校车停在哪里"):
        await office.say(text, TEACHER, place=private(TEACHER))
        await office.say(f"没解决 {text}找不到", TEACHER, place=private(TEACHER))
    listed = await office.say("还有哪些问题没回答", BOSS)
    assert [line[:2] for line in listed.splitlines()[1:3]] == ["1.", "2."]
    first = office.assistant.shown.pick(office.message("", BOSS), "未答", 1)
    assert first
    shown = await office.say("第一个问题的答案是东门左手边", BOSS)
    assert "答 1 东门左手边" in shown
    assert first.text in shown
    assert "正发回" in await office.say("确认", BOSS)
    gone = await office.say("划掉 2", BOSS)
    assert "已划掉" in gone
    assert "没有待处理" in await office.say("未答", BOSS)


async def test_numbers_need_a_list(office: Office) -> None:
    await office.say("没解决 校车找不到", TEACHER)
    await office.say("校车几点发车", TEACHER)
    await office.say("没解决", TEACHER)
    assert "请先发「未答」" in await office.say("答 1 东门")


async def test_granting_waits_for_a_yes(office: Office) -> None:
    shown = await office.say("给他开广西秘书处的权限", BOSS, mentions=(COLLEAGUE,))
    assert f"授权 {COLLEAGUE.id} 广西" in shown
    assert not office.assistant.access.rights(COLLEAGUE).regions
    assert "已授予" in await office.say("确认", BOSS)
    assert office.assistant.access.rights(COLLEAGUE).regions == {"广西"}


async def test_a_biweekly_report_in_a_sentence(office: Office) -> None:
    shown = await office.say(
        "双周报第一次截止是2027年1月8号下午5点，以后每两周一次，帮我设一下"
    )
    assert "2027年1月8日（周五）17:00" in shown
    assert "设好了广西双周报" in await office.say("确认")
    assert "已暂停" in await office.say("双周报先停一停")
    assert "暂停" in await office.say("双周报什么时候交", TEACHER)
    assert "已恢复" in await office.say("恢复双周报")


async def test_a_holiday_rule_after_the_date(office: Office) -> None:
    shown = await office.say("双周报 设置 首次截止 2027-01-08 17:00，遇到放假往后延")
    assert "遇休息日顺延" in shown
    assert "2027年1月8日" in shown


async def test_rules_for_reminders(office: Office) -> None:
    assert "前7天、前3天、前1天、当天" in await office.say(
        "提醒 设置 窗口 截止 7 3 1 当天"
    )
    shown = await office.say("以后提醒改到早上九点一刻发")
    assert "确认" in shown
    assert "09:15" in await office.say("确认")


async def test_a_broadcast_is_previewed(office: Office) -> None:
    shown = await office.say("给广西的群发个通知：明天下午三点开会")
    assert "明天下午三点开会" in shown
    assert "将发到广西的 1 个群" in shown
    assert office.gateways.sent == []
    assert "取消" in await office.say("算了，不发了")


async def test_a_broadcast_without_text_asks_for_it(office: Office) -> None:
    assert "要发什么" in await office.say("帮我发个通知")
    assert "明天停电，请提前保存" in await office.say("明天停电，请提前保存")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("把登记的名单导出成表格发我", "导出登记"),
        ("给本群绑个地区，山东", "绑定地区"),
        ("双周报谁还没交", "双周报 名单"),
        ("帮我群发个通知：明天开会", "广播"),
    ],
)
async def test_who_may_not_is_told_and_nothing_is_kept(
    office: Office, text: str, word: str
) -> None:
    told = await office.say(text, TEACHER)
    assert f"「{word}」只有秘书处能用" in told
    assert await office.unanswered() == 0
    assert await office.say(text, TEACHER, addressed=False) == ""


async def test_a_miss_of_the_secretariat_is_hinted_not_kept(office: Office) -> None:
    for text in ("那什么提醒的天数咱们再议一议", "窗口的事你看着办"):
        told = await office.say(text)
        assert "没有资料" not in told
    assert await office.unanswered() == 0


async def test_group_talk_triggers_nothing(office: Office) -> None:
    for text in (
        "谁导出一下表格发我",
        "张老师你把双周报先停一停",
        "别发了群里都刷屏了",
        "我把登记表发给你了",
    ):
        assert await office.say(text, addressed=False) == "", text
    assert office.gateways.sent == []


async def test_what_a_coordinator_wants(office: Office) -> None:
    home = private(TEACHER)
    assert "登记" in await office.say("我要登记联系人，怎么弄", TEACHER, place=home)
    await office.say(
        "登记 广西 桂东示例职业技术学院 高职 陈示例 13900001111", TEACHER, place=home
    )
    await office.say("确认", TEACHER, place=home)
    shown = await office.say("我换手机号了，新号13900002222", TEACHER, place=home)
    assert "13900001111 → 13900002222" in shown
    await office.say("确认", TEACHER, place=home)
    assert "13900002222" in await office.say("我的登记信息", TEACHER, place=home)
    gone = await office.say("我不干这个了，把我的信息删了吧", TEACHER, place=home)
    assert "撤销登记" in gone
    assert "确认" in gone


async def test_what_the_assistant_can_do(office: Office) -> None:
    assert "直接提问就行" in await office.say("你都能干些什么", TEACHER)


async def test_another_region_is_refused_as_ever(office: Office) -> None:
    told = await office.say("把这个群绑到山东", GUANGXI, place=SD_GROUP)
    assert "没有山东的权限" in told


async def test_the_nearest_order_is_offered_and_done_on_a_yes(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.orders.weighing.OURS", 1.1)
    monkeypatch.setattr("bot.orders.weighing.LIKELY", 1.1)
    monkeypatch.setattr("bot.orders.clerk.PLAIN", 1.1)
    offered = await office.say("把登记的名单导出成表格发我")
    assert "您是想导出登记名册吗？" in offered
    assert "导出登记" in offered
    assert await office.unanswered() == 0
    assert "没有可导出的内容" in await office.say("对")
    await office.say("把登记的名单导出成表格发我")
    assert "不办了" in await office.say("不用了")


async def test_an_open_question_may_be_named_by_a_word(office: Office) -> None:
    home = private(TEACHER)
    for text in ("培训会中午管饭吗", "培训会现场有没有充电宝借"):
        await office.say(text, TEACHER, place=home)
        await office.say(f"没解决 {text}", TEACHER, place=home)
    await office.say("未答", BOSS)
    shown = await office.say("管饭那个你回他：中午统一安排自助餐，不另收钱", BOSS)
    assert "中午统一安排自助餐，不另收钱" in shown
    assert "管饭吗" in shown
    assert "正发回" in await office.say("确认", BOSS)
    shown = await office.say("充电宝那条不用管，划掉就行", BOSS)
    assert "充电宝借" in shown
    assert "已划掉" in await office.say("确认", BOSS)
    assert "没有待处理" in await office.say("未答", BOSS)


async def test_a_word_of_two_questions_names_neither(office: Office) -> None:
    home = private(TEACHER)
    for text in ("培训会中午管饭吗", "培训会晚上管饭吗"):
        await office.say(text, TEACHER, place=home)
        await office.say(f"没解决 {text}", TEACHER, place=home)
    await office.say("未答", BOSS)
    told = await office.say("管饭那个你回他：都管", BOSS)
    assert "答第几个问题" in told


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("现在是13900007788，你帮我改下", "现在是13900007788"),
        ("部门改成教务处，麻烦您改一下", "部门改成教务处"),
        ("帮我改电话", "帮我改电话"),
        ("地址改成帮教路1号", "地址改成帮教路1号"),
    ],
)
def test_a_value_ends_before_the_request(text: str, value: str) -> None:
    assert without_request(text) == value


async def test_whether_the_registration_arrived(office: Office) -> None:
    home = private(TEACHER)
    words = "登记 广西 桂东示例职业技术学院 高职 陈示例 13900001111"
    await office.say(words, TEACHER, place=home)
    await office.say("确认", TEACHER, place=home)
    told = await office.say("帮我看看我报上去没有", TEACHER, place=home)
    assert "13900001111" in told


async def test_registration_then_change_changes_the_registration(
    office: Office,
) -> None:
    home = private(TEACHER)
    words = "登记 广西 桂东示例职业技术学院 高职 陈示例 13900001111"
    await office.say(words, TEACHER, place=home)
    await office.say("确认", TEACHER, place=home)
    shown = await office.say("登记改一下 邮箱是chen@example.com", TEACHER, place=home)
    assert "桂东示例职业技术学院" in shown
    assert "chen@example.com" in shown
