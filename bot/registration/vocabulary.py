"""院校类型与校名的各种说法，以及不带内容的客套。"""

import re

_TYPE_WORDS: dict[str, str] = {
    "中职": "中职 中专 职高 职中 职教中心 职业高中 中等职业学校 中等职业院校 "
    "中等专业学校 普通中专 职业中专 成人中专 中职学校 中职院校 职业教育中心 "
    "中等职业教育 中等职业 中职类 中专学校",
    "高职": "高职 高职院校 高职学校 高职高专 高职高专院校 高等职业学校 高等职业院校 "
    "高等专科学校 高等职业教育 高专 大专 专科 专科院校 职业技术学院 职业学院 高职专科 "
    "高职类 高等职业 高职学院",
    "本科层次职业教育试点学校": "本科层次职业教育试点学校 本科层次职业教育试点院校 "
    "本科层次职业教育试点 本科层次职业教育 本科层次职业学校 本科层次 职业本科 "
    "职业本科院校 职业本科学校 职教本科 本科层次试点",
    "应用型本科": "应用型本科 应用型本科院校 应用型本科高校 应用型本科学校 应用本科 "
    "应用技术型本科 应用型高校",
}
TYPE_SYNONYMS: dict[str, str] = {
    word: kind for kind, words in _TYPE_WORDS.items() for word in words.split()
}
"""院校类型的同义说法 → 四种取值之一。"""

TYPE_DOUBTFUL: dict[str, str] = {
    **dict.fromkeys(
        ("职业技术大学", "职业大学"),
        "职业技术大学有的地方按高职、有的按本科层次职业教育试点学校统计，"
        "请回“高职”或“本科层次职业教育试点学校”",
    ),
    **dict.fromkeys(
        ("本科", "本科院校", "普通本科", "本科高校", "本科学校"),
        "本科要分清，请回“应用型本科”或“本科层次职业教育试点学校”",
    ),
    **dict.fromkeys(
        ("职业学校", "职业院校", "职校"),
        "职业学校要分清，请回“中职”或“高职”",
    ),
    **dict.fromkeys(
        ("技校", "技工学校", "技工院校", "技师学院"),
        "试点的中职不含技工学校（2020年通知），若确属中等职业学校请回“中职”",
    ),
}
"""说不清属于哪一类、要问回去的说法。"""

_WORDS = sorted((*TYPE_SYNONYMS, *TYPE_DOUBTFUL), key=len, reverse=True)
TYPE_PREFIX = re.compile(rf"(?:公办|民办|公立|私立)?(?:{'|'.join(_WORDS)})")

_SCHOOL_ENDING = (
    r"(?:职业技术大学|职业大学|大学|学院|学校|职教中心|职业教育中心|教育中心|培训中心|"
    r"职业中专|中专|技校|职高|职中|职业高中|中学|高中|卫校|党校|体校|艺校|"
    r"电大|高专|师专)"
)
SCHOOL_ENDING = re.compile(
    rf"{_SCHOOL_ENDING}(?:（[^（）]{{1,30}}）)?(?:[\u4e00-\u9fff]{{1,4}}(?:校区|分校))?"
)
_OFFICE = "处|科|部|中心|办公室|办|室|组"
PAREN_OF_NAME = re.compile(
    rf"(?P<school>[\u4e00-\u9fff]+{_SCHOOL_ENDING})\((?P<other>[\u4e00-\u9fff0-9、·]{{0,25}}"
    rf"(?:校区|分校|本部|合作|办学|筹|筹建|{_SCHOOL_ENDING}))\)|"
    rf"(?P<office>[处科部室心组])\((?P<alias>[^()\n]{{1,15}}(?:{_OFFICE}))\)"
)
"""名称的一部分、不该断开的括号：校区、合作办学、另一块牌子，部门的别称。"""
GENERIC_SCHOOL = re.compile(
    r"(?:我们?|本|贵|你们?|该|这所|全|所在|所属)?(?:的)?(?:高等|中等|公办|民办)?"
    r"(?:职业)?(?:技术|技能|教育)?(?:大学|学院|学校|院校|校|中专|职高|技校|中学|"
    r"教育中心|职教中心|中心|高专|职中)"
)
"""没有名字、只有类别的说法，如“我们学校”“学院”“职业技术学院”。"""

EMPTY_VALUE = re.compile(
    r"(?:无|没有|暂无|暂缺|不填|不写|略|空|跳过|没|/)+|还?没(?:有|定|想好|确定)(?:下来)?|"
    r"(?:稍后|回头|晚点|之后|以后|明天|过后|等下)?再?补(?:充|上|发|报)?"
)
"""表示这一项不填。"""

LEAD = re.compile(
    r"(?:登记|单位|学校|院校|我是|我们是|我校是|我们学校是|这里是|这边是|本人是?|来自|学校是|单位是|"
    r"就是|属于|属|是|叫|为|的|或者?|和|及|与|在|我们|我校|我|还有|另外|请?帮忙|更正|"
    r"应该?是|改成|改为|换成|不对|不是)"
)
"""一段开头可以去掉的虚词。"""

SMALL_WORDS = "好|的|了|啦|啊|呀|哈|嗯|哦|吧|呢|是|就|那|这|我|本|们|您|你|请|谢|老师"
"""哪里都可能夹着、本身不说什么的字词。"""

_COURTESY = re.compile(
    rf"(?:{SMALL_WORDS}|各位|大家|领导|早上|上午|中午|下午|晚上|感|多|麻烦|辛苦|关照|指教|"
    r"查收|帮忙|帮|一下|1\+x|证书|表|登记|注册|报名|信息|联系人|如下|以下|来|校|学校|院校|收到|报到|"
    r"姓[\u4e00-\u9fff]|男|女|为|已|发|"
    r"给|小助手|助手|校级|同号|手机同号|同手机|填|内容|资料|对|没错|可以|行|电话|ok|hi|"
    r"hello|[\u4e00-\u9fff]先生|[\u4e00-\u9fff]女士|[\u4e00-\u9fff]老师)+",
    re.I,
)


def is_courtesy(text: str) -> bool:
    """整段都是不带内容的话。"""
    return len(text) <= 40 and _COURTESY.fullmatch(text) is not None


QUESTION = re.compile(
    r"[?？]|吗|怎么|怎样|咋|如何|什么|啥|为何|哪|谁|多少|几(?:号|时|点|个|天|年|月|位|批|级)|"
    r"是不是|能不能|可不可以|行不行|要不要|有没有|是否|可否|能否|何时|呢$|不知道|请问|"
    r"请教|想问|求助|还是|不到|[填报行用要选能]不(?:$|[,，。])"
)
"""像是在提问。"""
TAIL_QUESTION = re.compile(
    r"[,，。\s]*(?:可以|对|行|好|没错|这样(?:可以|行|对)?|是这样)(?:了|的)?[吗么吧不]"
    r"(?:[?？]|$)\s*"
)
"""随口一问的结尾，不算提问。"""


_WEB = re.compile(r"(?:https?://|www\.)[^\s\u4e00-\u9fff]+|[\w.+\-]+@[\w.\-]+", re.I)


def is_question(text: str) -> bool:
    """像不像一句提问；网址里的问号不算。"""
    plain = TAIL_QUESTION.sub(" ", _WEB.sub(" ", text))
    return QUESTION.search(plain) is not None


def school_prefixes(text: str) -> list[tuple[str, str]]:
    """一段开头可能的校名与其余文字，短的在前。"""
    found = []
    for ending in SCHOOL_ENDING.finditer(text):
        name, rest = text[: ending.end()], text[ending.end() :]
        if SCHOOL_ENDING.match(rest):
            continue
        plain = not GENERIC_SCHOOL.fullmatch(name) and len(name) >= 4
        if plain and name not in TYPE_SYNONYMS and name not in TYPE_DOUBTFUL:
            found.append((name, rest))
    return found


FOREIGN_HOSTS = ("ncb.edu.cn", "moe.edu.cn", "chsi.", "eol.cn")
"""平台与主管部门的网站，不是院校的。"""

_MAJOR = re.compile(
    r".*(?:管理|技术|工程|服务|设计|制造|营销|商务|电商|贸易|会计|财务|税务|审计|金融|保险|护理|"
    r"助产|康复|养老|照护|教育|学前|应用|开发|维修|检修|运维|运用|运输|物流|旅游|酒店|会展|"
    r"烹饪|艺术|美术|动画|动漫|影视|媒体|检测|检验|分析|加工|种植|养殖|兽医|园艺|园林|林业|"
    r"医学|药学|中药|化工|信息|网络|软件|计算机|安全|智能|机电|数控|模具|焊接|汽修|"
    r"汽车|铁道|航空|航海|建筑|施工|造价|装饰|测绘|英语|日语|法律|文秘|统计|学)"
    r"(?:（[^（）]+）|\([^()]+\))?"
)


def like_major(text: str) -> bool:
    """像不像一个专业的名称。"""
    return _MAJOR.fullmatch(text) is not None
