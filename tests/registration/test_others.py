"""别人的号码、写成同音字的名目：不当作联系人的，也不因此读不出。"""

import pytest

from bot.registration.fields import CONTACT_FORM, Field
from bot.registration.reader import read

from .conftest import CHECKS

SCHOOL = "桂东示例职业技术学院，高职，陈示例，教务处"


@pytest.mark.parametrize(
    "text",
    [
        f"{SCHOOL}，13900000001，有事通知找他，别找我13900000002",
        f"{SCHOOL}，手机13900000002……哎不对不对，那是我老婆的号，我的是13900000001",
        f"原来的王样例老师13900000002打不通，{SCHOOL}，13900000001",
        f"{SCHOOL}，手机13900000001，再登不上我真要打电话投诉了",
    ],
)
def test_whose_number_it_is(text: str) -> None:
    reading = read(text, CONTACT_FORM, CHECKS)
    assert reading.values[Field.PHONE] == "13900000001"
    assert Field.PHONE not in reading.problems


def test_the_number_of_the_one_before_is_not_taken() -> None:
    told = "对接人变了，原来是王样例老师13900000002，现在由陈示例负责，教务处的，"
    reading = read(f"{told}桂东示例职业技术学院，高职", CONTACT_FORM, CHECKS)
    assert Field.PHONE not in reading.values
    assert any(other.number == "13900000002" for other in reading.others)


def test_labels_written_by_their_sound() -> None:
    text = "\n".join(
        (
            "学校：桂东示例职业学校",
            "层茨：中职",
            "性名：陈示例",
            "步门：教务科",
            "手几：13900000001",
            "邮相：chen@example.com",
        )
    )
    values = read(text, CONTACT_FORM, CHECKS).values
    assert values[Field.NAME] == "陈示例"
    assert values[Field.PHONE] == "13900000001"
    assert values[Field.EMAIL] == "chen@example.com"
    assert values[Field.TYPE].startswith("中职")


@pytest.mark.parametrize("lead", ["我就职于", "学校喊作", "俺们是"])
def test_words_before_a_school_are_no_part_of_it(lead: str) -> None:
    text = f"{lead}桂东示例职业技术学院，高职，陈示例，13900000001"
    values = read(text, CONTACT_FORM, CHECKS).values
    assert values[Field.SCHOOL] == "桂东示例职业技术学院"


def test_a_kind_of_school_is_no_name() -> None:
    text = "我在二级学院管实训，高职，陈示例，13900000001"
    assert Field.SCHOOL not in read(text, CONTACT_FORM, CHECKS).values


def test_an_address_spelt_out_by_voice() -> None:
    text = "我是桂东示例职业技术学院的陈示例手机13900000001邮箱是chen艾特example点com"
    values = read(text, CONTACT_FORM, CHECKS).values
    assert values[Field.EMAIL] == "chen@example.com"
