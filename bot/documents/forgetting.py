"""忘掉导入的文件里一个人的号码：存着的文字遮住，遮不了的原件删去。"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.reading import terms
from bot.storage.tables import DocumentProposal, DocumentRow, PassageRow

MASKED = "masked"
"""条款树里的记号：遮过人，原件不能再留。"""
_PROPOSED = ("title", "before", "after", "quote", "payload", "made")
Conceal = Callable[[str], str]


async def forget(session: AsyncSession, secrets: Mapping[str, str]) -> None:
    """遮住各处，改动随 `session` 一起提交；之后要 `Library.forgotten`。

    参数:
        secrets: 要消失的内容 → 换成什么；号码中间空着、隔着横线的也算
    """
    if not secrets:
        return
    patterns = [(_pattern(secret), instead) for secret, instead in secrets.items()]

    def conceal(text: str) -> str:
        for pattern, instead in patterns:
            text = pattern.sub(lambda _, instead=instead: instead, text)
        return text

    for passage in await session.scalars(select(PassageRow)):
        if _rewrite(passage, ("heading", "text"), conceal):
            passage.terms = terms.without(
                passage.terms, secrets, f"{passage.heading} {passage.text}"
            )
    for proposal in await session.scalars(select(DocumentProposal)):
        _rewrite(proposal, _PROPOSED, conceal)
    for document in await session.scalars(select(DocumentRow)):
        if _rewrite(document, ("file_name", "title", "content"), conceal):
            document.content = {**document.content, MASKED: True}


def _rewrite(row: Any, names: tuple[str, ...], conceal: Conceal) -> bool:
    """这一行变了没有；没变的不写。"""
    changed = False
    for name in names:
        before = getattr(row, name)
        after = _concealed(before, conceal)
        if after != before:
            setattr(row, name, after)
            changed = True
    return changed


def _concealed(value: Any, conceal: Conceal) -> Any:
    match value:
        case str():
            return conceal(value)
        case dict():
            return {key: _concealed(one, conceal) for key, one in value.items()}
        case list():
            return [_concealed(one, conceal) for one in value]
        case _:
            return value


def _pattern(secret: str) -> re.Pattern[str]:
    gap = r"[\s.–-]?" if secret.isdecimal() else ""
    written = gap.join(map(re.escape, secret))
    return re.compile(rf"(?<![0-9A-Za-z]){written}(?![0-9A-Za-z])", re.I)
