"""只凭一份名称清单的证书名录，替代真的名录。"""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from bot.text import normalise

_SUFFIX = re.compile(r"(职业技能)?(等级)?(证书)?$")


class PlainNames:
    """只凭一份名称清单的证书名录。

    参数:
        names: 证书的正式名称；括号里的算别名，如“建筑信息模型（BIM）”
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(dict.fromkeys(names))
        self._keys: dict[str, str | None] = {}
        for name in self._names:
            outside = re.sub(r"[（(].*?[）)]", "", name)
            inside = re.findall(r"[（(](.*?)[）)]", name)
            for alias in dict.fromkeys((name, outside, *inside)):
                key = normalise(alias)
                # 同一个别名指两个证书，就谁也不指
                self._keys[key] = None if key in self._keys else name

    def find(self, text: str) -> str | None:
        """按正式名称或别名查；不计大小写与标点。"""
        key = _SUFFIX.sub("", normalise(text))
        if key in self._keys:
            return self._keys[key]
        if len(key) < 4:
            return None
        held = {name for k, name in self._keys.items() if name and key in k}
        return held.pop() if len(held) == 1 else None

    def suggestions(self, text: str) -> Sequence[str]:
        """最像的三个。"""
        found = process.extract(
            normalise(text), self._names, scorer=fuzz.ratio, limit=3, score_cutoff=30
        )
        return [name for name, _, _ in found]
