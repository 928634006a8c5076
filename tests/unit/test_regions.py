"""地区表：每个叫法处处都认；别的词里带着地名的不当作地区。"""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.catalogue import Catalogue
from bot.directory.index import EntityIndex
from bot.directory.records import Organisation
from bot.errors import KnowledgeError
from bot.knowledge import Lexicon
from bot.registration import Checks, Field
from bot.registration.fields import CONTACT_FORM
from bot.registration.reader import read
from bot.text import Regions
from tests.lexicon import REGIONS
from tests.paths import KNOWLEDGE

FORMS = sorted(REGIONS.forms)
ROW = "桂东示例职业技术学院 高职 张三 13800138000"


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_known_everywhere(form: str) -> None:
    place = REGIONS.forms[form]
    assert REGIONS.named(f" {form} ") == place.region
    assert REGIONS.find(f"{form}的学校什么时候报名") == place.region
    values = read(f"{ROW} {form}", CONTACT_FORM, Checks(REGIONS)).values
    told = Field.CITY if place.city else Field.REGION
    assert values[told] == (place.city or place.region)
    assert REGIONS.named(values[told]) == place.region
    if len(form) > 1:
        assert REGIONS.leading(f"{form}示例职业学院") == place.region
        assert _index(f"{form}示例教育有限公司").exact("示例教育")


def _index(name: str) -> EntityIndex:
    """只有一家机构的名录。"""
    organisation = Organisation(
        name=name, aliases=(), printed="", confidence="", source="", note="", status=""
    )
    catalogue = Catalogue({}, {name: organisation}, {}, {}, {}, {})
    return EntityIndex(catalogue, REGIONS)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("湖南省", "湖南"),
        ("广西省", "广西"),
        ("新疆维吾尔自治区", "新疆"),
        ("内蒙", "内蒙古"),
        ("南宁市", "广西"),
        ("广西 南宁市", "广西"),
        ("山东省济南市", "山东"),
        ("莱芜", "山东"),
        ("海南州", "青海"),
        ("吉林市", "吉林"),
        ("香港特别行政区", "香港"),
        ("鲁", "山东"),
        ("广西济南", None),
        ("南宁路", None),
        ("火星", None),
        ("", None),
    ],
)
def test_what_a_group_can_be_bound_to(text: str, region: str | None) -> None:
    assert REGIONS.named(text) == region


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("南宁职业技术学院什么时候报名", "广西"),
        ("我们在来宾市，几号截止", "广西"),
        ("开封的院校几号截止", "河南"),
        ("那桂呢", "广西"),
        ("高中山东能报吗", "山东"),
        ("请问湖南省双周报几号交", "湖南"),
        ("广东的学校能用山东的材料吗", "山东"),
        ("山东面向中职的证书", "山东"),
        ("青海海南州的学校", "青海"),
        ("请问河南宁陵的", None),
        ("山东路校区的考点在哪", None),
        ("广东话怎么说", None),
        ("海南鸡饭真好吃", None),
        ("桂林米粉哪家好", None),
        ("去北海道玩", None),
        ("德州扑克三缺一", None),
        ("推广西门子的证书", None),
        ("各位来宾请签到", None),
        ("快递开封了吗", None),
        ("两个证书大同小异吗", None),
        ("祝大家安康", None),
        ("金华老师的电话", None),
        ("月桂的学校", None),
        ("从来没有", None),
        ("京东能开发票吗", None),
        ("阿里巴巴的证书", None),
        ("联系北京新大陆怎么报", None),
    ],
)
def test_a_place_inside_another_word_is_no_region(text: str, region: str) -> None:
    assert REGIONS.find(text) == region


def test_what_is_there_and_what_there_is_material_of() -> None:
    assert [*REGIONS.names] == ["广西", "山东"]
    assert len(REGIONS.regions) == 34
    for name, region in REGIONS.regions.items():
        assert REGIONS.codes[region.code] == name
        assert REGIONS.named(region.full) == name


def test_the_region_is_taken_out_of_a_question() -> None:
    assert REGIONS.without("广西省南宁市的学校几号截止") == "的学校几号截止"
    assert REGIONS.without("请问湖南几号截止") == "请问几号截止"
    assert REGIONS.without("山东路的快递开封了吗") == "山东路的快递开封了吗"


@given(st.text(alphabet="山东广西南宁省市路州区的学校中开封桂鲁 ", max_size=20))
def test_any_text_can_be_searched(text: str) -> None:
    found = REGIONS.find(text)
    assert found is None or found in REGIONS.regions
    rest = REGIONS.without(text)
    assert len(rest) <= len(text)
    assert re.sub(r"\s", "", text) or found is None


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("also: [沪]", "also: [沪, 申]\n    short: 沪", "不认识的项"),
        ("also: [沪]", "also: [京]", "「京」指了两个地方"),
        ("material: [广西, 山东]", "material: [广西, 火星]", "没有「火星」"),
        ("words: [", "words: [火星, ", "没有「火星」"),
    ],
)
def test_a_broken_table_is_refused(
    tmp_path: Path, before: str, after: str, reason: str
) -> None:
    for path in (KNOWLEDGE / "lexicon").glob("*.yaml"):
        text = path.read_text("utf-8")
        if path.name == "regions.yaml":
            text = text.replace(
                '{code: "31", full: 上海市, also: [沪]}',
                """
    code: "31"
    full: 上海市
    also: [沪]""",
            )
            text = text.replace(before, after)
        (tmp_path / path.name).write_text(text, "utf-8")
    with pytest.raises(KnowledgeError, match=reason):
        Lexicon(tmp_path)


def test_the_table_can_be_small() -> None:
    regions = Regions.model_validate(
        {
            "material": ["甲"],
            "words": [],
            "regions": {"甲": {"code": "99", "full": "甲省", "cities": ["乙丙"]}},
        }
    )
    assert regions.named("乙丙市") == regions.named("甲省") == "甲"
