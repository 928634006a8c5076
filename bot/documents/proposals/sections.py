"""一个标题下的各段：标题问的就是那一条时，合起来才是答案。"""

from collections.abc import Callable, Iterable

from bot.documents.shelf import Stored
from bot.knowledge import Entry

from .matching import bare, last_heading

LONGEST = 220
"""合起来不超过这么多字；再长就只取说得最像的那一段。"""
Headed = Callable[[Entry, Stored], bool]
"""一段的标题问的是不是这一条。"""


class Sections:
    """一份文件里，各个标题下的段。

    参数:
        passages: 文件的各段，依次
    """

    def __init__(self, passages: Iterable[Stored], headed: Headed) -> None:
        self._headed = headed
        self._under: dict[str, list[Stored]] = {}
        for one in passages:
            if not one.is_row and one.heading.endswith(last_heading(one) or "\n"):
                self._under.setdefault(one.heading, []).append(one)

    def text_of(self, entry: Entry, passage: Stored) -> str:
        """由哪些原话来答这一条。"""
        beside = self._under.get(passage.heading, [])
        if passage not in beside or len(beside) < 2 or not self._headed(entry, passage):
            return passage.text
        whole = "\n".join(bare(one.text) for one in beside)
        return whole if len(whole) <= LONGEST else passage.text
