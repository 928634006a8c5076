"""办事时对人说的话：缺什么就问什么，照什么办，没听准时怎么提示。"""

import re
from collections.abc import Iterable

from bot.confirming import settle_with

_CODE = re.compile(r" \d{6}$")
"""提醒内部的编号：说明里已经说了是哪一次，不给人看。"""

WHICH_REGION = "绑定哪个地区？"
WHICH_MODE = "要「自动」「点名」还是「关闭」？"
GRANT_WHOM = "授权给谁？请@他，或写他的号，如：授权 10001 广西"
REVOKE_WHOM = "收回谁的权限？请@他，或写他的号，如：撤权 10001"
GRANTED_BEFORE = "刚才授权的那位"
WHAT_TO_TEACH = "问题和答案各是什么？请这样说：教 问题 = 答案"
TOPIC_FIRST = "您没说哪段是问题，我按逗号分的"
CORRECT_TO_WHAT = "正确的答案是什么？请引用我的那条答案，这样说：更正 新的答案"
CORRECT_WHICH = "更正哪一条？请引用我的那条答案，再说一遍正确的。"
UNDO_WHICH = "撤销哪一条？发「教过的」看编号，再说：撤销教 编号"
ANSWER_WHICH = "答第几个问题？发「未答」看编号，再说：答 编号 答案"
NONE_UNANSWERED = "现在没有没答上来的问题。要我以后这样答，请说：教 问题 = 答案"
ANSWER_WHAT = "怎么答？请把答案写出来。"
DROP_WHICH = "划掉第几个？发「未答」看编号，再说：未答 划掉 编号"
FROM_WHEN_TO_WHEN = "从哪天到哪天？"
CLOSES_WHEN = "什么时候截止？"
NO_WINDOWS = "现在没有可以改的窗口。新增请说：窗口 新增 名称 起止日期"
FIRST_DUE_WHEN = "第一次截止是哪天、几点？（如 2027年1月8日 17:00）"
WHOSE_REPORT = "哪所学校交了？请说学校全称，如：双周报已交 桂北示例职业学院"
NO_REMINDERS = "接下来没有要发的提醒，没有可跳过的。"
WHOSE_RULES = "改哪个地区的提醒？"
SKIP_WHICH = "跳过哪一次？请说编号："
PAUSE_WHAT = "停哪里的？请说地区，或「全部」。"
BROADCAST_WHAT = "要发什么？请把内容写出来。"
CORRECTION_WHAT = "更正成什么？请把要发的更正写出来。"
STOP_WHICH = "没有查到您最近的广播。要停的请说编号：停止广播 编号"
UPDATE_WHAT = "更新谁的哪一项？请这样说：更新联系人 BIM 电话 010-88888888"
UPDATE_TO_WHAT = "改成什么？请把新的写出来。"
UNDO_UPDATE_WHICH = "没有查到您最近的更新。发「更新记录」看编号，再说：撤销更新 编号"
CHANGE_WHICH_FIELD = "改哪一项、改成什么？如：修改登记 手机 13900000000"
DELETE_WHICH = "删哪一条？发「登记列表」看编号，再说：登记 删除 编号"
MERGE_WHICH = "哪两条合并？发「登记列表」看编号，再说：登记 合并 编号 编号"
UNDO_IMPORT_WHICH = "撤销哪一份文件？发「导入 列表」看编号，再说：撤销导入 编号"
ACCEPT_WHICH = "接受哪几处？发「导入 查看」看编号，再说：接受 1 3-5，或 接受 全部"
REFUSE_WHICH = "不要哪几处？发「导入 查看」看编号，再说：拒绝 1 3-5，或 拒绝 全部"
ADD_CERTIFICATE = (
    "加哪个证书？请写上证书名、评价组织、第几批、电话或邮箱，如：\n"
    "名录新增 示例茶艺 机构 示例茶业公司 批次 第四批 联系人 陈示例 电话 13900000000"
)


def addition_lacks(read: Iterable[str], lacking: Iterable[str]) -> str:
    """加一个证书读到了什么，还差什么。"""
    return f"加到名录：{'，'.join(read)}。还差：{'、'.join(lacking)}。请补上。"


def rules_of(leads: Iterable[str], about: str, *, opening: bool) -> str:
    """改成什么时候提醒，不用口令怎么说。"""
    days = [lead if lead == "当天" else f"前{lead}天" for lead in leads]
    opens = "窗口开始当天，" if opening else ""
    return f"{opens}{about}截止{'、'.join(days)}"


ONLY_ON_OPENING = (
    "窗口开始只在当天提醒一次，提前几天的提醒说的是截止。"
    "要在截止前 5 天、1 天和开始当天提醒，请说：提醒 设置 窗口 开始 5 1"
)
ROSTER_IS_READ = (
    "双周报的名单就是登记过的学校，不用另外维护：要加的请学校登记，"
    "要减的请说：登记 删除 校名。看谁没交：双周报 名单"
)
PAGES = (
    "网页在运行助手的电脑上用浏览器打开：http://127.0.0.1:8080/documents（端口改过的，以启动时终端里的网址为准）。手机上把要办的事说给我就行；"
    "发「帮助」看能办什么。"
)
DROPPED = "好，不办了。"
UNDERSTOOD = "我理解您要我办：{command}"
NO_LONGER = "现在办不了了，请重新说一遍。"
NOT_SURE = "您是想{title}吗？请这样说：{how}"
NOT_SURE_LACKING = "您是想{title}吗？{lacking}"
NOT_SURE_READY = "您是想{title}吗？是的请回「对」，或这样说：{how}"


def bound_now(region: str | None) -> str:
    """这里绑定的是哪个地区。"""
    if region is None:
        return "这里还没有绑定地区。绑定请说：绑定地区 广西"
    return f"这里绑定的是{region}。要换请说：绑定地区 {region}（写要换成的）"


def declaration_of(year: int) -> str:
    """没说名称的窗口叫什么。"""
    return f"{year}年申报"


def change_to_what(title: str) -> str:
    """窗口改成什么。"""
    return f"「{title}」改成什么？（如：截止 6月20日）"


def which_window(lines: list[str]) -> str:
    """改、删哪个窗口。"""
    return "\n".join(["是哪一个？请说编号：", *lines])


def which_reminder(lines: list[str]) -> str:
    """跳过哪一次提醒。"""
    return "\n".join([SKIP_WHICH, *lines])


def change_field_to_what(field: str) -> str:
    """这一项改成什么。"""
    return f"{field}改成什么？"


def proposal(command: str, note: str, number: int) -> str:
    """照这个口令办之前。"""
    said = f"{_CODE.sub('', command)}（{note}）" if note else command
    return f"{UNDERSTOOD.format(command=said)}\n{settle_with(number)}"


def replacing(question: str, before: str) -> str:
    """更正的是哪个问题，现在怎么答。"""
    return f"「{question}」现在答：{' '.join(before.split())}"


def hint(title: str, how: str) -> str:
    """没听准：最像的是这一件。"""
    return NOT_SURE.format(title=title, how=how)


def shown_at_once(title: str, shown: str) -> str:
    """没听准：最像的是这一件，只是看看，先给他看。"""
    return f"您是想{title}吗？先给您看：\n{shown}"


def hint_lacking(title: str, lacking: str, how: str) -> str:
    """没听准：最像的是这一件，还缺一样。"""
    asked = NOT_SURE_LACKING.format(title=title, lacking=lacking)
    return asked if "请" in lacking else f"{asked}（也可以这样说：{how}）"


def hint_ready(title: str, how: str) -> str:
    """没听准，但口令已经写好：说“对”就照办。"""
    return NOT_SURE_READY.format(title=title, how=_CODE.sub("", how))


def done_already(said: str) -> str:
    """他应了一声，而上一句已经办了。"""
    return f"不用再确认了。刚才的结果：{said}"


def kept_waiting(number: int) -> str:
    """他说先放着。"""
    return f"好，先放着，还没有办。想好了回：确认 {number}；不要了回：取消 {number}"


def change_what(number: int) -> str:
    """听出要改，没听出改成什么。"""
    return (
        "要改哪一处、改成什么？请说：原来的 改成 新的；也可以整条重新发一遍。"
        f"都不改请回：确认 {number}"
    )
