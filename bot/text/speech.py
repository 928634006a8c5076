"""一句话是在问、在说，还是在客气：不靠知识，只看说法；用词都在这里。

认问句有宽有严：`speech_of` 听整句，遇到毛病、要东西也算在问；`is_question` 只认明白的
疑问词，登记的内容里会夹着“帮忙”“忘填”；`ends_asking` 只看句末，汇报里会有“几个学校都
交了”。
"""

import re
from enum import Enum, auto

from .folding import normalise


class Speech(Enum):
    """说法的种类。"""

    ASKING = auto()
    """在问，或在说遇到的毛病，或只报个名目。"""
    TELLING = auto()
    """在说事情：办好了什么、通知什么、贴个文件。"""
    THANKS = auto()
    """道谢、夸奖。"""
    NODDING = auto()
    """应一声：收到、好的、弄好了、算了。"""
    HELLO = auto()
    """打招呼，或只 @ 了一下。"""
    NOTHING = auto()
    """没有字：标点、表情、单个字母或数字。"""


_HELLO = re.compile(r"(?:在吗|在不在|你好|您好|hi|hello|哈喽|嗨|小助手)*")
_THANKS = re.compile(
    r"(?:好的?|嗯+|哦+|收到|ok|明白了?|知道了?)*(?:谢谢|感谢|多谢|谢了|谢啦|辛苦).{0,8}|"
    r"(?:你|这个)?(?:1\+x)?(?:小?助手|机器人)?(?:真|太|好|很)+"
    r"(?:好用|厉害|棒|贴心|给力|靠谱|快|聪明)[了啊呀的]*"
)
_NODDING = re.compile(
    r"(?:那|好|好的|好嘞|好吧|收到|已收到|嗯+|哦+|噢+|行|ok+|明白|知道|了解|懂|清楚|"
    r"可以|弄好|搞定|搞好|解决|没事|算|那算|不用|打扰|再见|拜拜|哈+|是的?|(?:对[的呀啊头]?)+)"
    r"(?:好的|收到|明白|了|啦|吧|的|哈|啊|呀|哦|嗯|老师|小助手)*"
)
_QUESTION_WORDS = (
    r"[?？]|吗|怎么|怎样|咋|如何|什么|啥|为何|哪|谁|多少|几(?:号|时|点|个|天|年|月|位|批|级)|"
    r"(?P<verb>\w)不(?P=verb)|有没有|是否|可否|能否|何时|呢$|不知道|请问|请教|想问|求助|还是|"
    r"不到|[填报行用要选能得成中]不(?:$|[,，。])"
)
_LOOSE_WORDS = (
    r"呢|么|怎|几|多久|有木有|求|咨询|问[一下个]|告诉|发一下|给一下|[给发]个|干嘛|"
    r"不[。.!！~～]*$|帮忙"
)
"""多半在问、在要，登记的内容里也会有的。"""
_TROUBLE = (
    r"不了|不上|不开|不出|不见|不动|没有?了$|全没|忘|失败|报错|出错|没反应|白屏|卡住"
)
_QUESTION = re.compile(_QUESTION_WORDS)
_ASKING = re.compile(f"{_QUESTION_WORDS}|{_LOOSE_WORDS}|{_TROUBLE}")
_ASKING_END = re.compile(r"[?？]|(?:吗|么|没|没有|呢)[\s。.!！]*$")
WANTING_TOO = r"也(?:要|给|发|查|问)"
"""“群号也要”：没有疑问词，也是在问。"""
TAIL_QUESTION = re.compile(
    r"[,，。\s]{0,8}(?:可以|对|行|好|没错|这样(?:可以|行|对)?|是这样)(?:了|的)?[吗么吧不]"
    r"(?:[?？]|$)\s*"
)
"""随口一问的结尾，不算提问。"""
_ENTREATY = re.compile(r"帮|麻烦|劳驾|有劳|请(?![问教假])|给我")
_PLEA = re.compile(
    r"(?:^|[,，。；;\s])(?:你|您|现在|小?助手)*"
    r"(?:能不能|可不可以|能否|可否|可以|能)(?![再还])|"
    r"(?:好|行|可以|成)[吗么不嘛](?:[\s?？。,，]|$)|好不好|行不行|得不得|中不中|成不成|[你您]能"
)
"""问能不能的口气，其实在请人做。"""
_CONDITION = re.compile(r"的话|(?:^|[，,。\s])(?:如果|要是|假如|假设|万一|倘若)")
_FORBIDDING = re.compile(r"(?<![要分])别|(?<!要)不要|不用|先")
"""“没艾特你的话都别接”：是在吩咐。"""
_STANDING = re.compile(r"以后|今后|往后|从今|从现在")
_WEB = re.compile(
    r"(?:https?://|www\.)[^\s\u4e00-\u9fff]+|[\w.+\-]{1,64}@[\w.\-]+", re.I
)
_TELLING = re.compile(
    r"(?:了|过|啦|中)[。.!！~～]*$|了[，,。！!；;]|已|刚|收到|接.{0,4}通知|通知[:：]|@|全体|"
    r"请(?:各|大家|务必|于|在|按|及时|尽快)|^(?:把|群里|群文件|附件\d)|"
    r"[填报用交写选]的就?是|我们?.{0,12}(?:有|是|报|在|到|按|做)|"
    r"大家.{0,6}(?:看|填|报|交)|"
    r"\.(?:docx?|xlsx?|pptx?|pdf|zip|rar|jpe?g|png)\b"
)
SMALL_WORDS = "好|的|了|啦|啊|呀|哈|嗯|哦|吧|呢|是|就|那|这|我|本|们|您|你|请|谢|老师"
"""哪里都可能夹着、本身不说什么的字词。"""
_FORM_WORDS = (
    "1\\+x|证书|表|登记|注册|报名|报到|信息|资料|内容|联系人|校级|校|学校|院校|男|女|填|电话|"
    "同号|手机同号|同手机"
)
"""说到要办的事，却没说内容的。"""
_COURTESY = re.compile(
    rf"(?:{SMALL_WORDS}|{_FORM_WORDS}|各位|大家|领导|早上|上午|中午|下午|晚上|感|多|麻烦|辛苦|"
    r"关照|指教|查收|帮忙|帮|一下|如下|以下|来|收到|姓[\u4e00-\u9fff]|为|已|发|给|小助手|助手|"
    r"对|没错|可以|行|ok|hi|hello|[\u4e00-\u9fff](?:先生|女士|老师))+",
    re.I,
)
_LONGEST_COURTESY = 40


def speech_of(text: str) -> Speech:
    """这句话的种类；像什么都不像的短句当作在问。"""
    plain = normalise(text)
    if len(plain) < 2 and text.strip():
        return Speech.NODDING if _NODDING.fullmatch(plain) else Speech.NOTHING
    if _HELLO.fullmatch(plain):
        return Speech.HELLO
    if _THANKS.fullmatch(plain):
        return Speech.THANKS
    if _NODDING.fullmatch(plain):
        return Speech.NODDING
    if _ASKING.search(text):
        return Speech.ASKING
    return Speech.TELLING if _TELLING.search(text) else Speech.ASKING


_SENTENCE = re.compile(r"(?<=[?？;；。!！\n])")


def tell_apart(text: str) -> tuple[str, str]:
    """一条里说的与问的，按句分开：（说的，问的）。"""
    sentences = [part for part in _SENTENCE.split(text) if part.strip()]
    asked = [part for part in sentences if is_question(part)]
    told = [part for part in sentences if part not in asked]
    return "".join(told).strip(), "".join(asked).strip()


def is_question(text: str) -> bool:
    """明明白白在问：有疑问词；网址里的问号、随口的“可以吗”不算。"""
    plain = TAIL_QUESTION.sub(" ", _WEB.sub(" ", text))
    return _QUESTION.search(plain) is not None


def ends_asking(text: str) -> bool:
    """有问号，或句末是疑问词：“交了没”。"""
    return _ASKING_END.search(text) is not None


_STILL = re.compile(
    r"(?:着|(?:还|都)[没在要有][^,，。;；?？]{1,10}|正[^,，。]{0,8})呢[\s。.!！~～]*$"
)
"""“等着呢”“还没定稿呢”：在说情形，不是在问。"""


def only_asks(text: str) -> bool:
    """只是在问、在设想，没有要人做什么：“停了的话还要补吗”。

    “能不能帮我停了”“停一下好吗”是在请人做；“以后没人叫你的话就别出声”是在定规矩。
    """
    if _ENTREATY.search(text):
        return False
    if _CONDITION.search(text) and not _STANDING.search(text):
        return is_question(text) or _FORBIDDING.search(text) is None
    if _STILL.search(text) and not is_question(_STILL.sub("", text)):
        return False
    return ends_asking(text) and _PLEA.search(text) is None


def is_courtesy(text: str) -> bool:
    """整段都是不带内容的话。"""
    return len(text) <= _LONGEST_COURTESY and _COURTESY.fullmatch(text) is not None
