"""读一条登记消息：自编的一百多条消息与随机输入。"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.registration.fields import CONTACT_FORM, Field
from bot.registration.openings import opened
from bot.registration.reader import read
from bot.registration.recognising import recognise
from bot.registration.result import Reading
from bot.text import simplified

from .conftest import CHECKS


def _load(name: str) -> dict[str, list[dict[str, Any]]]:
    return yaml.safe_load(Path(__file__).with_name(name).read_text("utf-8"))


MESSAGES, FRESH = _load("messages.yaml"), _load("fresh.yaml")
RIGHT = [
    *(MESSAGES["valid"] + MESSAGES["partial"] + MESSAGES["later"]),
    *(FRESH["valid"] + FRESH["partial"]),
]


HANDS = _load("hands.yaml")


def _plain(mapping: dict[Any, Any]) -> dict[str, Any]:
    return {field.value: value for field, value in mapping.items()}


@pytest.mark.parametrize("case", RIGHT, ids=[case["text"][:40] for case in RIGHT])
def test_right_messages_are_read_whole(case: dict[str, Any]) -> None:
    reading = read(case["text"], CONTACT_FORM, CHECKS)
    assert _plain(reading.values) == case["fields"]
    assert not reading.problems


WRONG = MESSAGES["wrong"] + FRESH["wrong"]


@pytest.mark.parametrize("case", WRONG, ids=[case["text"][:40] for case in WRONG])
def test_every_error_is_named(case: dict[str, Any]) -> None:
    reading = read(case["text"], CONTACT_FORM, CHECKS)
    assert _plain(reading.values) == case["fields"]
    reasons = {f.value: problem.reason for f, problem in reading.problems.items()}
    assert reasons.keys() == case["wrong"].keys()
    for field, part in case["wrong"].items():
        assert part in reasons[field]


def _opened(text: str) -> Reading:
    """去掉开场与收尾之后读。"""
    found = opened(simplified(text))
    return read(found.text if found else text, CONTACT_FORM, CHECKS)


@pytest.mark.parametrize(
    "case", HANDS["valid"], ids=[case["text"][:40] for case in HANDS["valid"]]
)
def test_many_hands_are_read_whole(case: dict[str, Any]) -> None:
    reading = _opened(case["text"])
    assert _plain(reading.values) == case["fields"]
    assert not reading.problems


@pytest.mark.parametrize(
    "case", HANDS["wrong"], ids=[case["text"][:40] for case in HANDS["wrong"]]
)
def test_nothing_wrong_is_taken_from_any_hand(case: dict[str, Any]) -> None:
    """写错的指出来；没写的照样缺着，不拿别的去填。"""
    reading = _opened(case["text"])
    assert _plain(reading.values) == case["fields"]
    assert {field.value for field in reading.problems} == set(case["wrong"])


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("类型：□中职 ☑高职 □应用型本科", {"type": "高职"}),
        ("院 校 类 型：高职", {"type": "高职"}),
        ("联系人：教务处 李明", {"name": "李明", "position": "教务处"}),
        ("联系人：院长办公室主任李明", {"name": "李明", "position": "院长办公室主任"}),
        ("联系人：本人 李明", {"name": "李明"}),
        ("学校：示例大学附属中等职业学校", {"school": "示例大学附属中等职业学校"}),
        (
            "示例县职教中心（示例县中等职业学校） 中职",
            {"school": "示例县职教中心（示例县中等职业学校）", "type": "中职"},
        ),
        ("我们学校（桂西假想学院）", {"school": "桂西假想学院"}),
        (
            "桂东 示例职业学院 李明 13800138000",
            {"school": "桂东示例职业学院", "name": "李明", "phone": "13800138000"},
        ),
        (
            "桂西假想学院 毓秀 13800138000",
            {"school": "桂西假想学院", "name": "毓秀", "phone": "13800138000"},
        ),
        ("手机1：13800138000 手机2：13900139000", {"phone": "13800138000"}),
        ("手机 138_0013_8000", {"phone": "13800138000"}),
        ("邮箱 a@qq .com", {"email": "a@qq.com"}),
    ],
)
def test_hard_parts(text: str, fields: dict[str, str]) -> None:
    reading = read(text, CONTACT_FORM, CHECKS)
    assert _plain(reading.values) == fields
    assert not reading.problems
    assert not reading.leftover


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("类型：中职/高职", "type"),
        ("联系人：李明、王红", "name"),
        ("学校：桂西假想学院，桂东示例学院", "school"),
        ("联系人：13800138000", "name"),
        ("姓名：院长", "name"),
    ],
)
def test_two_values_or_none_are_reported(text: str, field: str) -> None:
    reading = read(text, CONTACT_FORM, CHECKS)
    assert field in {f.value for f in reading.problems}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("柳州示例职业学院 高职 金华 13800138000", {"name": "金华"}),
        ("金华示例职业学院 高职 金华 13800138000", {"city": "金华市"}),
        ("柳州示例职业学院 高职 张三 13800138000 金华", {"city": "金华市"}),
        ("长沙示例职业学院 高职 张三 13800138000 湖南省", {"region": "湖南"}),
        ("示例职业学院 高职 张三 13800138000 恩施", {"city": "恩施州"}),
    ],
)
def test_places_anywhere(text: str, fields: dict[str, str]) -> None:
    reading = read(text, CONTACT_FORM, CHECKS)
    assert fields.items() <= _plain(reading.values).items()
    assert not reading.problems
    assert not reading.leftover


@pytest.mark.parametrize(
    "piece", ["好的老师", "嗯嗯啊", "不好意思我", "教务处", "我来的", "改"]
)
def test_a_doubtful_run_of_words_is_left_over(piece: str) -> None:
    """读得慢的话，这里会一直读下去。"""
    reading = read(piece * 400, CONTACT_FORM, CHECKS)
    assert not reading.values
    assert len(reading.leftover) == 1


PIECES = st.sampled_from(
    (
        "登记 院校名称 手机 13800138000 张三 高职 ： , 、 \n ＠ @ . - + 86 1245 〇 😀 "
        "( ) 【 】 学院 校长 * 0771 www com 的 是 / 号 路 市 \u200b "
        "\ud83d 无 邮箱 专业 2"
    ).split(" ")
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
def test_no_input_breaks_the_reader(text: str) -> None:
    reading = read(text, CONTACT_FORM, CHECKS)
    assert not set(reading.values) & set(reading.problems)


SCHOOL, KIND, NAME = "桂东示例职业技术学院", "高职", "张三"
PHONE, MAIL, CODE = "13800138000", "zhangsan@example.com", "4145012345"


@settings(max_examples=200, deadline=None)
@given(
    st.permutations([SCHOOL, KIND, NAME, PHONE, MAIL, CODE]),
    st.sampled_from(["，", ",", " ", "\n", "；", "、", " / ", "|", "。", "😀", "　"]),
)
def test_any_order_any_separator(parts: list[str], separator: str) -> None:
    reading = read(separator.join(parts), CONTACT_FORM, CHECKS)
    assert _plain(reading.values) == {
        "school": SCHOOL,
        "type": KIND,
        "name": NAME,
        "phone": PHONE,
        "email": MAIL,
        "code": CODE,
    }


WAYS: list[tuple[tuple[str, str], list[str]]] = [
    (("school", SCHOOL), [SCHOOL, f"学校：{SCHOOL}", f"我们是{SCHOOL}的"]),
    (("type", KIND), [KIND, "类型：高职院校", "属于高职"]),
    (("name", "陈示例"), ["陈示例", "联系人：陈示例", "我叫陈示例", "陈示例老师"]),
    (("phone", PHONE), [PHONE, "手机 138 0013 8000", "电话是+86-13800138000"]),
    (("email", MAIL), [MAIL, f"邮箱（{MAIL}）", f"邮箱：{MAIL}。"]),
    (("position", "教务处处长"), ["教务处处长", "职务：教务处处长"]),
    (("code", CODE), [f"学校代码{CODE}", "院校代码：4145 0123 45"]),
]
BESIDE = [
    "备用联系人：周样例 13900139001",
    "校长：周样例",
    "座机0774-1234567",
    "我同事周样例13900139001",
    "QQ：12345678",
    "谢谢老师",
]


@settings(max_examples=400, deadline=None)
@given(
    st.permutations(WAYS),
    st.data(),
    st.sampled_from(["，", "\n", "；", " ； ", "\n\n", "。"]),
)
def test_whole_in_any_order_and_dress(
    pieces: list[tuple[tuple[str, str], list[str]]], data: st.DataObject, gap: str
) -> None:
    """次序、说法、标点随意，夹着别人与不收的：照样一项不多、一项不少。"""
    said = [data.draw(st.sampled_from(ways)) for _, ways in pieces]
    said.append(data.draw(st.sampled_from(BESIDE)))
    reading = read(gap.join(said), CONTACT_FORM, CHECKS)
    assert _plain(reading.values) == {field: value for (field, value), _ in pieces}
    assert not reading.problems
    assert not reading.leftover


LABELS = [("院校名称", SCHOOL), ("类型", KIND), ("联系人", NAME), ("手机号", PHONE)]


@settings(max_examples=200, deadline=None)
@given(
    st.permutations(LABELS),
    st.sampled_from(["：", ":", "=", " ", "是", "： "]),
    st.sampled_from(["，", "\n", "；", " "]),
)
def test_labels_in_any_dress(
    parts: list[tuple[str, str]], colon: str, separator: str
) -> None:
    text = separator.join(f"{label}{colon}{value}" for label, value in parts)
    reading = read(text, CONTACT_FORM, CHECKS)
    assert set(reading.values.values()) == {SCHOOL, KIND, NAME, PHONE}


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.data())
def test_every_valid_phone_is_taken(number: str, data: st.DataObject) -> None:
    gap = data.draw(st.sampled_from(["", " ", "-", " - ", "."]))
    shown = gap.join((number[:3], number[3:7], number[7:]))
    prefix = data.draw(st.sampled_from(["", "+86", "+86 ", "86-", "0086"]))
    reading = read(f"张三 {prefix}{shown}", CONTACT_FORM, CHECKS)
    assert _plain(reading.values) == {"name": "张三", "phone": number}


@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "12-",
        "ﷺ",
        "我我",
        "张三 男 教务处 ",
        "电话",
        "我们",
        "嗯",
        "，",
        "帮我",
        "都",
    ],
)
def test_reading_is_linear(
    steps: Callable[[Callable[[], object]], int], unit: str
) -> None:
    """写得两倍长，最多多走一倍的路；一个字统一成十几个的也不例外。"""

    def walked(length: int) -> int:
        text = (unit * length)[:length]
        return steps(
            lambda: recognise(text, lambda part: read(part, CONTACT_FORM, CHECKS))
        )

    walked(1600)  # 头一回要编译正则
    assert walked(1600) < 3 * walked(800)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            "我校是桂北示例职业学院（原桂北示例学校），高职，联系人梁示例，18900000001",
            {"school": "桂北示例职业学院", "name": "梁示例", "phone": "18900000001"},
        ),
        (
            "以后我们桂南示例中等专业学校的1+X由扎西·例增老师对接，手机19100000001",
            {"school": "桂南示例中等专业学校", "name": "扎西·例增"},
        ),
        (
            "主联系人：羊舌拟 13900000001\n备用联系人：和样 13900000002\n"
            "院校：桂东示例职业学院\n主联系人邮箱：a@example.com\n备用邮箱：b@example.com",
            {"name": "羊舌拟", "phone": "13900000001", "email": "a@example.com"},
        ),
        (
            "联系人由苏示例换成齐示例，电话13100000001，学校桂东示例职业学院，高职",
            {"name": "齐示例", "phone": "13100000001"},
        ),
        (
            "我叫包容例，包容的包容，例子的例，桂东示例职业学院，电话15000000001",
            {"name": "包容例", "school": "桂东示例职业学院"},
        ),
        (
            "桂西示例职业学院 高职 鲁样例 13900000001，微信同手机",
            {"name": "鲁样例", "phone": "13900000001"},
        ),
        (
            "她是桂西示例护理职业学院的，姓名：鲁样例，手机13900000001",
            {"school": "桂西示例护理职业学院", "name": "鲁样例"},
        ),
        (
            "我是那个桂西示例机电职业学院的嗯高职的我叫鲁样例以后1加X我来对接",
            {"school": "桂西示例机电职业学院", "name": "鲁样例"},
        ),
    ],
)
def test_who_is_meant_is_told_from_who_was(text: str, fields: dict[str, str]) -> None:
    values = _plain(read(text, CONTACT_FORM, CHECKS).values)
    assert {key: values.get(key) for key in fields} == fields


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("学校是中专层次，姓名：鲁样例，手机13900000001", "school"),
        ("部门：我们是中职我在实训科", "position"),
    ],
)
def test_other_words_are_no_value(text: str, field: str) -> None:
    assert field not in _plain(read(text, CONTACT_FORM, CHECKS).values)


def test_thanks_are_no_name() -> None:
    said = "示例职业技术学院，高职，手机13900040003，登记一下联系人谢谢"
    reading = read(said, CONTACT_FORM, CHECKS)
    assert Field.NAME not in reading.values
