"""文件：导入，看它带来的改动，接受、拒绝，撤销。"""

import re

from bot.listing import DOCUMENTS, Numbered
from bot.orders import wording
from bot.orders.models import Manner, Missing, Order, Told, Writer
from bot.orders.slots import joined, numbered_in, numbers_in, written

_DOCUMENT = re.compile(
    r"(?:导入|文件|编号)\s*(?:的|了)?\s*第?\s*(?P<lasting>#\s*)?(?P<n>\d{1,6})\s*号?(?!\s*[条处项个])"
)
_ALL = re.compile(
    r"全部|所有|[都均全](?:可|不|收|要|行|对|通|采|予|没|拒|退|都)|一律|其余"
)
_BUT = re.compile(r"除(?:了|开|去|第|\d)|除此|以外|之外")
_LIST = re.compile(r"列表|哪些文件|导入过|几份")


async def _bring(told: Told) -> str:
    return "导入"


async def _review(told: Told) -> str:
    if _LIST.search(told.text):
        return "导入 列表"
    return joined("导入 查看", _document(told, written(told.text)))


def _settling(word: str, asking: str) -> Writer:
    """接受、拒绝：哪份文件的第几处，或全部。"""

    async def write(told: Told) -> str:
        text = written(told.text)
        numbers = numbers_in(_DOCUMENT.sub(" ", text))
        everything = _ALL.search(text) is not None
        if _BUT.search(text) or (not numbers and not everything):
            raise Missing(asking)
        which = " ".join(map(str, numbers)) if numbers else "全部"
        named = _document(told, text)
        return joined(word, f"编号{named}" if named else None, which)

    return write


async def _undo(told: Told) -> str:
    text = written(told.text)
    named = _document(told, text)
    if named is None and (numbers := numbered_in(text)):
        named = told.facts.lasting(told.message, DOCUMENTS, numbers[0])
    if named is None:
        recent = await told.facts.last_import(told.message.person)
        named = f"#{recent}" if recent is not None else None
    if named is None:
        raise Missing(wording.UNDO_IMPORT_WHICH)
    if title := told.facts.document(named):
        told.notes.append(title)
    return f"撤销导入 {named}"


def _document(told: Told, text: str) -> str | None:
    """说的是哪份文件，写成一直不变的编号；没说为 `None`。"""
    match = _DOCUMENT.search(text)
    if match is None:
        return None
    said = Numbered(int(match["n"]), lasting=match["lasting"] is not None)
    return told.facts.lasting(told.message, DOCUMENTS, said)


_ASKING = Manner.ASKING
ORDERS = (
    Order("document-import", "收录一份文件", "导入", _bring),
    Order(
        "document-review", "看文件带来的改动", "导入 查看", _review,
        lists=True, asked=True,
    ),
    Order(
        "document-accept", "接受文件带来的改动", "接受",
        _settling("接受", wording.ACCEPT_WHICH), manner=_ASKING,
        pattern="接受 1 3-5", acts="change",
    ),
    Order(
        "document-refuse", "不要文件带来的改动", "拒绝",
        _settling("拒绝", wording.REFUSE_WHICH), manner=_ASKING,
        pattern="拒绝 1 3-5", acts="remove",
    ),
    Order(
        "document-undo", "撤销导入的文件", "撤销导入", _undo,
        manner=_ASKING, pattern="撤销导入 编号", acts="remove",
    ),
)  # fmt: skip
