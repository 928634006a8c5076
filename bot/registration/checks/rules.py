"""汇总表的填写规则：哪些写得不合规则，一行还差什么。"""

from collections.abc import Mapping

from bot.registration.fields import PILOT_FORM, SECONDARY, TITLES, VOCATIONAL, Field
from bot.registration.result import Problem


def rule_problems(values: Mapping[Field, str]) -> dict[Field, Problem]:
    """不合 2020 年汇总表填写规则的（附件 3 的注 4、5、7）。"""
    found: dict[Field, Problem] = {}
    names = values[Field.MAJORS].split("、") if values.get(Field.MAJORS) else []
    count = values.get(Field.MAJOR_COUNT)
    if count and names and int(count) != len(names):
        reason = f"专业数量写的是 {count}，列出的专业有 {len(names)} 个，请改成一致"
        found[Field.MAJOR_COUNT] = Problem(count, reason)
    size = values.get(Field.SIZE)
    if size and int(size) % 10:
        reason = "学生规模要填整十数，如 30、50、100"
        found[Field.SIZE] = Problem(size, reason)
    city = values.get(Field.CITY)
    if city and values.get(Field.TYPE) == VOCATIONAL:
        reason = "高职院校不填所属市，请回「所属市 无」"
        found[Field.CITY] = Problem(city, reason)
    return found


SECOND_BATCH = frozenset(
    "电子商务数据分析 网店运营推广 工业机器人操作与运维 工业机器人应用编程 "
    "特殊焊接技术 智能财税 母婴护理 传感网应用开发 失智老年人照护 "
    "云计算平台运维与开发".split()
)
"""第二批启动试点的十个证书；2019 年的汇总表只从中选。"""


def unfinished(values: Mapping[Field, str], year: int) -> list[str]:
    """一行按某年的表还差什么、错什么，每项一句。

    参数:
        year: 2020（附件 3）或 2019（附件 2）
    """
    needed = [field for field in PILOT_FORM.required if field is not Field.REGION]
    if year == 2019:
        found = [f"缺{TITLES[f]}" for f in needed if not values.get(f)]
        named = values.get(Field.CERTIFICATE)
        if named and named not in SECOND_BATCH:
            found.append("证书不在第二批的十个之内")
        return found
    needed += [Field.PRINCIPAL, Field.PRINCIPAL_PHONE, Field.NAME, Field.PHONE]
    if values.get(Field.TYPE) == SECONDARY:
        needed.append(Field.CITY)
    found = [f"缺{TITLES[f]}" for f in needed if not values.get(f)]
    return found + [problem.reason for problem in rule_problems(values).values()]
