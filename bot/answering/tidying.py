"""放着的问题与答案的记录：个人的号码遮住。"""

from bot.storage import Database
from bot.storage.rewriting import rewrite
from bot.storage.tables import Delivered, Unanswered
from bot.text import Masker, fold


async def mask_kept(database: Database, masker: Masker) -> int:
    """遮住以前记下、那时还不遮的，与后来不再公开的；返回改了几行。"""

    def hide_question(row: Unanswered) -> None:
        hidden = masker.mask(row.text)
        if hidden != row.text:
            row.text, row.folded = hidden, fold(hidden)

    def hide_delivered(row: Delivered) -> None:
        row.question = masker.mask(row.question)

    return await rewrite(database, Unanswered, hide_question) + await rewrite(
        database, Delivered, hide_delivered
    )
