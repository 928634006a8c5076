"""名录说给人听的话。"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.text import mask_text
from bot.text.echoing import NAME_LENGTH, quoted_name
from bot.text.splitting import shorten
from bot.wording import no_such_number, which_number

from .phrases import Attribute

ATTRIBUTE_NAMES = {
    Attribute.PHONE: "电话",
    Attribute.EMAIL: "邮箱",
    Attribute.CONTACT: "联系人",
    Attribute.POSITION: "职务",
    Attribute.FAX: "传真",
    Attribute.ADDRESS: "地址",
    Attribute.POSTCODE: "邮编",
    Attribute.LEVEL: "等级",
    Attribute.BATCH: "批次",
    Attribute.ISSUER: "评价组织",
    Attribute.CERTIFICATES: "证书",
}
FIELDS_SHOWN = 10
HISTORY_SHOWN = 3
"""更新记录里每次最多列几处改动。"""
CONTACT_DETAILS = "机构和联系方式"
PAIRING_UNSURE = "（两人两号，原表没写明谁对应哪个）"
EMAILS_UNSURE = "几人几个邮箱，原表没写明谁对应哪个"
REPORT = "发现变动请告诉秘书处更新。"
BY_STANDARD = "以证书标准为准"
USUAL_LEVELS = f"一般分初级、中级、高级，{BY_STANDARD}"
LEVELS_WHERE = (
    "查标准：https://vslc.ncb.edu.cn/csr-home ，或问评价组织。\n"
    "中职通常报初级、中级；高职、本科初中高级都可以报（广西2021申报指南）。"
)
PLATFORM = "https://vslc.ncb.edu.cn/csr-home"
SCOPE = "名录收前三批92个证书"
FIELDS_OURS = "方向是助手归的，文件里没有这样分。"
USAGE_CERTIFICATE = "查证书 词 —— 查证书的机构、联系人、等级，如：查证书 BIM"
USAGE_ORGANISATION = "查机构 词 —— 查评价组织的联系人和证书，如：查机构 华为"
USAGE_LIST = "证书列表 [批次或方向] —— 如：证书列表 第三批、证书列表 数控"
USAGE_UPDATE = "更新联系人 谁 项目 内容 —— 先看改动，再回复确认"
USAGE_UNDO = "撤销更新 编号 —— 撤回一次名录更新"
USAGE_HISTORY = "更新记录 [词] —— 看最近的名录更新"
WHAT_CERTIFICATE = "查哪个证书？比如：查证书 BIM，或：查证书 母婴护理 电话"
WHAT_ORGANISATION = "查哪家机构？比如：查机构 华为"
UPDATE_HOW = (
    "请写明更新谁、哪一项、改成什么，例如：\n"
    "更新联系人 物流管理 电话 010-12345678\n"
    "可以改：联系人、职务、电话、手机、邮箱、传真、地址、邮编；清空写「无」。"
)
ADD_HOW = (
    "名录新增 证书名 机构 某某公司 批次 第四批 等级 初级、中级 联系人 姓名 电话 号码"
)
USAGE_ADD = "名录新增 … —— 往名录里加一个证书，先看再确认"
TOLD_BY = "秘书处"
TOLD_TITLE = "秘书处发消息登记"
"""不照文件、由秘书处说的，出处这样写。"""
BATCH_NAMES = ("首批", "第二批", "第三批", "第四批", "第五批", "第六批")
UNDO_HOW = f"{which_number('撤销更新 3')}（用「更新记录」可以看编号）"
NO_HISTORY = "还没有更新记录。"
SENT_UNSURE = "名单已经发出；如果没看到，请再发一次。"


def as_of(day: date, source: str) -> str:
    """截至何时、据什么。"""
    return f"截至{day.isoformat()}（{source}）"


def partly_updated(said: str, day: date) -> str:
    """文件之后秘书处又更新过。"""
    return f"{said}，{day.isoformat()} 秘书处更新过部分内容"


def pick(count: int) -> str:
    """请人从几个里挑一个。"""
    choices = "、".join(str(number) for number in range(1, count + 1))
    return f"回复 {choices} 选一个。"


def choices(titles: Sequence[str]) -> str:
    """有歧义：都列出来。"""
    lines = [f"{number}. {title}" for number, title in enumerate(titles, 1)]
    return "\n".join(["有几个都对得上，您问的是：", *lines, pick(len(titles))])


def not_found(asked: str, near: Sequence[str]) -> str:
    """名录里没有；相近的只作反问。"""
    shown = quoted_name(asked, "这一项")
    if not near:
        return f"名录里没有{shown}。{SCOPE}；其他证书请到平台查询：{PLATFORM}"
    lines = [f"{number}. {name}" for number, name in enumerate(near, 1)]
    return "\n".join([f"名录里没有{shown}。您是不是要问：", *lines, pick(len(near))])


def is_there(name: str) -> str:
    """列给人选时，名录里没有的一项怎么说。"""
    return f"名录里有没有{quoted_name(name, '您说的那一项')}"


def which_one(attributes: Sequence[str]) -> str:
    """一个方向里有几个证书，请说明问的是哪个。"""
    return f"\n要查哪一个的{'、'.join(attributes)}？请带上证书名再问一次。"


SAME_AS = {
    Attribute.ISSUER: "同一家评价组织",
    Attribute.BATCH: "同一批",
    Attribute.CONTACT: "同一位联系人",
}
"""比较哪一项，怎么问。"""


def compared(what: str, told: Mapping[str, str], shared: str) -> str:
    """几个是不是同一家、同一批、同一位联系人。

    参数:
        told: 名称 → 它的那一项
        shared: 都有的；没有为空
    """
    names = "、".join(told)
    if shared:
        return f"是{what}：{names}都是{shared}。"
    each = "；".join(f"{name}是{of or '没有登记'}" for name, of in told.items())
    return f"不是{what}：{each}。"


GUESSED = "名录里没有直接这样叫的，听着最像下面这个："
NO_NUMBER = f"名录里没有登记这个号码（{SCOPE}的评价组织）。"
NO_EMAIL = f"名录里没有登记这个邮箱（{SCOPE}的评价组织）。"
NOTHING_FOUND = (NO_NUMBER, NO_EMAIL)
CHANGED_MEANWHILE = "刚才要改的内容已被别人改过，这次没有改动。请重新发一次更新。"
READ_ONLY = "这里只能查，不能改名录。"
NOTHING_CHANGES = "名录里已经是这样了，不用改。"
CLEAR_WHICH = "要清空的是手机还是固定电话？请写明，例如：更新联系人 物流管理 手机 无"


def no_change(number: int) -> str:
    """没有这个编号。"""
    return f"{no_such_number(number, '更新')}用「更新记录」可以看编号。"


def already_undone(number: int) -> str:
    """撤销过了。"""
    return f"更新 {number} 已经撤销过了。"


def undo_later_first(number: int, later: int) -> str:
    """之后又改过同一处。"""
    return f"更新 {later} 之后又改过同一处，请先撤销 {later}，再撤销 {number}。"


def which_contact(name: str, names: Sequence[str]) -> str:
    """有几处联系方式，要说明改哪一处。"""
    return f"「{name}」有几处：{'、'.join(names)}。请写上具体的证书名再发一次。"


def cannot_update(who: str, near: Sequence[str]) -> str:
    """对不上要更新谁。"""
    hint = f"，是不是：{'、'.join(near)}" if near else ""
    shown = quoted_name(who, "您写的证书或机构")
    return f"名录里没有{shown}{hint}。请写全证书或机构的名称再发一次。"


def not_a_number(value: str) -> str:
    """不像电话号码。"""
    shown = shorten(mask_text(value), NAME_LENGTH)
    return f"「{shown}」不是电话号码：手机写 11 位，固定电话带区号，如 010-12345678。"


def kept_for_new_contact(headers: Sequence[str]) -> str:
    """换了人，没写的几项还是原来的。"""
    names = "、".join(headers)
    return f"注意：没写新的{names}，沿用前任的；要一起改请写在同一条里重发。"


def preview(summary: str, lines: Sequence[str], notes: Sequence[str] = ()) -> str:
    """应用之前先给人看。"""
    return "\n".join([f"要更新{summary}：", *lines, *notes])


def undoing(number: int, summary: str) -> str:
    """撤销哪一次。"""
    return f"要撤销更新 {number}：{summary}"


def referred(number: int) -> str:
    """提出的人不管全国。"""
    return (
        f"名录是全国共用的，由管全国的人确认：已转给他们（编号 {number}），"
        f"办了会私聊告诉您。不提了请回：取消 {number}"
    )


def asked(who: str, what: str, settle: str) -> str:
    """转给管全国的人。"""
    return f"一个地区的秘书处（账号 {who}）提出改全国共用的名录。\n{what}\n{settle}"


def not_done(summary: str) -> str:
    """告诉提出的人：没有同意。"""
    return f"您提出的「{summary}」，管全国的人没有同意，名录没有改。"


def addition_lacks(lacking: Sequence[str]) -> str:
    """加一个证书还差什么。"""
    return f"还差：{'、'.join(lacking)}。请补上，或整条这样写：\n{ADD_HOW}"


def addition(rows: Mapping[str, Mapping[str, str]], notes: Sequence[str]) -> str:
    """要加的一个证书。

    参数:
        rows: 各张表里新的一行
    """
    certificate, contact = rows["证书"], rows["联系人"]
    batch = BATCH_NAMES[int(certificate["批次"]) - 1]
    lines = [
        "要往名录里加：",
        f"证书：{certificate['证书']}（{batch}）",
        f"评价组织：{certificate['机构']}",
    ]
    if levels := certificate.get("等级"):
        lines.append(f"等级：{levels.replace('；', '、')}")
    own = {"编号", "证书", "来源", "截至"}
    lines += [
        f"{header}：{value.replace('；', '、')}"
        for header, value in contact.items()
        if value and header not in own
    ]
    lines.append(f"出处会写：{TOLD_TITLE}（{contact['截至']}）")
    return "\n".join([*lines, *notes])


def already_listed(name: str) -> str:
    """要加的已经有了。"""
    return f"名录里已经有「{name}」。改它的联系方式请说：更新联系人 {name} 项目 新内容"


def new_organisation(name: str) -> str:
    """一并加的机构。"""
    return f"名录里还没有「{name}」，一并加上；已有而写法不同的，请改成名录里的写法。"


def new_certificate(name: str) -> str:
    """新加的证书，作题目。"""
    return f"名录：新增「{name}」"


def applied(number: int, summary: str) -> str:
    """改好了。"""
    return f"已更新{summary}（编号 {number}）。要撤回请发「撤销更新 {number}」。"


def undone(number: int, summary: str) -> str:
    """撤销好了。"""
    return f"已撤销更新 {number}：{summary}，恢复成改之前的内容。"


def history_lines(
    number: int, day: str, who: str, summary: str, lines: Sequence[str], undone: bool
) -> list[str]:
    """一次更新：何时、谁、改了什么，改前改后只列前几处。"""
    head = f"{number}. {day} {who} {summary}{'（已撤销）' if undone else ''}"
    shown = [f"  {line}" for line in lines[:HISTORY_SHOWN]]
    more = len(lines) - len(shown)
    return [head, *shown, *([f"  等共 {len(lines)} 处"] if more else [])]


def none(name: str) -> str:
    """没有这一项。"""
    return f"{name}：原文件没有登记"


def also(names: Sequence[str]) -> str:
    """没列出来、可以另问的几项。"""
    return f"另登记有{'、'.join(names)}，可以单问。"


def cleared(name: str, day: date) -> str:
    """这一项后来清空了。"""
    return f"{name}：没有登记（{day.isoformat()} 秘书处清空）"


def batch(name: str, number: int) -> str:
    """哪一批，公布的表里第几号；发消息加的没有号。"""
    return f"批次：{name}（公布的表里序号 {number}）" if number else f"批次：{name}"


def registered(what: str, *, is_fax: bool = False) -> str:
    """一个号码或邮箱登记在哪里，的第一行。"""
    return f"{what}{'（传真）' if is_fax else ''} 登记在："


def misprinted(printed: str, right: Iterable[str]) -> str:
    """原文印错的邮箱。"""
    return f"{printed} 是文件印错的写法，正确的是 {'、'.join(right)}，登记在："


def list_of(title: str) -> str:
    """列给人选时，一份清单怎么说。"""
    return f"{title}的证书清单"


def instead(title: str, asked: str) -> str:
    """列给人选时，只是相近的怎么说。"""
    return f"{title}（名录里没有{quoted_name(asked, '您说的')}，这个相近）"


def list_more(title: str) -> str:
    """没列全，怎样看全。"""
    return f" 等。发「证书列表 {title}」看全部。"


def list_head(title: str, count: int, organisations: int) -> str:
    """清单的第一行。"""
    return f"{title}共 {count} 个证书，{organisations} 家机构"


def list_from(title: str, day: date) -> str:
    """清单据哪份文件、哪一天。"""
    return f"据{title}（{day.isoformat()}）。"


def no_such_list(asked: str, fields: Sequence[str]) -> str:
    """没有这样的清单。"""
    some = "、".join(fields[:FIELDS_SHOWN])
    shown = quoted_name(asked, "您写的")
    return (
        f"没有{shown}这一批或方向。可以发：证书列表 首批、证书列表 第三批，"
        f"或方向：{some} 等 {len(fields)} 个。"
    )


def list_file(head: str) -> str:
    """清单作为表格的文件名。"""
    return f"{head.split('共')[0]}证书名单.xlsx"


def list_forwarded(head: str) -> str:
    """清单已用合并转发发出。"""
    return f"{head}，名单见上面的转发消息。"


def list_attached(head: str) -> str:
    """清单已用表格发出。"""
    return f"{head}，名单见表格。"


def list_shortened(head: str, names: Sequence[str]) -> str:
    """清单发不了，只列一部分。"""
    return (
        f"{head}：{'、'.join(names)} 等。\n"
        "全部太长，请按方向分着看，如：证书列表 数控、证书列表 汽车。"
    )


def cannot_open(name: str) -> str:
    """工作簿打不开。"""
    return (
        f"打不开 {name}：请确认文件在、没有加密码、传完整了，并且是 .xlsx 工作簿；"
        "可以用表格软件打开它，另存一份再试。"
    )


def broken_sheet(name: str, title: str) -> str:
    """工作簿里有一页坏了。"""
    return (
        f"{name} 的「{title.strip()}」这一页坏了，读不了，所以什么都没改；"
        "请用表格软件打开它，另存一份再试。"
    )


def too_large(name: str) -> str:
    """工作簿太大。"""
    return f"{name} 太大了，读不了，所以什么都没改；请只留要改的页和行。"


def formula(where: str, header: str) -> str:
    """单元格是公式。"""
    return f"{where} {header}：是公式，请改成直接写的内容"


def no_content(where: str, header: str, text: str) -> str:
    """单元格是表格软件算出来的错误值或真假值。"""
    return f"{where} {header}：「{text}」是表格软件算出来的，请改成要写的内容，或清空"


def same_sheet(title: str) -> str:
    """两页同名（不算空格）。"""
    return f"有两页都叫「{title}」，请只留一页"


def outside(where: str, text: str) -> str:
    """表头之外的格里有文字。"""
    return f"{where}：表头之外还有文字「{text[:20]}」"


def unknown_sheet(title: str, names: Sequence[str]) -> str:
    """不认识的工作表。"""
    return f"不认识的工作表「{title}」，只能是{'、'.join(names)}。"


def imported(number: int, count: int) -> str:
    """导入好了。"""
    return (
        f"已导入 {count} 处改动，编号 {number}；要撤回，在群里发「撤销更新 {number}」。"
    )


NOTHING_TO_IMPORT = "工作簿与当前名录一致，没有要改的。"
DRY_RUN = "以上是会有的改动；这是试运行，什么都没改。"
IMPORT_FAILED = "有错误，什么都没改。请改好后再导入。"
UNLISTED_KEPT = "工作簿里没有的行保持不变；要停用某一行，在「状态」列写「停用」。"


def exported(name: str) -> str:
    """导出好了。"""
    return f"已导出到 {name}。改好后用 directory import 导回来。"


NATIONWIDE_ONLY = "名录是全国共用的，要由管全国的人确认，您自己确认不了。"
NO_RIGHT = "您现在没有更新名录的权限，这次没有改动。"


def rejected(problems: Sequence[str]) -> str:
    """改不了，逐项说明。"""
    return "\n".join(["没有改动，因为：", *problems])
