"""一句话是在问、在说，还是在客气。"""

import pytest

from bot.text import Speech, ends_asking, is_courtesy, is_question, speech_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("平台几号截止", Speech.ASKING),
        ("360浏览器打不开", Speech.ASKING),
        ("发一下模板", Speech.ASKING),
        ("佐证材料", Speech.ASKING),
        ("也不知道填了没有，交了再说", Speech.ASKING),
        ("院校代码填好了", Speech.TELLING),
        ("附件2 汇总表.docx", Speech.TELLING),
        ("谢谢老师", Speech.THANKS),
        ("收到，好的", Speech.NODDING),
        ("在吗", Speech.HELLO),
        ("", Speech.HELLO),
        ("👍", Speech.NOTHING),
        ("2", Speech.NOTHING),
    ],
)
def test_kinds(text: str, kind: Speech) -> None:
    assert speech_of(text) is kind


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("登记要填什么", True),
        ("能不能改", True),
        ("统一社会信用代码填不填", True),
        ("校名填不，老师", True),
        ("帮忙登记一下", False),
        ("手机号刚才忘了写，13800000000", False),
        ("网站 http://www.example.edu.cn/?id=3", False),
        ("广西电子职业学院，可以吗？", False),
    ],
)
def test_only_plain_questions_interrupt_a_registration(text: str, asks: bool) -> None:
    assert is_question(text) is asks
    if asks:
        assert speech_of(text) is Speech.ASKING


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("双周报交了没", True),
        ("双周报交了吗。", True),
        ("双周报已交？", True),
        ("我们几个学校双周报都交了", False),
        ("还是没赶上，刚交", False),
    ],
)
def test_asking_at_the_end(text: str, asks: bool) -> None:
    assert ends_asking(text) is asks


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("麻烦老师登记一下", True),
        ("校级联系人登记表", True),
        ("王老师辛苦了", True),
        ("广西电子职业学院", False),
        ("", False),
        ("好" * 41, False),
    ],
)
def test_courtesy_says_nothing(text: str, empty: bool) -> None:
    assert is_courtesy(text) is empty
