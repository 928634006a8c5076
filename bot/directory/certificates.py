"""只认证书名称：给登记试点核对“参与试点证书”用。"""

import re
from collections.abc import Sequence

from bot.text import normalise

from .matches import Kind, Match, Quality, leading
from .source import Holder

_SUFFIX = re.compile(r"(职业技能)?(等级)?证书?$")
_SHOWN = 3


class CertificateNaming:
    """由名录认证书的正式名称。

    参数:
        holder: 持有当前名录的
    """

    def __init__(self, holder: Holder) -> None:
        self._holder = holder

    def find(self, text: str) -> str | None:
        """文字所说的那个证书的正式名称；认不出或不止一个为 `None`。"""
        best = leading([m for m in self._matches(text) if m.quality > Quality.NEAR])
        return best[0].entity.name if len(best) == 1 else None

    def suggestions(self, text: str) -> Sequence[str]:
        """相近的几个正式名称，最像的在前。"""
        return [match.entity.name for match in self._matches(text)[:_SHOWN]]

    def _matches(self, text: str) -> list[Match]:
        index = self._holder.snapshot.index
        plain = normalise(text)
        found = index.find(plain) or index.find(_SUFFIX.sub("", plain))
        return [match for match in found if match.entity.kind is Kind.CERTIFICATE]
