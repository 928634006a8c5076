"""造收到的消息。"""

from collections.abc import Sequence

from bot import clock
from bot.messages import Message, Person, Place, PlaceKind, Quote


def private(text: str, user: str = "1", platform: str = "qq") -> Message:
    """私聊里的一句。"""
    place = Place(platform, PlaceKind.PRIVATE, user)
    return _message(text, user, place, addressed=True)


def in_group(
    text: str,
    number: int | str = 1,
    user: str = "1",
    *,
    addressed: bool = True,
    quote: Quote | None = None,
    images: Sequence[str] = (),
) -> Message:
    """群里的一句。"""
    place = Place("qq", PlaceKind.GROUP, str(number))
    return _message(
        text, user, place, addressed=addressed, quote=quote, images=tuple(images)
    )


def _message(
    text: str,
    user: str,
    place: Place,
    *,
    addressed: bool,
    quote: Quote | None = None,
    images: tuple[str, ...] = (),
) -> Message:
    return Message(
        account="10001",
        place=place,
        person=Person(place.platform, user),
        text=text,
        message_id="m",
        addressed=addressed,
        at=clock.now(),
        quote=quote,
        images=images,
    )
