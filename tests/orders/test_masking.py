"""出示、提示时不把个人的号码说给一群人听。"""

from bot.orders import ORDERS
from bot.orders.kind import order_slip

from .conftest import GUANGXI, TEACHER, Office, private


async def test_a_hint_hides_numbers_in_a_group_and_still_does_it(
    office: Office,
) -> None:
    text = "教 报名联系谁 = 陈示例老师，13900007788，chen@example.org"
    message = office.message(text)
    slip = order_slip(ORDERS["teach"], text, "", message, unsure=True)
    shown = (await office.assistant.desk.propose(slip, message)).text
    assert "教 报名联系谁" in shown
    assert "13900007788" not in shown
    assert "chen@example.org" not in shown
    await office.say("对")
    await office.say("确认")
    [edit] = office.assistant.knowledge.local_edits()
    assert "13900007788" in edit.answer
    at_home = office.message(text, place=private(GUANGXI))
    slip = order_slip(ORDERS["teach"], text, "", at_home, unsure=True)
    assert "13900007788" in (await office.assistant.desk.propose(slip, at_home)).text


async def test_an_unknown_name_is_not_repeated_with_a_number(office: Office) -> None:
    for said in ("陈示例138.0013.8000", "陈示例幺三八零零幺三八零零零"):
        told = await office.say(f"{said}的电话是多少", TEACHER, private(TEACHER))
        assert said not in told
