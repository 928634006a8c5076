"""联系方式的验法：登记与名录是同一种，说的是同一句话。"""

import re
from collections.abc import Callable

import pytest
from email_validator import validate_email
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.cn import uscc

from bot.directory.records import check_email, check_landline, check_mobile
from bot.registration import Checks, Field
from bot.registration.fields import CONTACT_FORM
from bot.registration.reader import read
from bot.text.contacts import (
    MOBILE,
    PHONE_IN_TEXT,
    Invalid,
    credit_code,
    email,
    email_cautions,
    landline,
    mobile,
)
from tests.lexicon import REGIONS

CHECKS = Checks(REGIONS)
WRONG_MAILS = {
    "a..b@qq.com": "两个点，请去掉一个",
    ".a@qq.com": "@ 前面的写法不对，不能以点开头",
    "a.@qq.com": "@ 前面的写法不对，不能以点开头",
    "a@qq.ocm": "是不是 qq.com",
    "a@qq.con": "是不是 qq.com",
    "a@163.con": "是不是 163.com",
    "a@189.con": "是不是 189.cn",
    "a@yeah.nte": "是不是 yeah.net",
    "a@example.ner": "是不是 example.net",
    "x@y.edu.con": "是不是 y.edu.cn",
    "x@y.com.con": "是不是 y.com.cn",
    "x@y.cn.com": "是不是 y.cn",
    "a@qq": "是不是 qq.com",
    "a@qq,com": "是不是 qq.com",
    "a@@qq.com": "两个 @",
    "a.qq.com": "没有 @",
    "a@": "请写全",
    "a@-x.com": "@ 后面的写法",
    "a@1.2.3.4": "结尾是 4",
}
_digits = st.text("0123456789", min_size=1, max_size=14)


Check = Callable[[str], str]


def outcome(check: Check, raw: str) -> tuple[str, str]:
    """（规整后的值，拒收的理由），总有一个是空的。"""
    try:
        return check(raw), ""
    except ValueError as error:
        return "", str(error)


def refusal(check: Check, raw: str) -> str:
    """拒收的理由。"""
    value, reason = outcome(check, raw)
    assert not value
    assert re.search("[\u4e00-\u9fff]", reason)
    return reason


@pytest.mark.parametrize(("raw", "hint"), WRONG_MAILS.items())
def test_wrong_mails_are_refused_alike(raw: str, hint: str) -> None:
    reason = refusal(email, raw)
    assert hint in reason
    assert refusal(check_email, raw) == f"「{raw}」不对：{reason}"
    with pytest.raises(Invalid, match=re.escape(reason)):
        CHECKS.validate(Field.EMAIL, raw)


@pytest.mark.parametrize("raw", ["a..b@qq.com", ".a@qq.com", "a@qq.ocm", "x@y.edu.con"])
def test_a_message_hears_the_same_reason(raw: str) -> None:
    reading = read(f"张三 13800138000 {raw}", CONTACT_FORM, CHECKS)
    assert reading.problems[Field.EMAIL].reason == refusal(email, raw)


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ("LiSi@Example.COM", "LiSi@example.com"),
        ("mailto:a@qq.com", "a@qq.com"),
        ("ａ＠qq．com", "a@qq.com"),
        ("a @ qq.com", "a@qq.com"),
        ("1+X@example.com", "1+X@example.com"),
        ("a@mail.x.edu.cn", "a@mail.x.edu.cn"),
    ],
)
def test_right_mails(raw: str, right: str) -> None:
    assert email(raw) == check_email(raw) == CHECKS.validate(Field.EMAIL, raw) == right


@given(st.emails())
def test_a_mail_that_is_accepted_is_one(address: str) -> None:
    found, reason = outcome(email, address)
    assert bool(found) != bool(reason)
    if found:
        assert validate_email(found, check_deliverability=False).ascii_email == found
        assert email(found) == found


@given(st.text(max_size=40))
@example("@")
@example("a@。com")
@example("a@\u0130.com")
def test_any_text_is_a_mail_or_gets_a_reason(text: str) -> None:
    found, reason = outcome(email, text)
    assert "@" in found or re.search("[\u4e00-\u9fff]", reason)


def test_domains_one_letter_away_are_only_doubted() -> None:
    assert email("a@gmial.com") == "a@gmial.com"
    assert "gmail.com" in email_cautions("a@gmial.com")[0]
    assert email_cautions("a@gmail.com") == email_cautions("a@x.edu.cn") == []


@given(st.from_regex(MOBILE, fullmatch=True), st.sampled_from(["", "+86 ", "86-"]))
def test_mobiles_in_any_dress(number: str, country: str) -> None:
    number = "".join(str(int(digit)) for digit in number)
    for shown in (number, f"{number[:3]}-{number[3:7]}-{number[7:]}"):
        assert mobile(country + shown) == check_mobile(country + shown) == number
        found = PHONE_IN_TEXT.search(f"电话{country}{shown}，")
        assert found is not None
        assert re.sub(r"\D", "", found["number"]) == number


@given(_digits)
def test_any_digits_are_a_number_or_get_a_reason(digits: str) -> None:
    for check, shape in ((mobile, r"1[3-9]\d{9}"), (landline, r"[\d-]{11,20}")):
        found, reason = outcome(check, digits)
        assert re.fullmatch(shape, found) or re.search("[\u4e00-\u9fff]", reason)


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ("01068607719", "010-68607719"),
        ("(0771)1234567", "0771-1234567"),
        ("+86 0771 1234567 转 8", "0771-1234567-8"),
        ("4008600591", "400-860-0591"),
        ("400-8600-591", "400-860-0591"),
    ],
)
def test_landlines_are_written_one_way(raw: str, right: str) -> None:
    assert landline(raw) == check_landline(raw) == right
    assert landline(right) == right


@pytest.mark.parametrize(
    ("check", "raw", "reason"),
    [
        (mobile, "010-68607719", "这是座机号"),
        (mobile, "68607719", "没写全的座机号"),
        (mobile, "138****8000", "星号"),
        (mobile, "138001380OO", "第 10 位是字母 O，应是数字，是不是数字 0"),
        (mobile, "12800138000", "第 2 位应是 3—9"),
        (landline, "13800138000", "这是手机号"),
        (landline, "68607719", "请带区号"),
        (landline, "400-860-059", "应是 10 位"),
        (landline, "400-8600-5911", "应是 10 位"),
    ],
)
def test_wrong_numbers_say_what_to_do(check: Check, raw: str, reason: str) -> None:
    assert reason in refusal(check, raw)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_a_credit_code_has_its_check_digit(body: str) -> None:
    code = body + uscc.calc_check_digit(body)
    found, reason = outcome(credit_code, code.lower())
    assert found == code or re.search("数字|身份证", reason)
