"""发清单：短的直接发；长的合并转发，不行就发表格，再不行就缩短。"""

from collections.abc import Sequence
from dataclasses import replace

from bot.assistant import Assistant
from bot.directory import Certificate, export_list, wording
from bot.errors import AssistantError, SendFailed, SendUnknown
from bot.messages import Attachment, Message, Reply

SHORT = 12
"""不超过这么多行就直接发。"""
PAGE = 20
"""合并转发里每页的行数。"""


async def send_list(assistant: Assistant, message: Message, topic: str) -> Reply:
    """发一份证书清单，`topic` 如 `batch:3`、`field:数控`、`all`。"""
    directory = assistant.directory
    certificates, title = directory.source.listed(topic)
    issuers = {certificate.organisation for certificate in certificates}
    head = wording.list_head(title, len(certificates), len(issuers))
    writer = directory.snapshot.writer
    lines, origin = writer.table(certificates), writer.origin(certificates, topic)
    if len(lines) < SHORT:
        return Reply("\n".join([f"{head}：", *lines, origin]))
    if assistant.gateways is not None:
        try:
            sent = await _send_long(assistant, message, head, lines, certificates)
        except SendUnknown:
            return Reply(wording.SENT_UNSURE)
        except AssistantError:
            sent = None
        if sent is not None:
            return replace(sent, text=f"{sent.text}\n{origin}")
    names = [certificate.name for certificate in certificates[:SHORT]]
    return Reply(f"{wording.list_shortened(head, names)}\n{origin}")


async def _send_long(
    assistant: Assistant,
    message: Message,
    head: str,
    lines: Sequence[str],
    certificates: Sequence[Certificate],
) -> Reply:
    """先试合并转发，再试表格。

    异常:
        SendError: 两样都发不了，或不知道发出没有
        AssistantError: 表格写不了
    """
    gateways = assistant.gateways
    assert gateways is not None
    starts = range(0, len(lines), PAGE)
    pages = ["\n".join(lines[start : start + PAGE]) for start in starts]
    try:
        await gateways.forward(message.place, head, pages, account=message.account)
        return Reply(wording.list_forwarded(head))
    except SendFailed:
        pass
    name = f"{head.split('共')[0]}证书名单.xlsx"
    path = assistant.settings.data_dir / "exports" / name
    export_list(certificates, path)
    table = Reply("", quote=False, attachments=(Attachment(path, name),))
    await gateways.send(message.place, table, account=message.account)
    return Reply(wording.list_attached(head))
