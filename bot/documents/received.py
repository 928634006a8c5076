"""别人发来的文件：记一阵，说「导入」时好知道是哪个。"""

from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import clock
from bot.messages import Message, Person, Place, ReceivedFile

KEPT = timedelta(hours=2)
_MOST = 30


@dataclass(frozen=True, slots=True)
class Received:
    """发来的一个。

    参数:
        message_id: 随哪条消息来的；群文件的通知没有，为空
    """

    file: ReceivedFile
    person: Person
    account: str
    message_id: str
    at: datetime


class ReceivedFiles:
    """各处最近发来的文件，只在内存里。"""

    def __init__(self) -> None:
        self._known: defaultdict[Place, deque[Received]] = defaultdict(
            lambda: deque(maxlen=_MOST)
        )

    def add(
        self,
        place: Place,
        person: Person,
        file: ReceivedFile,
        account: str,
        message_id: str = "",
    ) -> None:
        """记下一个。"""
        one = Received(file, person, account, message_id, clock.now())
        self._known[place].append(one)

    def heard(self, message: Message) -> None:
        """消息里带着的。"""
        for file in message.files:
            self.add(
                message.place, message.person, file, message.account, message.message_id
            )

    def meant(self, message: Message) -> Received | None:
        """这条消息说的是哪个：引用的，否则这个人刚发的，否则这里刚发的。"""
        since = clock.now() - KEPT
        here = [one for one in self._known.get(message.place, ()) if one.at >= since]
        if message.quote:
            for one in here:
                if one.message_id and one.message_id == message.quote.message_id:
                    return one
        own = [one for one in here if one.person == message.person]
        return next(reversed(own or here), None)
