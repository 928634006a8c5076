"""每天收拾一遍：过期的清掉，放着的话里个人的号码遮住。"""

from datetime import timedelta
from pathlib import Path

from loguru import logger

from bot import answering, clock, knowledge
from bot.answering import UnansweredQuestions
from bot.confirming import Desk
from bot.knowledge import Knowledge
from bot.registration import Registrations
from bot.storage import Database
from bot.storage.expiring import remove_expired
from bot.text import Masker


class Housekeeping:
    """启动之后收拾一遍，以后每天一遍；每一样都可以重复做。

    参数:
        data_dir: 备份与导出在哪里
        keep: 备份与导出留多久
    """

    def __init__(
        self,
        database: Database,
        desk: Desk,
        registration: Registrations,
        unanswered: UnansweredQuestions,
        entries: Knowledge,
        masker: Masker,
        data_dir: Path,
        keep: timedelta,
    ) -> None:
        self._database = database
        self._desk = desk
        self._registration = registration
        self._unanswered = unanswered
        self._entries = entries
        self._masker = masker
        self._data_dir = data_dir
        self._keep = keep

    async def tidy(self) -> None:
        """收拾一遍。"""
        await self._desk.load()
        await self._unanswered.prune()
        await self._mask_kept()
        # 放在最后：前面去掉的，在日志里的残留由它清掉
        await self._registration.tidy()
        remove_expired(self._data_dir, self._keep, clock.now())

    async def _mask_kept(self) -> None:
        """以前记下、那时还不遮的，与后来不再公开的，现在遮住。"""
        asked = await answering.mask_kept(self._database, self._masker)
        taught = await knowledge.mask_kept(self._database, self._masker)
        if taught:
            await self._entries.reload()
        if asked or taught:
            logger.info("遮住了 {} 处个人的号码", asked + taught)
