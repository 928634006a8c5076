"""当前连着的账号，以及经它们发消息、查历史、撤回；实现 `bot.outgoing.Gateways`。"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from nonebot.adapters.onebot import v11, v12
from nonebot.exception import ActionFailed, ApiNotAvailable, NetworkError
from nonebot_plugin_alconna.uniseg import (
    At,
    AtAll,
    CustomNode,
    Image,
    Reference,
    Segment,
    SerializeFailed,
    Target,
    Text,
    UniMessage,
)
from nonebot_plugin_alconna.uniseg import Reply as ReplySegment

from bot.errors import NotConnected, NotTaken, SendFailed, SendUnknown
from bot.messages import Attachment, Place, ReceivedFile, Reply
from bot.outgoing import LARGEST_FILE, Fetched, History, SentMessage, pieces

from . import wording
from .failures import translate
from .handing import file_v12, pictures, upload_v11
from .incoming import AnyBot, connected_bots
from .mutes import Mutes
from .taking import take

CALL_ERRORS = (ActionFailed, ApiNotAvailable, NetworkError)


class ConnectedGateways:
    """全部连着的账号。

    参数:
        sandbox: 沙盒是否打开
    """

    def __init__(self, *, sandbox: bool) -> None:
        self._sandbox = sandbox
        self.mutes = Mutes()

    def accounts(self, place: Place) -> Sequence[str]:
        """连着的、属于这个平台的账号。"""
        return sorted(bot.self_id for bot in self._bots(place.platform))

    async def send(
        self, place: Place, reply: Reply, *, account: str = "", quote: str = ""
    ) -> str:
        """发一条消息，文件在前；文字只经文字段发出，不解析消息码。

        太长的消息常被网关悄悄丢掉，所以拆成几条；返回第一条的消息号。
        """
        bot = self._bot(place.platform, account)
        note = await self._hand_over_files(bot, place, reply)
        first, *rest = pieces(note or reply.text, place.platform)
        body: list[Segment] = [At("user", person.id) for person in reply.mention]
        body.append(Text(f" {first}" if body else first))
        body.extend(await pictures(reply.images))
        head: list[Segment] = [ReplySegment(quote)] if quote and reply.quote else []
        try:
            message_id = await self._deliver(bot, place, [*head, *body])
        except SendFailed as error:
            # 有的网关不会引用、不会 @：退回只发文字，好过不发
            if not (error.unsupported and (head or reply.mention)):
                raise
            message_id = await self._deliver(bot, place, [Text(first)])
        for piece in rest:
            await self._deliver(bot, place, [Text(piece)])
        return message_id

    async def _hand_over_files(self, bot: AnyBot, place: Place, reply: Reply) -> str:
        """先交文件，正文里的“请查收”才是真的；没交成的，返回该改口说什么。

        异常:
            SendError: 没有正文可改口
        """
        for attachment in reply.attachments:
            try:
                await self._hand_over_file(bot, place, attachment)
            except SendFailed as error:
                if not reply.text:
                    raise
                return wording.file_failed(attachment.name, str(error))
            except SendUnknown:
                if not reply.text:
                    raise
                return wording.file_unsure(attachment.name)
        return ""

    async def _hand_over_file(
        self, bot: AnyBot, place: Place, attachment: Attachment
    ) -> None:
        self._check_mute(bot, place)
        try:
            if isinstance(bot, v11.Bot):
                await upload_v11(bot, place, attachment)
                return
            file = await file_v12(bot, attachment)
        except SendFailed:
            raise
        except Exception as error:
            raise translate(error) from error
        await self._deliver(bot, place, [file])

    async def forward(
        self, place: Place, title: str, pages: Sequence[str], *, account: str = ""
    ) -> str:
        """合并转发。"""
        bot = self._bot(place.platform, account)
        if isinstance(bot, v12.Bot):
            raise SendFailed(wording.NO_FORWARDS)
        nodes = [
            CustomNode(bot.self_id, title, [Text(page)]) for page in (title, *pages)
        ]
        return await self._deliver(bot, place, [Reference(nodes=nodes)])

    async def history(
        self, place: Place, *, account: str = "", count: int = 20
    ) -> History | None:
        """查最近的历史，看自己发过什么。"""
        bot = self._bot(place.platform, account)
        if isinstance(bot, v12.Bot):
            return None
        action = "get_group_msg_history" if place.is_group else "get_friend_msg_history"
        target = "group_id" if place.is_group else "user_id"
        try:
            data = await bot.call_api(action, **{target: int(place.id)}, count=count)
            every = data["messages"]
            own = (
                _sent(item)
                for item in every
                if str(item["sender"]["user_id"]) == bot.self_id
            )
            return History(
                tuple(sorted(own, key=lambda message: message.at)),
                min((_time(item) for item in every), default=None),
            )
        except (*CALL_ERRORS, KeyError, TypeError, ValueError):
            return None

    async def fetch(
        self, place: Place, message_id: str, *, account: str = ""
    ) -> Fetched | None:
        """按消息号取一条消息；标准的 v12 没有这个动作。"""
        try:
            bot = self._bot(place.platform, account)
            if isinstance(bot, v12.Bot):
                return None
            data = await bot.get_msg(message_id=int(message_id))
            segments = UniMessage.of(_content(data), bot)
        except (*CALL_ERRORS, NotConnected, KeyError, TypeError, ValueError):
            return None
        images = (image.url or image.id or "" for image in segments[Image])
        return Fetched(segments.extract_plain_text().strip(), tuple(images))

    async def take(
        self,
        place: Place,
        file: ReceivedFile,
        *,
        account: str = "",
        most: int = LARGEST_FILE,
    ) -> ReceivedFile:
        """取来一个收到的文件的内容。"""
        try:
            bot = self._bot(place.platform, account)
        except NotConnected as error:
            raise NotTaken(wording.file_not_taken(file.name)) from error
        return await take(bot, place, file, most)

    async def group_ids(self, platform: str, account: str) -> frozenset[str] | None:
        """一个账号在哪些群里。"""
        try:
            groups = await self._bot(platform, account).call_api("get_group_list")
            return frozenset(str(group["group_id"]) for group in groups)
        except (*CALL_ERRORS, NotConnected, KeyError, TypeError):
            return None

    async def recall(self, place: Place, message_id: str, *, account: str = "") -> bool:
        """撤回。"""
        try:
            bot = self._bot(place.platform, account)
            if isinstance(bot, v11.Bot):
                await bot.delete_msg(message_id=int(message_id))
            else:
                await bot.delete_message(message_id=message_id)
        except (*CALL_ERRORS, NotConnected, ValueError):
            return False
        return True

    async def mention_all_quota(self, place: Place, *, account: str = "") -> int:
        """今天还能 @全体 几次。"""
        bot = self._bot(place.platform, account)
        if isinstance(bot, v12.Bot) or not place.is_group:
            return 0
        try:
            data = await bot.call_api("get_group_at_all_remain", group_id=int(place.id))
            if not data["can_at_all"]:
                return 0
            limits = ("remain_at_all_count_for_group", "remain_at_all_count_for_uin")
            return min(int(data[limit]) for limit in limits)
        except (*CALL_ERRORS, KeyError, TypeError, ValueError):
            return 0

    async def mention_all(
        self, place: Place, reply: Reply, *, account: str = ""
    ) -> str:
        """发 @全体 的消息。"""
        bot = self._bot(place.platform, account)
        shown = await pictures(reply.images)
        body: list[Segment] = [AtAll(), Text(f" {reply.text}"), *shown]
        return await self._deliver(bot, place, body)

    async def notice(self, place: Place, text: str, *, account: str = "") -> None:
        """发群公告。"""
        bot = self._bot(place.platform, account)
        if isinstance(bot, v12.Bot) or not place.is_group:
            raise SendFailed(wording.NO_NOTICES)
        self._check_mute(bot, place)
        try:
            await bot.call_api(
                "_send_group_notice", group_id=int(place.id), content=text
            )
        except Exception as error:
            raise translate(error) from error

    def _bots(self, platform: str) -> list[AnyBot]:
        return connected_bots(platform, sandbox=self._sandbox)

    def _bot(self, platform: str, account: str) -> AnyBot:
        bots = sorted(self._bots(platform), key=lambda bot: bot.self_id)
        for bot in bots:
            if account in ("", bot.self_id):
                return bot
        raise NotConnected(wording.NOBODY_THERE)

    def _check_mute(self, bot: AnyBot, place: Place) -> None:
        if until := self.mutes.until(place, bot.self_id):
            raise SendFailed(wording.MUTED, until=until)

    async def _deliver(
        self, bot: AnyBot, place: Place, segments: Sequence[Segment]
    ) -> str:
        """发出；没有内容（只有引用、空的文字）就不发，免得冒出空白的一条。"""
        if all(isinstance(s, ReplySegment) or s == Text("") for s in segments):
            return ""
        self._check_mute(bot, place)
        target = Target(place.id, private=not place.is_group)
        try:
            receipt = await UniMessage(segments).send(target, bot)
        except SerializeFailed as error:
            raise SendFailed(wording.UNSUPPORTED, unsupported=True) from error
        except Exception as error:
            # 框架各层会抛什么没有定数；不论什么，都得说清送到没有
            raise translate(error) from error
        first = receipt.msg_ids[0] if receipt.msg_ids else None
        if isinstance(first, dict):
            first = first.get("message_id")
        return "" if first is None else str(first)


def _content(item: dict[str, Any]) -> v11.Message:
    """消息的内容；网关可能给段的列表，也可能给带消息码的文字。"""
    content = item.get("message") or item.get("raw_message") or ""
    if isinstance(content, str):
        return v11.Message(content)
    return v11.Message([v11.MessageSegment(s["type"], s["data"]) for s in content])


def _sent(item: dict[str, Any]) -> SentMessage:
    text = _content(item).extract_plain_text()
    return SentMessage(str(item["message_id"]), text, _time(item))


def _time(item: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(int(item["time"]), UTC)
