"""教过的、改动的记录：个人的号码遮住；现行的答案是秘书处公开的，照留。"""

from bot.storage import Database
from bot.storage.rewriting import rewrite
from bot.storage.tables import Edit, LocalEntry
from bot.text import Masker


async def mask_kept(database: Database, masker: Masker) -> int:
    """遮住问题里的、撤销了的答案里的、改动记录里的；返回改了几行。

    有变动的，之后要 `Knowledge.reload`。
    """

    def hide_entry(row: LocalEntry) -> None:
        row.question = masker.mask(row.question)
        if not row.active:
            row.answer = masker.mask(row.answer)

    def hide_edit(row: Edit) -> None:
        row.before = row.before and masker.mask(row.before)
        row.after = row.after and masker.mask(row.after)

    return await rewrite(database, LocalEntry, hide_entry) + await rewrite(
        database, Edit, hide_edit
    )
