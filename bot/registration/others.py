"""消息里说到的别人：备用联系人、原联系人、校长、同事；不当作这条登记的联系人。"""

import re
from dataclasses import dataclass

from bot.text.names import NOT_NAMES

from .people import ADDRESSED, HONORIFICS, POSITION_WORDS, SURNAME

_SPARE = (
    r"(?:备用|备选|候补|次要|辅助|第[二三2]|另外?一?[位名个]?|其[他它]|紧急|应急|原来?的?|原先的?|"
    r"前任?的?|上一?[任位届]的?|以前的?|之前的?|旧的?|副)"
    r"(?:校级|学校|院校)?(?:联系人|联络人|联络员|负责人|对接人|经办人|老师)|"
    r"[Bb]角|(?:备用|备选|候补)"
    rf"(?=[ \t]*[:=]|[ \t]+{SURNAME}[\u4e00-\u9fff]{{1,2}}[ \t(:,]*1[3-9]\d)"
)
CHIEF = (
    r"(?:(?:分管|主管|常务|教学|我校|我们?|本校){0,4}副?(?:校|院)(?:长|领导)|(?:党委|党总支)?副?书记|"
    r"法定代表人|法人代表|法人|(?:我们?|分管|主管){0,3}领导)"
)
_MATE = (
    r"(?:(?:找不到|联系不[上到]|打不通)我?|我不在)的?(?:话|时候?)?[,，]?"
    r"(?:可以|就|请|也|还){0,3}(?:找|联系|打给?|问)(?:我们?的?)?(?:同事)?|"
    r"(?:或者?|也|还)可?以?(?:找|联系|打给)(?:我们?的?)?|"
    r"(?:(?:如果|要是|万一)?(?:找不到|联系不[上到]|打不通)我?的?(?:话|时候?)?[,，]?)?"
    r"(?:可以|就|请|也){0,4}(?:找|联系|打给)?我?们?的?同事|"
    r"(?:以前|之前|原来|原先)(?:一直|都){0,3}是|(?:接替|代替|顶替|替换)(?:[\u4e00-\u9fff]{2,4}的)?"
)
_LEFT = r"(?:已经?|都){0,3}(?:退休|退了|调走|调离|离职|离开|换岗|转岗)了?"
_FOR_OTHERS = rf"[让叫派请]我|{_LEFT}|已|安排我|要求|通知我|去了"
_STOP = (
    rf"(?=[\s,;:。、!?()\[\]/|\d]|$|(?:{HONORIFICS})|{_FOR_OTHERS}|"
    r"[的在和也不手电联微邮转是要说就])"
)
_NAME = (
    rf"(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,3}}?{_STOP}|"
    rf"[\u4e00-\u9fff]{{1,6}}(?:·[\u4e00-\u9fff]{{1,6}}){{1,3}}|[小老]{SURNAME}(?![\u4e00-\u9fff])|"
    rf"[\u4e00-\u9fff](?:{HONORIFICS}))"
)
MISTAKEN = r"(?:不对|不是(?!\d)|(?:[写打说填输发弄]|记)?错了?)"
"""紧跟在刚说的后面，说它不对。"""
NUMBER = r"(?<!\d)(?:1[ \-]?[3-9](?:[ \-]?\d){9}|0\d{2,3}[ \-]?\d{7,8})(?!\d)"
_SAID = r"(?:手机号码?|手机|联系电话|电话号码|电话|联系方式|号码|tel)[:=是\s]*"
_REACHED = (
    rf"(?P<reached>(?P<gap>[ \t,(:、/]{{0,4}})[他她]?的?(?:{_SAID})?"
    rf"(?P<number>{NUMBER})(?!\d)[ \t]*\)?)?"
)
_NOT_OURS = (
    r"(?:部门|单位|财务|业务|技术|院系|系部|教务处?|办公室|党务|人事|行政)"
    r"(?:负责人|联系人)|[\u4e00-\u9fff]{0,4}(?:处长|科长|主任|部长)"
)
_UNKNOWN_ROLE = (
    r"[\u4e00-\u9fff]{0,5}(?<!联系)(?<!联络)(?<!对接)(?<!经办)(?<!填报)(?<!负责)"
    r"(?:人|员|长|书记|领导|会计|财务|代表|秘书)"
)
_OF_OURS = (
    r"(?:我们?|本|咱们?)(?:科|处|系|部门?|学?校|学院|办公室|教研室)?里?的?(?:同事)?"
)
_NAMED = (
    rf"(?:{SURNAME}[\u4e00-\u9fff]{{1,2}}|"
    r"[\u4e00-\u9fff]{2,20}(?:学院|大学|学校|中专|职校))"
)
_REPLACED = re.compile(
    rf"(?:由|从|原)?[“「『\"]?(?P<old>{_NAMED})[”」』\"]?[ \t]*"
    r"(?:应该?[是为]|变更为|更名为|更换为|更换成|换成|换为|改成|改为)[ \t]*"
    rf"[“「『\"]?(?={_NAMED})"
)
"""“由甲换成乙”：甲不再是。"""
_FORMER = re.compile(
    r"[(（](?:原名?|曾用名|前身|更名前|旧称|原校名|原来叫)[是为:：]?(?P<old>[^()（）\n]{2,30})[)）]"
)
"""校名后面的括号：原来叫什么。"""
_OTHER = re.compile(
    rf"(?P<role>{_SPARE}|(?P<chief>{CHIEF})(?:姓名|名字)?|(?P<mate>{_MATE})|"
    rf"(?<![\u4e00-\u9fff])(?P<unknown>{_UNKNOWN_ROLE}|{_NOT_OURS})(?=[ \t]*[:=]))"
    r"(?P<mark>[ \t]*(?:[:=]|是|为|叫)"
    rf"(?:[ \t]*{POSITION_WORDS}[ \t]+|{_OF_OURS})?[ \t]*|"
    rf"[ \t]*|\()"
    rf"{_NAME}(?:{HONORIFICS})*{_REACHED}"
)
_NAMING = "姓名|联系人|联系老师|老师|对接人|经办人|填报人|负责人"
_OWN_LABEL = re.compile(
    rf"(?:{_NAMING})(?:姓名)?(?:[:=\s是]+|(?={SURNAME}))|我叫|我是|由"
)
_CALLED = re.compile(rf"(?:(?:{_NAMING})[ \t]*[:=]?|[是叫])[ \t]*\Z")
_MYSELF = re.compile(r"(?:我是|俺是|本人|我叫)[^,，。;；\n]*\Z")
"""“我是某某学院副院长…”说的是自己。"""
_ACTS = re.compile(rf"[ \t]*(?:{_FOR_OTHERS}(?<!已))(?:来)?(?:登记)?(?:的|一下)?")
_DROPPED = re.compile(
    rf"(?:(?:旧|原来?的?|老|以前的?|之前的?|我的)(?:手机)?号码?[是为:\s]*)?({NUMBER})"
    r"[,，\s]*(?:(?:已经?)?(?:作废|停用|不用了|不用记|不用登记|不登记)(?!我|[他她]|邮|座)|"
    rf"[哎诶呀啊哦]*(?:{MISTAKEN}[啊哦]?[,，。!\s]*)+(?:应该?|正确的?)?(?:就?是|为)?(?={NUMBER}))"
)
"""说明了不用的号码。"""
_ANOTHERS = r"(?:我?(?:老婆|老公|爱人|家里|同事)|别人|[他她])的"
_NOT_THIS = re.compile(
    rf"(?:别再?|不要|不用|勿)(?:找|打|联系|留|记|存)[^\d,，。;；\n]{{0,4}}(?P<one>{NUMBER})|"
    rf"(?P<two>{NUMBER})[^\d,，。;；\n]{{0,3}}(?:就?别|就?不要|不用|打不通)|"
    rf"(?:原来|以前|之前|原先|前任|老联系人|上一任)[^\d,，。;；\n]{{0,12}}(?P<former>{NUMBER})|"
    rf"(?P<three>{NUMBER})[,，。;；\s….]*(?:[哎诶呀哦]*不对){{0,2}}[,，]?[那这]是{_ANOTHERS}"
)
"""“别找我139…”“139…，不对，那是我老婆的号”。"""
_OWNED = re.compile(
    rf"(?P<number>{NUMBER})[ \t]*(?P<joint>就?是|为|[(,，:])[ \t]*(?:我们?)?的?"
    rf"(?P<role>{_SPARE}|{CHIEF}|同事)?(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}}?|"
    rf"[\u4e00-\u9fff](?:{HONORIFICS}))?(?:{HONORIFICS})?的(?:手机|电话|号码|号)?"
    r"(?=[\s,，。;；)]|$)"
)
"""“139…是我们领导的”。"""
_SECOND_NUMBER = re.compile(
    r"(?:打不[通到]|找不到|联系不[上到]|[也还]可以?|或者?(?=[联找打])|备用|备选|同事|急事)"
    rf"[^\d,，。;；\n@]{{0,12}}(?P<number>{NUMBER})"
)
"""说了另有用处的第二个号码。"""
_SPARE_AFTER = re.compile(
    rf"(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}})[ \t(:]*(?P<number>{NUMBER})[ \t,，(]*"
    r"(?:备用|备选|备份)\)?(?=[,，。;；)\n]|$)"
)
"""“李范例（139…，备用）”。"""
_BELOW = re.compile(
    rf"[ \t]*\n[ \t]*(?:\d{{1,2}}[.、)])?[ \t]*(?:[他她]|{_SPARE}|{CHIEF})?的?{_SAID}"
    rf"(?P<number>{NUMBER})(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Other:
    """说到的另一个人。

    参数:
        role: 怎么称呼他，如“备用联系人”
        name: 姓名，或只有姓
        number: 他的号码；没写为空
        doubtful: 说不准是不是他的号码
    """

    role: str
    name: str
    number: str = ""
    doubtful: str = ""


def set_apart(text: str, *, chiefs: bool) -> tuple[str, list[Other]]:
    """把别人从话里取出来。

    参数:
        text: 规整过的文字
        chiefs: 校长、书记也算别人；汇总表里要填校长的不算

    返回:
        （取走之后的文字，取出的各人）
    """
    others: list[Other] = []
    others += [Other("原来的", found["old"]) for found in _REPLACED.finditer(text)]
    text = _REPLACED.sub(" ", text)
    if dropped := _DROPPED.findall(text):
        others += [Other("不登记的号码", "", number.strip()) for number in dropped]
        text = _DROPPED.sub(" ", text)
    for found in [*_NOT_THIS.finditer(text)]:
        if found["former"] or len(set(re.findall(NUMBER, text))) > 1:
            number = next(n for n in found.groups() if n)
            others.append(Other("不登记的号码", "", number.strip()))
            text = text.replace(number, " ", 1)
    for found in [*_OWNED.finditer(text)] if chiefs else ():
        named = found["joint"][-1] in "是为" and found["name"]
        if found["role"] or (named and found["name"] not in NOT_NAMES):
            role, name = found["role"] or "别人", found["name"] or ""
            others.append(Other(role, name, found["number"]))
            text = text.replace(found[0], " ", 1)
    for found in [*_SPARE_AFTER.finditer(text)]:
        others.append(Other("备用联系人", found["name"], found["number"]))
        text = text.replace(found[0], " ", 1)
    for found in _SECOND_NUMBER.finditer(text):
        if len(re.findall(NUMBER, text)) > 1 and not _OTHER.search(found[0]):
            others.append(Other("另一个号码", "", found["number"]))
            text = text.replace(found["number"], " ", 1)
    left: list[str] = []
    position = 0
    own = _OWN_LABEL.search(text) is not None
    for found in _OTHER.finditer(text):
        if found["chief"] and not (chiefs and _is_other(text, found, own=own)):
            continue
        if found["unknown"] and not (chiefs and own):
            continue
        other, end = _read(text, found)
        others.append(other)
        left.append(text[position : found.start()])
        position = end
    return "\n".join((*left, text[position:])), others


def former_names(text: str) -> tuple[str, list[Other]]:
    """取走校名后面括号里原来的名称；要在并起括号之前。"""
    former = [Other("原名", found["old"]) for found in _FORMER.finditer(text)]
    return _FORMER.sub(" ", text), former


def _is_other(text: str, found: re.Match[str], *, own: bool) -> bool:
    """“校长：李四”“校长李四让我来登记”说的是别人；光“校长 李四”也许就是联系人。"""
    before = text[max(0, found.start() - 40) : found.start()]
    if _CALLED.search(before) or _MYSELF.search(before):
        return False
    if found["chief"] == "领导" and not found["mark"].strip():
        return False
    if ADDRESSED.fullmatch(found["name"]) and found["number"]:
        return True
    if found["mark"].strip() or _ACTS.match(text, found.end()):
        return True
    return own or re.match("分管|主管", found["chief"]) is not None


def _read(text: str, found: re.Match[str]) -> tuple[Other, int]:
    role = re.sub("(?:姓名|名字)$", "", found["role"])
    if found["mate"]:
        former = re.search("以前|之前|原|替", role)
        role = "原来的联系人" if former else "同事"
    end, number, doubtful = found.end(), found["number"] or "", ""
    if number and "," in found["gap"] and len(re.findall(NUMBER, text)) == 1:
        # 隔着逗号的、又只有这一个号码：多半是联系人的；不是前任的，问一声
        end = found.start("reached")
        number, doubtful = "", "" if found["mate"] else number
    if acts := _ACTS.match(text, end):
        end = acts.end()
    if not number and not doubtful and (below := _BELOW.match(text, end)):
        # 紧接着的一行电话：前面已有过号码的，是他的；没有的，要填的还是联系人的，
        # 只有“备用联系人”的说不准
        if re.search(NUMBER, text[: found.start()]):
            number, end = below["number"], below.end()
        elif not found["chief"] and not found["unknown"]:
            doubtful = below["number"]
    return Other(role, found["name"], number.strip(), doubtful), end
