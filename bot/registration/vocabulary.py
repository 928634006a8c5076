"""院校类型与校名的各种说法，以及不带内容的客套。"""

import re

_TYPE_WORDS: dict[str, str] = {
    "中职": "中职 中专 职高 职中 职教中心 职业高中 中等职业学校 中等职业院校 "
    "中等专业学校 普通中专 职业中专 成人中专 中职学校 中职院校 职业教育中心 "
    "中等职业教育 中等职业 中职类 中专学校",
    "高职": "高职 高职院校 高职学校 高职高专 高职高专院校 高等职业学校 高等职业院校 "
    "高等专科学校 高等职业教育 高专 大专 专科 专科院校 职业技术学院 职业学院 高职专科 "
    "高职类 高等职业",
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
        ("技校", "技工学校", "技工院校", "技师学院"),
        "试点的中职不含技工学校（2020年通知），若确属中等职业学校请回“中职”",
    ),
}
"""说不清属于哪一类、要问回去的说法。"""

TYPE_PREFIX = re.compile(
    "|".join(sorted((*TYPE_SYNONYMS, *TYPE_DOUBTFUL), key=len, reverse=True))
)

_SCHOOL_ENDING = (
    r"(?:职业技术大学|职业大学|大学|学院|学校|职教中心|职业教育中心|教育中心|培训中心|"
    r"职业中专|中专|技校|职高|职中|职业高中|中学|高中|卫校|党校|体校|艺校|"
    r"电大|高专|师专)"
)
SCHOOL_ENDING = re.compile(
    rf"{_SCHOOL_ENDING}(?:（[^（）]{{0,10}}）)?"
    r"(?:[\u4e00-\u9fff]{2,4}校区)?"
)
GENERIC_SCHOOL = re.compile(
    r"(?:我们?|本|贵|你们?|该|这所|全)?(?:的)?(?:高等|中等|公办|民办)?"
    r"(?:职业)?(?:技术|技能|教育)?(?:大学|学院|学校|院校|校|中专|职高|技校|中学|"
    r"教育中心|职教中心|中心|高专|职中)"
)
"""没有名字、只有类别的说法，如“我们学校”“学院”“职业技术学院”。"""

EMPTY_VALUE = re.compile(r"(?:无|没有|暂无|暂缺|不填|不写|略|空|跳过|没)+")
"""表示这一项不填。"""

LEAD = re.compile(
    r"(?:登记|我是|我们是|我校是|我们学校是|这里是|这边是|本人是?|来自|学校是|单位是|"
    r"就是|属于|是|叫|为|的|或者?|和|及|与|在|我们|我校|我|还有|另外|请?帮忙|更正|"
    r"应该?是|改成|改为|换成|不对|不是)"
)
"""一段开头可以去掉的虚词。"""

COURTESY = re.compile(
    r"(?:各位|大家|老师们?|领导|您|你|好|早上|上午|中午|下午|晚上|谢谢|感谢|多谢|麻烦|"
    r"辛苦|了|啦|请|多多?|关照|指教|查收|帮忙|帮|一下|登记|注册|报名|信息|联系人|如下|"
    r"以下|我来|来|我|校|的|是|学校|院校|本|们|收到|好的|嗯|哦|啊|呀|哈|吧|呢|这|就|"
    r"那|为|已|发|给|小助手|助手|校级|同号|手机同号|同手机|填|好|内容|资料|"
    r"[\u4e00-\u9fff]先生|[\u4e00-\u9fff]女士|[\u4e00-\u9fff]老师|对|没错|可以|行|"
    r"谢|ok|hi|hello|电话)+",
    re.I,
)
"""不带内容的话。"""

QUESTION = re.compile(
    r"[?？]|吗|怎么|怎样|咋|如何|什么|啥|为何|哪|谁|多少|几(?:号|时|点|个|天|月|位|批|级)|"
    r"是不是|能不能|可不可以|行不行|要不要|有没有|是否|可否|能否|何时|呢$|不知道|请问|"
    r"请教|想问|求助"
)
"""像是在提问。"""
TAIL_QUESTION = re.compile(
    r"[,，。\s]*(?:可以|对|行|好|这样(?:可以|行)?|是这样)(?:了|的)?[吗么不](?:[?？]|$)\s*"
)
"""随口一问的结尾，不算提问。"""


def is_question(text: str) -> bool:
    """像不像一句提问。"""
    return QUESTION.search(TAIL_QUESTION.sub(" ", text)) is not None


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
