"""各字段的验证。"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from bot.registration.checks import Checks
from bot.registration.fields import Field
from bot.text.contacts import Invalid
from tests.lexicon import REGIONS

CHECKS = Checks(REGIONS)
GOOD = "12450000498501004A"


@pytest.mark.parametrize(
    "code", [GOOD, GOOD.lower(), "1245 0000 4985 0100 4A", "91350100M000100Y43"]
)
def test_valid_credit_codes(code: str) -> None:
    assert uscc.is_valid(CHECKS.validate(Field.USCC, code))


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_sign_in_a_credit_code_is_refused(place: int, char: str) -> None:
    wrong = GOOD[:place] + char + GOOD[place + 1 :]
    if wrong == GOOD:
        assert CHECKS.validate(Field.USCC, wrong) == GOOD
    else:
        with pytest.raises(Invalid, match=r"第|随手|身份证"):
            CHECKS.validate(Field.USCC, wrong)


@pytest.mark.parametrize("code", ["123456789012345678", "000000000000000000"])
def test_credit_codes_typed_at_random(code: str) -> None:
    assert uscc.is_valid(code)
    with pytest.raises(Invalid, match="随手"):
        CHECKS.validate(Field.USCC, code)


@pytest.mark.parametrize(
    ("field", "raw", "reason"),
    [
        (Field.EMAIL, "a@gmail.con", "gmail.com"),
        (Field.EMAIL, "@qq.com", "@ 前面没有"),
        (Field.EMAIL, "a@1.2.3.4", "结尾"),
        (Field.EMAIL, "张@qq.com", "第 1 个字"),
        (Field.EMAIL, ".a@qq.com", "@ 前面的写法"),
        (Field.CODE, "414501234a", "第 10 位是字母 a"),
        (Field.CITY, "青秀区", "地级市"),
        (Field.NAME, "李", "全名"),
        (Field.LEVEL, "初级和中级", "一行只填一个"),
        (Field.SIZE, "五十", "阿拉伯数字"),
        (Field.SIZE, "0", "大于 0"),
        (Field.WEBSITE, "http//www.example.cn", "http://www.example.cn"),
        (Field.REGION, "火星", "省级地区"),
    ],
)
def test_reasons(field: Field, raw: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        CHECKS.validate(field, raw)


def test_prefix_of_the_school_code_only_warns() -> None:
    values = {Field.CODE: "3637001234", Field.REGION: "广西", Field.TYPE: "高职"}
    found = CHECKS.cautions(values)
    assert any("37 是山东" in line for line in found)
    assert any("36 是中等职业学校" in line for line in found)
    assert CHECKS.cautions({Field.CODE: "4145012345", Field.REGION: "广西"}) == []


def test_near_misses_of_mail_domains_warn() -> None:
    assert CHECKS.validate(Field.EMAIL, "a@gmial.com") == "a@gmial.com"
    assert any(
        "gmail.com" in line for line in CHECKS.cautions({Field.EMAIL: "a@gmial.com"})
    )


def test_city_elsewhere_warns() -> None:
    values = {Field.CITY: "济南市", Field.REGION: "广西"}
    assert any("山东" in line for line in CHECKS.cautions(values))
