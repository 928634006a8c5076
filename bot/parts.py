"""助手的各部分：插件要用的都在这里，谁是谁一看便知。"""

from dataclasses import dataclass, field

from bot.access import Access
from bot.answering import Calling, Conversation, FaqSource, Teaching
from bot.background import Background
from bot.broadcast import Broadcasts
from bot.confirming import Desk
from bot.deadlines import Deadlines, Timer
from bot.directory import Directory
from bot.documents import Imports, Originals, PassagesSource, ReceivedFiles, Reminding
from bot.groups import Groups
from bot.housekeeping import Housekeeping
from bot.knowledge import Knowledge, Lexicon
from bot.listing import Shown
from bot.orders import Clerk, Obedience
from bot.outbox import DeliveryService
from bot.outgoing import Gateways
from bot.registration import Registrations
from bot.settings import Settings
from bot.storage import Database
from bot.words import Words


@dataclass(slots=True)
class Parts:
    """装好的各部分。

    参数:
        gateways: 连着的网关；命令行里没有，为 `None`
        words: 全部口令，供帮助列出
        shown: 最近列给人看的编号
        obedience: 听懂了的话各由谁去办
    """

    settings: Settings
    database: Database
    access: Access
    groups: Groups
    desk: Desk
    lexicon: Lexicon
    knowledge: Knowledge
    faq: FaqSource
    directory: Directory
    conversation: Conversation
    teaching: Teaching
    calling: Calling
    registration: Registrations
    delivery: DeliveryService
    broadcasts: Broadcasts
    deadlines: Deadlines
    timer: Timer
    clerk: Clerk
    imports: Imports
    passages: PassagesSource
    originals: Originals
    reminding: Reminding
    background: Background
    housekeeping: Housekeeping
    gateways: Gateways | None = None
    received: ReceivedFiles = field(default_factory=ReceivedFiles)
    words: Words = field(default_factory=Words)
    shown: Shown = field(default_factory=Shown)
    obedience: Obedience = field(default_factory=Obedience)
