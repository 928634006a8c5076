"""随意拼成的登记：开场、次序、名目、标点、说到的别人，怎么拼都读得对。"""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.registration.fields import CONTACT_FORM
from bot.registration.reader import read
from bot.registration.recognising import recognise

from .conftest import CHECKS

SCHOOLS = st.sampled_from(
    (
        "桂东示例职业技术学院 青岚示例中等专业学校 江南样例学院 云岭虚构技师学院 "
        "北原样例职业技术大学 临河虚构县职业教育中心 沧海模拟师范高等专科学校"
    ).split()
)
NAMES = (
    "陈示例 王小甲 欧阳示例 仉样例 乜示例 皇甫样例 覃样例 和样例 商虚构 丁一"
).split()
POSITIONS = st.sampled_from(
    "教务处 实训中心副主任 教务处实践科 财经商贸系科长 职业技能鉴定站 干事".split()
)
PHONES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
DRESSES = st.sampled_from(("{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}", "+86 {0}{1}{2}"))
OPENINGS = st.sampled_from(
    (
        "登记 {}",
        "我来登记：{}",
        "联系人登记\n{}",
        "【登记】{}",
        "登记联系人 {}",
        "您好，登记一下：{}",
        "{}，请登记",
        "{}\n以上，登记联系人。",
        "{}，麻烦帮我登记，谢谢",
    )
)
LABELS = {
    "school": ("学校", "院校名称", "所在学校"),
    "name": ("姓名", "联系人", "对接人"),
    "phone": ("手机", "联系电话", "移动电话"),
    "type": ("类型", "院校类型"),
    "email": ("邮箱", "电子邮箱"),
    "position": ("部门/职务", "职务"),
}
OTHERS = st.sampled_from(
    (
        "备用联系人：{0} {1}",
        "校长：{0} {1}",
        "第二联系人{0}，电话{1}",
        "原联系人{0}（{1}）已退休",
        "找不到我可以找我同事{0}（{1}）",
        "分管院长：{0}",
    )
)


@st.composite
def registrations(draw: st.DrawFn) -> tuple[str, dict[str, str], list[str]]:
    """一条消息、应当读出的各项、说到的别人。"""
    name, other = draw(
        st.lists(st.sampled_from(NAMES), min_size=2, unique=True, max_size=2)
    )
    fields = {"school": draw(SCHOOLS), "name": name, "phone": draw(PHONES)}
    fields |= draw(
        st.fixed_dictionaries(
            {},
            optional={
                "type": st.sampled_from(("高职", "中职", "应用型本科")),
                "email": st.just("chen@example.com"),
                "position": POSITIONS,
            },
        )
    )
    phone = fields["phone"]
    said = {**fields, "phone": draw(DRESSES).format(phone[:3], phone[3:7], phone[7:])}
    keys = draw(st.permutations(list(said)))
    separator = draw(st.sampled_from(("，", "\n", "；", " ")))
    match draw(st.sampled_from(("bare", "labelled", "spoken"))):
        case "bare":
            body = separator.join(said[key] for key in keys)
        case "labelled":
            body = separator.join(
                f"{draw(st.sampled_from(LABELS[key]))}：{said[key]}" for key in keys
            )
        case _:
            body = f"我是{said['school']}{said.get('position', '')}的{name}，"
            body += f"手机{said['phone']}"
            body += f"，邮箱{said['email']}" if "email" in said else ""
            body += f"，我们是{said['type']}" if "type" in said else ""
    people: list[str] = []
    if draw(st.booleans()):
        number = draw(PHONES.filter(lambda number: number != phone))
        form = draw(OTHERS)
        body += f"{draw(st.sampled_from('，；'))}{form.format(other, number)}"
        people = [other, number] if "{1}" in form else [other]
    return draw(OPENINGS).format(body), fields, people


@settings(max_examples=200, deadline=None)
@given(registrations())
def test_however_it_is_put_together(
    case: tuple[str, dict[str, str], list[str]],
) -> None:
    text, fields, people = case
    said = recognise(text, lambda part: read(part, CONTACT_FORM, CHECKS))
    assert said
    reading = said.reading
    assert {f.value: value for f, value in reading.values.items()} == fields
    assert not reading.problems
    told = [part for other in reading.others for part in (other.name, other.number)]
    assert [part for part in told if part] == people
    assert not reading.unused
