"""试点情况：读一行、表的规则、对话。"""

import pytest

from bot.registration import Checks, Field
from bot.registration.checks import rule_problems, unfinished
from bot.registration.pilot import read_pilot
from tests.lexicon import REGIONS

from .conftest import CERTIFICATES, CHECKS, ZHANG, Chat
from .names import PlainNames

FULL = {
    "school": "桂东示例中等专业学校",
    "type": "中职",
    "certificate": "物流管理",
    "level": "初级",
    "majors": "现代物流管理、电子商务",
    "size": "50",
    "principal": "李四",
    "principal_phone": "13900139000",
    "name": "张三",
    "phone": "13800138000",
    "city": "贵港市",
}


@pytest.mark.parametrize(
    "text",
    [
        "桂东示例中等专业学校 中职 物流管理 初级 专业：现代物流管理、电子商务 规模50 "
        "校长：李四 13900139000 联系人：张三 13800138000 贵港",
        "院校名称：桂东示例中等专业学校\n院校类型：中职\n参与试点证书及等级：物流管理初级\n"
        "参与试点专业名称：现代物流管理，电子商务\n参与试点学生规模：50人\n"
        "院校校长及手机：李四 139-0013-9000\n具体联系人及手机：张三 138 0013 8000\n"
        "所属市：贵港市",
        "证书=物流管理职业技能等级证书;等级=初;专业名称=现代物流管理 电子商务;"
        "学生规模=50;校长姓名=李四;校长手机=13900139000;联系人=张三;手机=13800138000;"
        "学校名称=桂东示例中等专业学校;类型=中专;所属市=贵港",
    ],
)
def test_rows_in_any_wording(text: str) -> None:
    reading = read_pilot(text, CHECKS)
    assert not reading.problems
    assert {f.value: v for f, v in reading.values.items()} == FULL


@pytest.mark.parametrize(
    ("text", "field", "reason"),
    [
        ("证书：物流管里 初级", Field.CERTIFICATE, "是不是 物流管理"),
        ("物流管理 初级、中级", Field.LEVEL, "一行只填一个等级"),
        ("物流管理 特级 等级：特级", Field.LEVEL, "初级、中级、高级"),
        ("规模：五十", Field.SIZE, "阿拉伯数字"),
        ("校长：李四 1390013900", Field.PRINCIPAL_PHONE, "少 1 位"),
    ],
)
def test_wrong_rows_are_named(text: str, field: Field, reason: str) -> None:
    assert reason in read_pilot(text, CHECKS).problems[field].reason


def test_rules_of_the_form() -> None:
    values = {
        Field.TYPE: "高职",
        Field.MAJORS: "物流、电商",
        Field.MAJOR_COUNT: "3",
        Field.SIZE: "55",
        Field.CITY: "南宁市",
    }
    found = {f: problem.reason for f, problem in rule_problems(values).items()}
    assert "列出的专业有 2 个" in found[Field.MAJOR_COUNT]
    assert "整十" in found[Field.SIZE]
    assert "不填所属市" in found[Field.CITY]
    good = {Field.TYPE: "中职", Field.MAJORS: "物流", Field.MAJOR_COUNT: "1"}
    assert rule_problems({**good, Field.SIZE: "50", Field.CITY: "南宁市"}) == {}


def test_what_each_year_needs() -> None:
    row = {Field(name): value for name, value in FULL.items()}
    assert unfinished(row, 2020) == []
    assert unfinished(row, 2019) == ["证书不在第二批的十个之内"]
    row = {**row, Field.CERTIFICATE: "智能财税", Field.PRINCIPAL: "", Field.CITY: ""}
    assert unfinished(row, 2019) == []
    assert unfinished(row, 2020) == ["缺校长姓名", "缺所属市"]


def test_names_by_alias() -> None:
    assert CERTIFICATES.find("bim") == "建筑信息模型（BIM）"
    assert CERTIFICATES.find("建筑信息模型证书") == "建筑信息模型（BIM）"
    assert CERTIFICATES.find("烹饪") is None
    both = PlainNames(["甲（云）", "乙（云）"])
    assert both.find("云") is None


async def test_a_row_by_message(chat: Chat) -> None:
    await chat.say("登记 桂东示例职业技术学院 高职 张三 13800138000 南宁")
    await chat.say("确认")
    card = await chat.say("登记试点 BIM中级 专业：建筑工程技术、工程造价 规模55")
    assert "✔ 院校名称：桂东示例职业技术学院" in card
    assert "✔ 证书：建筑信息模型（BIM）" in card
    assert "✔ 专业数量：2" in card
    assert "✘ 学生规模「55」：学生规模要填整十数" in card
    assert "所属市" not in card
    assert await chat.say("证书列表") == ""
    assert "都齐了" in await chat.say("60人")
    assert "已登记" in await chat.say("确认")
    assert "建筑信息模型（BIM）" in await chat.say("我的试点")
    assert "删了找不回来" in await chat.say("撤销试点")
    assert "已撤销" in await chat.say("确认")
    assert "13800138000" in await chat.say("我的登记")


async def test_changing_a_row_makes_a_version(chat: Chat) -> None:
    text = "登记试点 桂东示例职业技术学院 高职 物流管理 初级 广西 专业：物流"
    await chat.say(f"{text} 规模50")
    await chat.say("确认")
    card = await chat.say(f"{text}、电商 规模60")
    assert "专业名称：物流 → 物流、电商" in card
    assert "学生规模：50 → 60" in card
    assert "第 2 版" in await chat.say("确认")
    [record] = await chat.parts.registration.mine(ZHANG)
    assert record.values[Field.MAJOR_COUNT] == "2"


async def test_without_a_directory_certificates_are_kept_as_written(
    chat: Chat,
) -> None:
    chat.parts.registration.checks = Checks(REGIONS)
    card = await chat.say("登记试点 桂东示例职业技术学院 高职 证书：烹饪示例 初级")
    assert "✔ 证书：烹饪示例" in card


@pytest.mark.parametrize(
    "text",
    [
        "1+X物流管理职业技能等级证书（中级） 桂东示例职业学院 高职 现代物流管理 30人",
        "物流管理（中级）\n桂东示例职业学院\n高职\n专业 现代物流管理\n规模 30",
    ],
)
def test_official_titles_and_majors_without_labels(text: str) -> None:
    reading = read_pilot(text, CHECKS)
    assert {f.value: v for f, v in reading.values.items()} == {
        "certificate": "物流管理",
        "level": "中级",
        "school": "桂东示例职业学院",
        "type": "高职",
        "majors": "现代物流管理",
        "size": "30",
    }
    assert not reading.leftover


def test_whose_phone_is_whose() -> None:
    text = "校长：李四，手机：13900139000，联系人：张三，手机：13800138000"
    values = read_pilot(text, CHECKS).values
    assert values[Field.PRINCIPAL_PHONE] == "13900139000"
    assert values[Field.PHONE] == "13800138000"
    wrong = read_pilot("校长：王校长 手机：12345", CHECKS).problems
    assert set(wrong) == {Field.PRINCIPAL, Field.PRINCIPAL_PHONE}


@pytest.mark.parametrize(
    ("size", "reason"), [("-10", "大于 0"), ("1000000", "太大"), ("10.5", "整数")]
)
def test_odd_sizes(size: str, reason: str) -> None:
    problems = read_pilot(f"规模 {size}", CHECKS).problems
    assert reason in problems[Field.SIZE].reason


async def test_a_row_by_plain_replies(chat: Chat) -> None:
    await chat.say("登记试点")
    for reply in ("物流管理 初级", "现代物流管理、电子商务", "50", "第一个", "广西"):
        assert "试点情况草稿" in await chat.say(reply)
    assert "都齐了" in await chat.say("桂东示例工业学校")
    assert "已登记" in await chat.say("确认")
    [record] = await chat.parts.registration.mine(ZHANG)
    assert record.values[Field.MAJORS] == "现代物流管理、电子商务"


async def test_region_stays_when_the_city_goes(chat: Chat) -> None:
    await chat.say(
        "登记试点 江畔示例职业学院 高职 物流管理 初级 专业：物流 规模50 所属市 南宁"
    )
    assert "都齐了" in await chat.say("所属市 无")


async def test_changing_a_row_by_number(chat: Chat) -> None:
    for level in ("初级", "中级"):
        await chat.say(
            f"登记试点 桂东示例职业学院 高职 物流管理 {level} 广西 专业：物流 规模50"
        )
        await chat.say("确认")
    assert "请带上序号" in await chat.say("修改试点 规模 60")
    assert "学生规模：50 → 60" in await chat.say("修改试点 2 规模 60")
    assert "第 2 版" in await chat.say("确认")
