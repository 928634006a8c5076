"""把同一句话的不同写法变成一样：繁简、全角半角、大小写、标点、客套、疑问词、语气词。"""

import re
import unicodedata
from functools import lru_cache

from .plain import plain

_PUNCTUATION = re.compile(r"[^\w\[\]+]+|_+")
_COURTESY = re.compile(
    r"请问(一下)?|请教(一下)?|想?(咨询|问|了解)(一?下|一?哈子?)|"
    r"(各位)?老师们?(好|们)|您好|你好|大家好|哈喽|在吗|在不在|打扰了?|"
    r"麻烦(您|你|问|各位|大家)*(一下|了)?|谢谢(您|你|老师|大家|啦|了)?|"
    r"^那么?(?![个些种边里时年次天位家本张条句儿])(?=.{3})|"
    r"辛苦(了|大家|老师)?|急急+|求助|有没有(人|哪位)?(老师)?知道|(有)?谁知道|弱弱地?问"
)
_SAME = {
    "怎么办": "咋办 咋整 咋弄 怎么弄 怎么搞 咋搞 如何处理 怎么处理",
    "怎么": "怎样才能 怎么样 怎样 如何 咋样 咋",
    "为什么": "为啥 为何 什么原因 干嘛",
    "什么时候": (
        "啥时候 几点 什么时间 哪天 几月几号 哪一天 几月几日 几点钟 何时 几时 啥时"
    ),
    "什么": "哪些 啥 哪几个 哪几种 哪几样 神马",
    "哪里": "哪儿 什么地方 啥地方 何处",
    "谁": "哪位",
    "电话": "电话号码 联系电话",
    "账号": "帐号 账户 帐户",
    "登录": "登陆",
}
"""怎样写都是一样的：正名 → 别的写法，依次换成正名；这一行的说法另有词表。"""
_PATTERNS = tuple(
    (re.compile("|".join(sorted(words.split(), key=len, reverse=True))), standard)
    for standard, words in _SAME.items()
)
_PARTICLES = re.compile(r"(?<=..)[呢呀啊哈嘛哦噢喔诶哇啦咯哩]+$")
"""句末的语气词：有没有都是同一句话。"""


def normalise(text: str) -> str:
    """统一全角半角与大小写，去掉标点、空白和表情；保留 `+` 与方括号。"""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """在规整之上去掉客套，并统一疑问词等常见同义写法。

    全部被去掉时退回规整后的文字。
    """
    written = normalise(plain(text))
    folded = _PARTICLES.sub("", _COURTESY.sub("", written))
    for pattern, standard in _PATTERNS:
        folded = pattern.sub(standard, folded)
    return folded or written


def same_ways(text: str) -> list[str]:
    """换一个写法、折叠起来仍是一样的说法；常用的在前。"""
    found: dict[str, None] = {}
    for standard, words in _SAME.items():
        ways = (standard, *words.split())
        used = max((way for way in ways if way in text), key=len, default=None)
        if used is not None:
            found |= dict.fromkeys(text.replace(used, way) for way in ways)
    found.pop(text, None)
    return [way for way in found if fold(way) == fold(text)]
