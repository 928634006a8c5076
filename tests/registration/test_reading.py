"""读一条登记消息：自编的一百多条消息与随机输入。"""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.registration.fields import CONTACT_FORM
from bot.registration.reading import read

MESSAGES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("messages.yaml").read_text("utf-8")
)
RIGHT = [*MESSAGES["valid"], *MESSAGES["partial"], *MESSAGES["later"]]


def _plain(mapping: dict[Any, Any]) -> dict[str, Any]:
    return {field.value: value for field, value in mapping.items()}


@pytest.mark.parametrize("case", RIGHT, ids=[case["text"][:40] for case in RIGHT])
def test_right_messages_are_read_whole(case: dict[str, Any]) -> None:
    reading = read(case["text"], CONTACT_FORM)
    assert _plain(reading.values) == case["fields"]
    assert not reading.problems


WRONG = MESSAGES["wrong"]


@pytest.mark.parametrize("case", WRONG, ids=[case["text"][:40] for case in WRONG])
def test_every_error_is_named(case: dict[str, Any]) -> None:
    reading = read(case["text"], CONTACT_FORM)
    assert _plain(reading.values) == case["fields"]
    reasons = {f.value: problem.reason for f, problem in reading.problems.items()}
    assert reasons.keys() == case["wrong"].keys()
    for field, part in case["wrong"].items():
        assert part in reasons[field]


def test_enough_messages() -> None:
    assert sum(map(len, MESSAGES.values())) >= 80


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
    reading = read(text, CONTACT_FORM)
    assert not set(reading.values) & set(reading.problems)


SCHOOL, KIND, NAME = "桂东示例职业技术学院", "高职", "张三"
PHONE, MAIL, CODE = "13800138000", "zhangsan@example.com", "4145012345"


@settings(max_examples=200, deadline=None)
@given(
    st.permutations([SCHOOL, KIND, NAME, PHONE, MAIL, CODE]),
    st.sampled_from(["，", ",", " ", "\n", "；", "、", " / ", "|", "。", "😀", "　"]),
)
def test_any_order_any_separator(parts: list[str], separator: str) -> None:
    reading = read(separator.join(parts), CONTACT_FORM)
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
    reading = read(text, CONTACT_FORM)
    assert set(reading.values.values()) == {SCHOOL, KIND, NAME, PHONE}


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.data())
def test_every_valid_phone_is_taken(number: str, data: st.DataObject) -> None:
    gap = data.draw(st.sampled_from(["", " ", "-", " - ", "."]))
    shown = gap.join((number[:3], number[3:7], number[7:]))
    prefix = data.draw(st.sampled_from(["", "+86", "+86 ", "86-", "0086"]))
    reading = read(f"张三 {prefix}{shown}", CONTACT_FORM)
    assert _plain(reading.values) == {"name": "张三", "phone": number}
