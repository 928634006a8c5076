"""一字一字都有交代：没读进去、也没说过的，找出来说。"""

import re
from collections.abc import Iterable

from bot.text import is_courtesy

from .people import ADDRESSED
from .scanning import BREAK
from .vocabulary import LEAD

SELF = re.compile("(?:就?是)?(?:我本人|我自己|本人|自己|我)")
_SILENT = re.compile(
    rf"(?:{LEAD.pattern}|{ADDRESSED.pattern}|{SELF.pattern}|[一二三四五六七八九十]{{1,3}}|\d{{1,2}}|"
    r"同志|老师|先生|女士|男|女|汉族|同号|同上|以上|其[他它]|内容|本|该|这|个|[A-Za-z_]|\W)+"
)
"""不说什么的虚词、称呼与编号。"""


def unsaid(residue: str, told: Iterable[str]) -> list[str]:
    """剩下的文字里，没说过、又不是虚词的各段。

    参数:
        residue: 去掉名目和读出的内容之后剩下的
        told: 说过的：没看懂的、不收的、写明不填的
    """
    for said in sorted(told, key=len, reverse=True):
        residue = residue.replace(said, " ", 1)
    return [
        piece
        for piece in BREAK.split(residue)
        if piece and not _SILENT.fullmatch(piece) and not is_courtesy(piece)
    ]
