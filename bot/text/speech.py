"""一句话是在问、在说，还是在客气：不靠知识，只看说法。"""

import re
from enum import Enum, auto

from bot.text import normalise


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
    r"可以|弄好|搞定|搞好|解决|没事|算|那算|不用|打扰|再见|拜拜|哈+|是的?|对的?)"
    r"(?:好的|收到|明白|了|啦|吧|的|哈|啊|呀|哦|嗯|老师|小助手)*"
)
_ASKING = re.compile(
    r"[?？]|吗|呢|么|怎|咋|如何|哪|谁|多少|几|什么|啥|为何|多久|何时|是否|能否|可否|"
    r"(\w)不\1|有没有|有木有|还是|求|请问|请教|咨询|想问|问[一下个]|告诉|发一下|给一下|[给发]个|"
    r"干嘛|不[。.!！~～]*$|帮忙|不了|不上|不开|不到|不出|不见|不动|没有?了$|全没|"
    r"忘|失败|报错|出错|没反应|白屏|卡住"
)
_TELLING = re.compile(
    r"(?:了|过|啦|中)[。.!！~～]*$|了[，,。！!；;]|已|刚|收到|接.{0,4}通知|通知[:：]|@|全体|"
    r"请(?:各|大家|务必|于|在|按|及时|尽快)|^(?:把|群里|群文件|附件\d)|"
    r"[填报用交写选]的就?是|我们?.{0,12}(?:有|是|报|在|到|按|做)|"
    r"大家.{0,6}(?:看|填|报|交)|"
    r"\.(?:docx?|xlsx?|pptx?|pdf|zip|rar|jpe?g|png)\b"
)


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
