"""人名、部门与职务的认法。"""

import re

from bot.text.names import COMPOUND, HONORIFICS, NOT_NAMES, SURNAME

NAME = re.compile(
    r"(?P<name>(?![我叫是的])[\u4e00-\u9fff]{2,6}(?:·[\u4e00-\u9fff]{2,6}){1,2}|"
    rf"{SURNAME}[\u4e00-\u9fff]{{1,2}}?)"
    rf"(?:{HONORIFICS})?(?P<rest>.*)"
)
"""一段开头的人名；先试短的。"""
NAME_LONG = re.compile(
    rf"(?P<name>{SURNAME}[\u4e00-\u9fff]{{2}})(?:{HONORIFICS})?(?P<rest>.*)"
)
ADDRESSED = re.compile(
    rf"(?:(?:{COMPOUND}|[\u4e00-\u9fff])(?:{HONORIFICS})|[小老]{SURNAME}(?![\u4e00-\u9fff]))"
)
"""只有姓的称呼，如“张老师”。"""

PARTICLES = frozenset("了 吗 吧 呢 的 啊 呀 哈 啦 嘛 着 过 一".split())

_KNOWN = (
    "教务|教导|政教|德育|团委|党委|纪委|工会|党总支|党支部|科研|产业|招生|就业|学生|学工|团|人事|组织|宣传|财务|后勤|继续教育|培训|实训|实践|"
    "教学|教育|信息|网络|产教融合|产教|校企合作|校企|合作|发展|规划|党政|党委|党|院长|"
    "校长|院|校|职业技能|技能|鉴定|考试|考务|质量|质管|督导|评估|创新|创业|国际|交流|"
    "社会服务|服务|管理|工作|与|和|及|\\d\\+[xX]证书?|证书|试点|项目|综合|行政|对外|职教|"
    "成教|成人教育|图书|教科研|教研"
)
_TITLES = (
    "副?处长|副?主任|副?科长|副?院长|副?校长|副?书记|副?部长|系?副?主任|副?主管|"
    "副?组长|副?所长|干事|科员|专任教师|骨干教师|教师|副?教授|讲师|教务长|工程师|专员|教学秘书|秘书|教务员|"
    "(?:处长|院长|校长|主任|行政|教务)?助理|\\d\\+[xX](?:证书)?专员|"
    "专业负责人|专业带头人|项目负责人|负责人|校级联系人|联络员|辅导员|副?厅长|教学副院长|"
    "教学副校长|分管副?校长|班主任"
)
_DISCIPLINE = (
    "信息|工程|机电|机械|电气|电子|经济|经贸|管理|财经|财政|金融|会计|艺术|设计|传媒|影视|"
    "动漫|汽车|建筑|土木|医|药|护理|口腔|健康|马克思|继续教育|商务|商|外国语|外语|国际|"
    "计算机|软件|人工智能|大数据|智能|数字|数控|制造|旅游|酒店|烹饪|会展|学前|幼儿|教育|"
    "师范|农|林|园林|畜牧|食品|生物|化工|交通|轨道|铁道|航海|航空|物流|现代|文|理|体育|"
    "商贸|财贸|贸易|工贸|农牧|水产|矿业|冶金|纺织|服装|印刷|烹调|影像|检验|公共|通识|创新|创业|海洋|物联网|新能源|电力|材料|环境|水利|中文|英语|音乐|美术|法律|"
    "与|和|科学|技术|服务|产业|主义"
)
DISCIPLINE_COLLEGE = rf"(?:{_DISCIPLINE}){{1,6}}(?:二级)?学院"
"""二级学院：由学科词组成，不带地名。"""

_DEPARTMENT = (
    rf"(?:{_KNOWN}){{1,4}}(?:处|科|部|办公室|办|中心|室|组|研究所|[站馆])(?:（[^（）]{{1,15}}）)?"
    r"|(?![我你他她这那在去请到是的有])[\u4e00-\u9fff]{2,8}?"
    r"(?:教研室|学部|专业部|专业科|专业群|分院)"
    rf"|(?:{_DISCIPLINE}){{1,5}}系|(?:办公室|校办)(?=副?主任|干事|科员|秘书)"
)
POSITION_WORDS = (
    rf"(?:(?:{_KNOWN}){{0,3}}(?:{_TITLES})(?!室|办|助理)|"
    rf"(?:(?:{_DEPARTMENT}|{DISCIPLINE_COLLEGE})的?)+(?:{_TITLES})?)"
)
POSITION = re.compile(rf"(?P<position>{POSITION_WORDS})(?P<rest>.*)")
"""一段开头的部门、职务，至少有其一。"""


def is_position(text: str) -> bool:
    """整段就是部门、职务。"""
    found = POSITION.fullmatch(text)
    return found is not None and not found["rest"]


_UNLIKELY = re.compile(
    "[0-9A-Za-z了啊吗呢吧的没还是不我你您他她它这那哪谁啥们什么怎请问等再也就先]|"
    "办公室|可以|知道|看到|一下|已经|有事|联系|收到|谢|登记|提交|证书|试点|材料|老师|管理|技术"
)
"""有这些字词的不会是人名。"""
_IN_TALK = re.compile("[处总局厅批到时要都说好啊发交填报查学校院系科班课会]")
"""人名里少见、闲聊里常见的字：刚问过姓名时才算人名。"""
ALSO_WORDS = "全别安广路时应常成过和都平明方万关容向从能于后何习充相查古祝银省"
"""也是姓，但更常是一个词的开头。"""
_SOUNDS = (
    "阿艾爱埃安敖巴白拜班贝彼宾博布勃才策查次聪达丹旦德登迪丁东杜顿多额尔恩"
    "嘎尕甘高格根贡古桂哈海罕汗浩合赫胡吉加嘉坚江杰金卡开凯康克肯库拉来兰郎朗勒"
    "雷黎里丽利力玲龙鲁伦罗洛玛马麦曼满毛梅美门米莫姆木慕穆娜那乃南尼妮努诺欧帕"
    "皮平普其奇齐恰强切青琼曲热仁日荣如茹萨赛桑色沙莎山珊尚生松苏索塔泰坦腾提铁"
    "图吐托娃旺乌西希夏雪丫雅亚娅延叶依伊义英勇尤友玉月云赞泽扎哲珍芝仲珠卓宗措"
)
"""译音的人名常用的字。"""


def fits_name(text: str) -> bool:
    """只看字面，一整段话放不放得进姓名一栏。"""
    plain = text.replace("·", "")
    return (
        re.fullmatch(r"[\u3400-\u9fff]{2,15}", plain) is not None
        and not _UNLIKELY.search(plain)
        and not ADDRESSED.fullmatch(plain)
        and not is_position(plain)
    )


def may_be_name(text: str, *, asked: bool) -> bool:
    """一整段话像不像一个人的名字。

    参数:
        asked: 刚问过姓名：译音的、带“好、到”之类字的也算
    """
    if not fits_name(text) or {text, text[:2]} & NOT_NAMES:
        return False
    if "·" in text:
        return re.fullmatch(r"[^·]{1,6}(?:·[^·]{1,6}){1,3}", text) is not None
    common = text[0] not in ALSO_WORDS
    if asked and len({*text}) > 1 and re.fullmatch(rf"[{_SOUNDS}]{{3,7}}", text):
        return True
    if not re.fullmatch(rf"{SURNAME}[\u3400-\u9fff]{{1,2}}", text):
        return False
    usual = asked and common and not re.search("[处总局厅院校科系班]", text)
    return usual or not _IN_TALK.search(text)


def split_names(text: str) -> list[tuple[str, str]]:
    """一段开头可能的人名与其余文字，最可能的在前。"""
    found = [m for m in (NAME_LONG.match(text), NAME.match(text)) if m]
    pairs = dict.fromkeys((m["name"], m["rest"]) for m in found)
    # 剩下的越少越像：“王小明”不是“王小”加“明”
    ranked = sorted(pairs, key=lambda pair: len(pair[1]))
    if re.match(rf".(?:{HONORIFICS})", text):
        return []
    return [
        (name, rest)
        for name, rest in ranked
        if name not in NOT_NAMES
        and not (name[:2] in NOT_NAMES and name[2:] in PARTICLES)
        and not ADDRESSED.fullmatch(name)
    ]
