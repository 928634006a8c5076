"""答案怎么说：先说问到的，注明截至何时，存疑的照实说。"""

import pytest

from bot.directory import Directory, Key
from tests.weighing import weighed

from .conftest import ask

AS_OF = "截至2020-04-14（鲁教职处函〔2020〕10号附件1）。发现变动请告诉秘书处更新。"


def tell(directory: Directory, text: str) -> str:
    found = weighed(directory.source, ask(text))
    answer = directory.source.answer(found[0].key, ask(text))
    assert answer
    return answer.text


def test_the_asked_attribute_comes_first(files: Directory) -> None:
    lines = tell(files, "5G基站建设与维护邮箱").splitlines()
    assert lines[0] == "【5G基站建设与维护】（第三批）"
    assert lines[1].startswith("邮箱：")
    assert lines[-1] == AS_OF
    assert len(lines) <= 6


def test_two_people_two_mobiles_are_not_paired(files: Directory) -> None:
    text = tell(files, "特殊焊接技术电话")
    assert "两人两号，原表没写明谁对应哪个" in text
    assert "陈若梵名下" in text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("游戏美术设计邮箱", "域名疑应为pwrd.com，未核实"),
        ("运动控制系统开发与应用邮箱", "疑应为googoltech.com"),
        ("工业机器人集成应用邮箱", "有一处印错"),
        ("数控车铣加工邮箱", "可能是共用邮箱"),
        ("工业机器人应用编程邮箱", "2019年文件印作sedk.jx@126.com"),
        ("网店运营推广邮箱", "原文印作 college@ hotmatrix.com"),
        ("老年照护是哪家的", "机构名互相写反"),
        ("失智老年人照护是哪家的", "少印“照护”二字"),
        ("网络安全评估是哪家的", "现列在 三六零数字安全科技集团有限公司"),
        ("阳光大姐电话", "印作“有限公司”"),
    ],
)
def test_open_points_are_shown(files: Directory, asked: str, told: str) -> None:
    assert told in tell(files, asked)


def test_older_fax_and_address_carry_their_own_date(files: Directory) -> None:
    assert "（2019-09-11，教育部2019）" in tell(files, "智能财税传真")


def test_what_the_documents_do_not_give_is_said(files: Directory) -> None:
    text = tell(files, "空中乘务地址")
    assert "地址：原文件没有登记" in text


def test_levels_without_evidence(files: Directory) -> None:
    text = tell(files, "母婴护理有几级")
    assert "一般分初级、中级、高级，以证书标准为准" in text
    assert "https://vslc.ncb.edu.cn" in text
    assert "中职通常报初级、中级" in text


def test_levels_partly_seen_are_not_completed(files: Directory) -> None:
    text = tell(files, "网络安全运维有几级")
    assert "查到有初级、高级" in text
    assert "其余未查到" in text


def test_levels_with_evidence(files: Directory) -> None:
    text = tell(files, "云计算中心运维服务有几级")
    assert "等级：初级、中级、高级（平台公开查询2026-08-30，第三方副本 https://" in text
    assert "），以证书标准为准" in text
    assert "cert-catalog" in text
    assert "cert-catalog" not in tell(files, "云计算中心运维服务")


def test_every_answer_with_a_contact_says_as_of_when(files: Directory) -> None:
    catalogue = files.snapshot.catalogue
    keys = [Key("cert", name) for name in catalogue.certificates]
    keys += [Key("org", name) for name in catalogue.organisations]
    keys += [Key("person", name) for name in catalogue.people]
    keys += [Key("number", number) for number in catalogue.numbers]
    keys += [Key("email", email) for email in catalogue.emails]
    for key in keys:
        text = files.source.say(key)
        assert text, key
        assert "截至20" in text, key
        assert "发现变动请告诉秘书处更新" in text, key


def test_a_shared_number_names_every_holder(files: Directory) -> None:
    text = tell(files, "13366465781是谁的")
    assert "建筑信息模型（BIM）：胡晓光、张建奇" in text
    assert "装配式建筑构件制作与安装：张建奇（副主任）" in text


def test_printed_email_finds_the_right_one(files: Directory) -> None:
    assert "特殊焊接技术" in tell(files, "school@hamaedu.com 是谁的")


def test_long_lists_stay_short(files: Directory) -> None:
    text = tell(files, "第三批证书名单")
    assert text.startswith("第三批共 76 个证书")
    assert "证书列表 第三批" in text
    assert "据鲁教职处函〔2020〕10号附件1（2020-04-14）。" in text
    assert len(text) < 250


@pytest.mark.parametrize(
    "name", ["Web前端开发", "光伏电站运维", "智能计算平台应用开发"]
)
def test_unverified_levels_are_not_told(files: Directory, name: str) -> None:
    assert "一般分初级、中级、高级" in tell(files, f"{name}有几级")


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("机器人有哪些证书", ["操作与运维", "应用编程", "装调", "集成应用"]),
        ("汽车类的证书", ["汽车运用与维修", "商用车销售服务", "汽车油漆调色与喷涂"]),
    ],
)
def test_a_field_is_complete_and_said_to_be_ours(
    files: Directory, asked: str, names: list[str]
) -> None:
    text = tell(files, asked)
    assert all(name in text for name in names)
    assert "方向是助手归的" in text


def test_computing_is_more_than_programming(files: Directory) -> None:
    certificates, _ = files.source.listed("field:计算机与软件")
    names = {certificate.name for certificate in certificates}
    assert {"网络安全运维", "云计算开发与运维", "数据采集", "界面设计"} <= names
    assert len(names) >= 12


def test_organisations_sharing_a_name_are_told_together(files: Directory) -> None:
    text = tell(files, "阿里有哪些证书")
    for name in ("云计算开发与运维", "大数据分析与应用", "跨境电商B2B数据运营"):
        assert name in text


def test_a_field_with_an_attribute_asks_which_one(files: Directory) -> None:
    text = tell(files, "工业机器人电话")
    assert "共 4 个证书" in text
    assert "要查哪一个的电话" in text
    assert "1" not in text.replace("共 4", "").split("要查")[1]


def test_the_key_of_something_gone_gives_no_answer(files: Directory) -> None:
    assert files.source.answer("cert:没有这个#phone", ask("x")) is None
    assert files.source.answer("不认识:x", ask("x")) is None


def test_a_number_comes_with_its_owner(files: Directory) -> None:
    lines = tell(files, "空中乘务电话").splitlines()
    assert lines[1].startswith("手机：")
    assert lines[2].startswith("联系人：")
    assert "联系人：" not in tell(files, "马月电话")


def test_every_asked_item_is_answered_once(files: Directory) -> None:
    text = tell(files, "空中乘务联系人电话和邮箱、传真、邮编")
    lines = text.splitlines()
    assert len(lines) == len(set(lines))
    for label in ("联系人", "手机", "邮箱", "传真", "邮编"):
        assert sum(line.startswith(f"{label}：") for line in lines) == 1, label
    assert "邮编：原文件没有登记" in text


def test_a_person_asked_how_to_reach(files: Directory) -> None:
    text = tell(files, "马月联系方式")
    assert "手机：" in text
    assert "邮箱：" in text


def test_a_misprinted_address_and_a_fax_are_told_as_such(files: Directory) -> None:
    assert "文件印错的写法，正确的是 school@namaedu.com" in tell(
        files, "school@hamaedu.com 是谁的"
    )
    assert "（传真）" in tell(files, "010-68607700是谁的")


def test_several_certificates_share_one_date(files: Directory) -> None:
    text = tell(files, "精算实务分析和健康财富规划的电话")
    assert text.count("手机：") == 2
    assert text.count("截至") == 1


def test_the_printed_number_of_the_row(files: Directory) -> None:
    assert "序号 15" in tell(files, "云计算开发与运维第几批")


def test_contacts_of_an_organisation_are_told_apart(files: Directory) -> None:
    text = tell(files, "腾讯有哪些证书")
    assert "◇ 云服务操作管理：" in text
    assert "◇ 界面设计：" in text


def test_two_peoples_addresses_are_not_paired(files: Directory) -> None:
    assert "几人几个邮箱，原表没写明谁对应哪个" in tell(files, "龚玉涵邮箱")
