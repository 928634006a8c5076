"""读一条登记消息：自编的一百多条消息与随机输入。"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.registration.fields import CONTACT_FORM
from bot.registration.reader import read
from bot.registration.recognising import recognise

from .conftest import CHECKS


def _load(name: str) -> dict[str, list[dict[str, Any]]]:
    return yaml.safe_load(Path(__file__).with_name(name).read_text("utf-8"))


MESSAGES, FRESH = _load("messages.yaml"), _load("fresh.yaml")
RIGHT = [
    *(MESSAGES["valid"] + MESSAGES["partial"] + MESSAGES["later"]),
    *(FRESH["valid"] + FRESH["partial"]),
]


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
