"""一字一字都有交代：没读进去、也没说过的，找出来说。"""

import re
from collections.abc import Iterable

from bot.text import is_courtesy

from .people import ADDRESSED
from .result import Candidate, Reading
from .scanning import BREAK
from .vocabulary import LEAD

SELF = re.compile("(?:就?是)?(?:我本人|我自己|本人|自己|我)")
POINTING = re.compile(
    r"(?:就?是|为)?(?:如下|以下|下面|见下|上面|如上|(?:[\u4e00-\u9fff0-9]{0,6}的)?[这那](?:个|位|里|边)|"
    r"就好|就行|即可|就可以)"
)
"""指着别处的话，本身不是内容。"""
_SILENT = re.compile(
    rf"(?:{LEAD.pattern}|{ADDRESSED.pattern}|{SELF.pattern}|[一二三四五六七八九十]{{1,3}}|\d{{1,2}}|"
    r"同志|老师|先生|女士|男|女|汉族|同号|同上|以上|其[他它]|内容|本|该|这|个|[A-Za-z_]|\W)+"
)
"""不说什么的虚词、称呼与编号。"""


def account(
    reading: Reading, text: str, candidates: Iterable[Candidate], told: list[str]
) -> None:
    """记下剩下的字，与其中没有交代的。

    参数:
        text: 去掉名目之后的文字
        told: 说过的：不收的、写明不填的
    """
    read = [candidate.raw for candidate in candidates]
    reading.unused += _unsaid(text, (*read, *told, *reading.leftover))
    for raw in read:
        text = text.replace(raw, " ", 1)
    reading.residue = BREAK.sub("", text)


def _unsaid(residue: str, told: Iterable[str]) -> list[str]:
    """文字里没读进去、没说过、又不是虚词的各段。

    参数:
        residue: 去掉名目之后的文字
        told: 读出的、没看懂的、不收的、写明不填的
    """
    for said in sorted(told, key=len, reverse=True):
        residue = residue.replace(said, " ", 1)
    return [
        piece
        for piece in BREAK.split(residue)
        if piece and not _SILENT.fullmatch(piece) and not is_courtesy(piece)
    ]
