"""听得不十分准的：读得全的直接复述，缺的一并问，换句话又说一遍就是照办。"""

import pytest

from .conftest import BOSS, GX_GROUP, TEACHER, Office, private

RECORD = "登记 广西 桂北示例职业学院 高职 李示例 13900005555"


async def test_what_is_read_whole_is_restated_at_once(office: Office) -> None:
    told = (
        "第四批要补一个证书哈：示例茶饮服务，组织是示例茗香教育公司，"
        "联系人陈示例，13900008899"
    )
    shown = await office.say(told, BOSS)
    assert "示例茗香教育公司" in shown
    assert "您是想" not in shown
    assert "已更新名录" in await office.say("这下对了，加上", BOSS)


async def test_a_report_without_a_clock_is_restated_at_once(office: Office) -> None:
    shown = await office.say("下期双周报12月11号交哈，你也更新下")
    assert "12月11日" in shown
    assert "当天结束" in shown
    assert "17:00" in await office.say("改成下午五点")


async def test_a_nod_is_asked_for_what_is_missing(office: Office) -> None:
    assert "从哪天到哪天" in await office.say("记个申报窗口")
    assert "从哪天到哪天" in await office.say("要得要得")


async def test_a_nod_after_what_is_done_says_so(office: Office) -> None:
    assert "学会了" in await office.say("教 示例室在哪 = 行知楼306")
    assert "学会了" in await office.say("嗯嗯 记起来")


async def test_saying_it_again_in_other_words_settles(office: Office) -> None:
    await office.say("这个群的提醒先别发了")
    await office.say("那提醒的事就按刚才说的停")
    assert "已经" in (told := await office.say("提醒 暂停 广西")) or "早已" in told


async def test_a_command_after_that_stands_alone(office: Office) -> None:
    await office.say("这个群的提醒先别发了")
    await office.say("那提醒的事就按刚才说的停")
    assert "已恢复" in await office.say("恢复提醒")


async def test_what_is_to_be_added_is_added(office: Office) -> None:
    await office.say("广播 示例培训周五下午开")
    shown = await office.say("还有 食宿自理 这句也给加进去")
    assert "示例培训周五下午开。食宿自理" in shown


async def test_a_topic_before_its_answer_is_shown_first(office: Office) -> None:
    told = "再记个：广西的，老师带学生去示例考点的交通补贴，没有统一标准，各校自己定"
    shown = await office.say(told)
    assert "交通补贴 = 没有统一标准，各校自己定" in shown
    assert "学会" in await office.say("对")


@pytest.mark.parametrize("nod", ["对的对的", "OK 记吧", "嗯", "停吧"])
async def test_a_nod_with_nothing_waiting_is_no_order(office: Office, nod: str) -> None:
    assert "您是想" not in await office.say(nod)


async def test_a_draft_takes_a_whole_sentence(office: Office) -> None:
    home = private(TEACHER)
    await office.say(RECORD.replace("广西 ", ""), TEACHER, place=home)
    assert "地区：广西" in await office.say("对，我们是广西的", TEACHER, place=home)


async def test_a_school_is_ticked_by_its_short_name(office: Office) -> None:
    home = private(TEACHER)
    await office.say(RECORD, TEACHER, place=home)
    await office.say("确认", TEACHER, place=home)
    await office.say("双周报 设置 首次截止 2026-12-04 17:00")
    await office.say("确认")
    told = await office.say("桂北示例早上发我邮箱了，双周报给他勾上吧")
    if "您是想" in told:
        told = await office.say("对")
    assert "桂北示例职业学院" in told
    waiting = await office.say("双周报 名单")
    assert "已交 1 所" in waiting or "1 所已交" in waiting or "都交" in waiting


async def test_a_teacher_cannot_broadcast_in_plain_words(office: Office) -> None:
    told = "能不能劳驾您在所有群里帮着吆喝一声，就说我们学校12月9号办示例培训"
    assert "秘书处" in await office.say(told, TEACHER, GX_GROUP)


async def test_a_quantity_is_put_right(office: Office) -> None:
    await office.say("提醒太密了，改成截止前15天、7天、2天各一次")
    shown = await office.say("emmm 2天那个换成1天吧，反正都拖到最后")
    assert "15 7 1" in shown


async def test_a_reason_beside_a_new_date_is_no_date(office: Office) -> None:
    await office.say("窗口 新增 2027年第二次申报 2027-09-01 至 2027-10-15")
    await office.say("确认")
    told = "厅里嫌国庆耽误事，第二次申报那个窗口的截止往后挪，挪到10月25"
    assert "2027年10月25日" in await office.say(told)


async def test_a_wrong_address_is_put_right_in_its_own_text(office: Office) -> None:
    await office.say("广播 [广西] 示例总结12月22日前发到 zongjie@example.com")
    await office.say("确认")
    told = "糟糕，刚才通知里邮箱打错了，应该是 nianzong@example.com，赶紧发个更正"
    shown = await office.say(told)
    assert "【更正】示例总结12月22日前发到 nianzong@example.com" in shown
    assert "开始发" in await office.say("得，更正发出去")


async def test_labels_teach_as_well_as_an_equals_sign(office: Office) -> None:
    told = "教 问：示例说明会在哪里开 答：示例会展中心三楼"
    assert "学会" in await office.say(told)


async def test_agreeing_in_ones_own_words_settles(office: Office) -> None:
    await office.say("广播 示例培训周五下午三点在行政楼531开")
    shown = await office.say("嗯就五三二，按这个发吧")
    assert "开始发" not in shown
    assert "开始发" in await office.say("嗯就五三一，按这个发吧")


async def test_a_change_is_not_said_to_be_made_when_nothing_changed(
    office: Office,
) -> None:
    await office.say("广播 12月8号下午3点 线上会")
    shown = await office.say("哎 改2点半 3点有别的会")
    assert "下午2点半 线上会" in shown
    assert "改好了" not in await office.say("时间还是2点半")


async def test_what_was_just_taught_is_put_right(office: Office) -> None:
    await office.say("教 盖章的纸质表送哪 = 行知楼306，交给示例老师")
    shown = await office.say("不对，更正一下，是309，6和9看反了")
    assert "行知楼309，交给示例老师" in shown


async def test_a_hint_is_settled_in_ones_own_words(office: Office) -> None:
    asked = await office.say("这个群往后安静点 没人叫你别吭声")
    if "没错请回" in asked or "是的请回" in asked:
        asked = await office.say("成，照这么来")
    assert "答疑模式" in asked


async def test_an_order_at_the_end_of_a_story_is_heard(office: Office) -> None:
    told = (
        "今早我去菜市场碰见老同事，拉着我讲了半天他家孙子的事，我差点误了回办公室。"
        "讲正事，双周报下期12月11号下午五点交，帮我设一下"
    )
    shown = await office.say(told)
    assert "12月11日" in shown
    assert "17:00" in shown
    assert "确认" in shown
