"""表格里的一格、一页；哪种文件读出来都是这样。"""

import re
from dataclasses import dataclass
from typing import NamedTuple

_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
LOGICAL = ("TRUE", "FALSE")
"""真假值写成这样。"""


@dataclass(frozen=True, slots=True)
class Cell:
    """一格：文字；是公式，或是错误值、真假值的另作记号。"""

    text: str = ""
    is_formula: bool = False

    @property
    def is_no_content(self) -> bool:
        """表格软件算错的 #N/A、当成真假的 TRUE，都不是谁写的内容。"""
        return self.text in LOGICAL or _ERROR.fullmatch(self.text) is not None


class Sheet(NamedTuple):
    """一页：名称，与从 1 数起的（行号，各格），全空的行没有。"""

    title: str
    rows: list[tuple[int, list[Cell]]]
