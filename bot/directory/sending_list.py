"""发清单：短的直接发；长的合并转发，不行就发表格，再不行就缩短。"""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.errors import AssistantError, NotStored, SendFailed, SendUnknown
from bot.messages import Attachment, Message, Reply
from bot.outgoing import Gateways
from bot.storage.files import private_folder

from . import wording
from .records import Certificate
from .service import Directory
from .workbook import export_list

SHORT = 12
"""不超过这么多行就直接发。"""
PAGE = 20
"""合并转发里每页的行数。"""


async def send_list(
    directory: Directory,
    gateways: Gateways | None,
    folder: Path,
    message: Message,
    topic: str,
    trouble: Callable[[str], None],
) -> Reply:
    """发一份证书清单；表格写不了也缩短了发。

    参数:
        gateways: 长的由它发；没有就只能缩短
        folder: 表格写在哪里
        topic: 如 `batch:3`、`field:数控`、`all`
        trouble: 表格写不了时告诉它为什么
    """
    certificates, title = directory.source.listed(topic)
    issuers = {certificate.organisation for certificate in certificates}
    head = wording.list_head(title, len(certificates), len(issuers))
    writer = directory.snapshot.writer
    lines, origin = writer.table(certificates), writer.origin(certificates, topic)
    if len(lines) < SHORT:
        return Reply("\n".join([f"{head}：", *lines, origin]))
    if gateways is not None:
        try:
            if await _forward(gateways, message, head, lines):
                return Reply(f"{wording.list_forwarded(head)}\n{origin}")
            await _send_workbook(gateways, folder, message, head, certificates)
            return Reply(f"{wording.list_attached(head)}\n{origin}")
        except SendUnknown:
            return Reply(wording.SENT_UNSURE)
        except NotStored as error:
            trouble(str(error))
        except AssistantError:
            pass
    names = [certificate.name for certificate in certificates[:SHORT]]
    return Reply(f"{wording.list_shortened(head, names)}\n{origin}")


async def _forward(
    gateways: Gateways, message: Message, head: str, lines: Sequence[str]
) -> bool:
    """合并转发；网关发不了为 `False`。

    异常:
        SendUnknown: 不知道发出没有
        NotConnected: 没有连着的账号
    """
    starts = range(0, len(lines), PAGE)
    pages = ["\n".join(lines[start : start + PAGE]) for start in starts]
    try:
        await gateways.forward(message.place, head, pages, account=message.account)
    except SendFailed:
        return False
    return True


async def _send_workbook(
    gateways: Gateways,
    folder: Path,
    message: Message,
    head: str,
    certificates: Sequence[Certificate],
) -> None:
    """发表格。

    异常:
        SendError: 发不了，或不知道发出没有
        NotStored: 表格写不了
    """
    name = wording.list_file(head)
    path = private_folder(folder) / name
    export_list(certificates, path)
    table = Reply("", quote=False, attachments=(Attachment(path, name),))
    await gateways.send(message.place, table, account=message.account)
