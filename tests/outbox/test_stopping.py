"""叫停、换文字、补发：无论一条走到哪一步都算数。"""

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.errors import NotConnected, SendFailed, SendUnknown
from bot.messages import Person, Place, Reply
from bot.outbox import Content, Delivery, Form, Lane, Outgoing, Refusal, Status
from bot.outbox.models import LATE_ROOM
from bot.outbox.wording import late_prefix
from tests.gateways import group

from .conftest import START, Office


def _can_tell(office: Office, *numbers: int) -> None:
    """这些群的历史够长，查得出送到没有。"""
    for number in numbers:
        office.gateways.others_since[group(number)] = START - timedelta(days=1)


async def test_stopped_while_unknown_is_not_sent_again(office: Office) -> None:
    _can_tell(office, 1)
    office.gateways.failures = [SendUnknown("超时")]
    await office.put(group(1))
    await office.run()
    assert await office.service.outbox.cancel("test:1", "已被停止") == 0
    office.hands.forward(minutes=3)
    await office.run()
    (row,) = await office.rows()
    assert (row.status, row.reason) == (Status.CANCELLED, "已被停止")
    assert office.gateways.sent == []


async def test_stopped_but_delivered_is_told_as_sent(office: Office) -> None:
    _can_tell(office, 1)
    office.gateways.failures = [SendUnknown("超时")]
    office.gateways.delivers_anyway = True
    await office.put(group(1))
    await office.run()
    await office.service.outbox.cancel("test:1", "已被停止")
    office.hands.forward(minutes=3)
    await office.run()
    (row,) = await office.rows()
    assert row.status is Status.SENT


async def test_stopped_while_handing_over_is_not_sent(office: Office) -> None:
    async def interrupted(*_: object, **__: object) -> str:
        await office.service.outbox.cancel("test:1", "已被停止")
        raise NotConnected("断了")

    send, office.gateways.send = office.gateways.send, interrupted
    await office.put(group(1))
    await office.run()
    office.gateways.send = send
    office.hands.forward(minutes=3)
    await office.run()
    (row,) = await office.rows()
    assert row.status is Status.CANCELLED
    assert office.gateways.sent == []


async def test_put_again_undoes_a_stop(office: Office) -> None:
    outbox = office.service.outbox
    await office.put(group(1), "旧安排")
    await outbox.cancel("test:1", "安排已改")
    await office.put(group(1), "新安排")
    await office.run()
    assert office.gateways.texts() == ["新安排"]
    await outbox.cancel("test:1", "安排已改")
    await office.put(group(1), "再一次")
    await office.run()
    assert office.gateways.texts() == ["新安排"]


class Board:
    """到发的时候才看的布告。"""

    def __init__(self, office: Office, text: str, *mention: Person) -> None:
        self.content = Content(text, mention)
        office.service.review_before_sending(["test:"], lambda _: self.content)


async def test_composed_at_the_moment_of_sending(office: Office) -> None:
    board = Board(office, "还有两所没交", Person("qq", "100"))
    await office.put(group(1), "还有三所没交")
    office.gateways.connected = []
    await office.run()
    board.content = Content("都交了")
    office.gateways.connected = ["10001"]
    await office.run()
    ((_, _, reply),) = office.gateways.sent
    assert (reply.text, reply.mention) == ("都交了", ())
    (row,) = await office.rows()
    assert row.text == "都交了"


async def test_composed_anew_when_it_goes_out_again(office: Office) -> None:
    _can_tell(office, 1)
    board = Board(office, "还有两所没交")
    office.gateways.failures = [SendUnknown("超时")]
    await office.put(group(1))
    await office.run()
    board.content = Content("还有一所没交", (Person("qq", "100"),))
    office.hands.forward(minutes=3)
    await office.run()
    ((_, _, reply),) = office.gateways.sent
    assert reply.text == "还有一所没交"
    assert reply.mention == (Person("qq", "100"),)


async def test_new_words_do_not_hide_what_was_delivered(office: Office) -> None:
    _can_tell(office, 1)
    board = Board(office, "还有两所没交")
    office.gateways.failures = [SendUnknown("超时")]
    office.gateways.delivers_anyway = True
    await office.put(group(1))
    await office.run()
    board.content = Content("都交了")
    office.hands.forward(minutes=3)
    await office.run()
    assert office.gateways.texts() == ["还有两所没交"]


async def test_what_nobody_reviews_goes_out_as_put(office: Office) -> None:
    office.service.review_before_sending(["another:"], lambda _: Content("别的"))
    await office.put(group(1), "原样")
    await office.run()
    assert office.gateways.texts() == ["原样"]


async def test_late_mark_survives_a_broken_line_and_new_words(office: Office) -> None:
    board = Board(office, "旧的文字")
    await office.put(group(1), mark_late=True)
    office.hands.forward(hours=4)
    office.gateways.failures = [NotConnected("断了")]
    await office.run()
    board.content = Content("新的文字")
    office.hands.forward(minutes=1)
    await office.run()
    assert office.gateways.texts() == ["【补发，原定11月23日10:07】\n新的文字"]


async def test_a_stale_copy_never_takes_another_groups_place(office: Office) -> None:
    """停掉又放进来，次序变了：早先备着的副本仍只发到它自己的群。"""
    outbox, courier = office.service.outbox, office.service.courier
    for number in (1, 2, 3):
        await office.put(group(number))
    await courier.oversee()
    lane = Lane("qq", "10001")
    lane.ready.extend((await outbox.upcoming("qq", "10001"))[:1])
    await outbox.cancel("test:1", "安排已改")
    places = [group(number) for number in (3, 2, 1)]
    await outbox.put(Outgoing("test:1", "1", p, "又要发了", START) for p in places)
    await courier.oversee()
    while await courier.send_one(lane) is not None:
        pass
    assert sorted(p.id for _, p, _ in office.gateways.sent) == ["1", "2", "3"]


async def test_what_expired_meanwhile_is_told_not_stopped(office: Office) -> None:
    """队里备着时过了时：不必问谁，照过时报告。"""
    outbox, courier = office.service.outbox, office.service.courier
    office.service.review_before_sending(["test:"], lambda _: Refusal("安排已改"))
    await office.put(group(1), expires_at=START + timedelta(minutes=5))
    await courier.oversee()
    lane = Lane("qq", "10001")
    lane.ready.extend(await outbox.upcoming("qq", "10001"))
    office.hands.forward(minutes=5)
    await courier.send_one(lane)
    await courier.oversee()
    (row,) = await office.rows()
    assert row.status is Status.EXPIRED


async def test_late_mark_leaves_room_in_the_limit(office: Office) -> None:
    await office.put(group(1), "字" * 1500, mark_late=True)
    office.hands.forward(hours=4)
    await office.run()
    sent = office.gateways.texts()
    assert max(map(len, sent)) <= 1500
    assert "".join(sent).count("补发") == 1


@given(st.datetimes())
def test_late_mark_fits_the_room_left_for_it(moment: datetime) -> None:
    if 1 < moment.year < 9999:
        assert len(late_prefix(moment.replace(tzinfo=clock.ZONE))) <= LATE_ROOM


async def test_text_that_begins_like_a_mention_is_recognised(office: Office) -> None:
    _can_tell(office, 1)
    office.gateways.failures = [SendUnknown("超时")] * 5
    office.gateways.delivers_anyway = True
    await office.put(group(1), "@全校老师 周五之前交")
    for _ in range(4):
        await office.run()
        office.hands.forward(minutes=3)
    (row,) = await office.rows()
    assert row.status is Status.SENT
    assert len(office.gateways.sent) == 1


async def test_rest_of_a_long_message_is_dropped_with_its_head(office: Office) -> None:
    office.gateways.failures = [SendFailed("被禁言")]
    await office.put(group(1), "甲" * 1500 + "乙" * 100)
    await office.run()
    assert office.gateways.sent == []
    assert [row.status for row in await office.rows()] == [
        Status.FAILED,
        Status.CANCELLED,
    ]


async def test_order_is_kept_over_a_broken_line(office: Office) -> None:
    outbox, courier = office.service.outbox, office.service.courier
    for number, text in enumerate(["第一条", "第二条"], 1):
        item = Outgoing(f"test:{number}", "1", group(1), text, START)
        await outbox.put([item])
    await courier.oversee()
    lane = Lane("qq", "10001")
    lane.ready.extend(await outbox.upcoming("qq", "10001"))
    office.gateways.connected = []
    assert await courier.send_one(lane) is None
    office.gateways.connected = ["10001"]
    office.gateways.failures = [NotConnected("断了")]
    assert await courier.send_one(lane) is None
    office.hands.forward(minutes=1)
    while await courier.send_one(lane) is not None:
        pass
    assert office.gateways.texts() == ["第一条", "第二条"]


async def test_stale_copy_does_not_overwrite_the_outcome(office: Office) -> None:
    outbox = office.service.outbox
    await office.put(group(1))
    await office.service.courier.oversee()
    (stale,) = await outbox.upcoming("qq", "10001")
    await office.run()
    await outbox.finish(stale, Status.CANCELLED, reason="助手已不在这个群")
    (row,) = await office.rows()
    assert row.status is Status.SENT


async def test_another_feature_may_object_at_the_last_moment(office: Office) -> None:
    paused: set[Place] = set()

    def review(delivery: Delivery) -> Content | Refusal:
        is_paused = delivery.place in paused
        return Refusal("已暂停") if is_paused else delivery.content

    office.service.review_before_sending(["test:"], review)
    await office.put(group(1))
    await office.put(group(2))
    paused.add(group(2))
    await office.run()
    assert [place.id for _, place, _ in office.gateways.sent] == ["1"]
    assert (await office.rows())[1].reason == "已暂停"


async def test_pictures_go_along_when_all_are_mentioned(
    office: Office, tmp_path: Path
) -> None:
    picture = tmp_path / "a.png"
    replies: list[Reply] = []

    async def mention_all(place: Place, reply: Reply, *, account: str = "") -> str:
        replies.append(reply)
        return "9"

    office.gateways.quota = 1
    office.gateways.mention_all = mention_all
    await office.put(group(1), "", images=(picture,), form=Form.MENTION_ALL)
    await office.run()
    assert [reply.images for reply in replies] == [(picture,)]


async def test_muted_it_waits_until_it_may_speak(office: Office) -> None:
    """群在禁言不算下落不明，别的群照发；到时候或解除了，再发这个群。"""
    until = START + timedelta(hours=2)
    office.gateways.failures = [SendFailed("群在禁言", until=until)]
    await office.put(group(1))
    await office.put(group(2))
    await office.run()
    held, sent = await office.rows()
    assert (held.status, held.reason) == (Status.PENDING, "群在禁言")
    assert sent.status is Status.SENT
    office.hands.forward(minutes=30)
    await office.run()
    assert office.gateways.texts(group(1)) == []
    await office.service.outbox.resume(group(1))
    await office.run()
    assert [row.status for row in await office.rows()] == [Status.SENT] * 2
    assert len(office.gateways.texts(group(1))) == 1


async def test_muted_for_a_while_is_sent_afterwards(office: Office) -> None:
    until = START + timedelta(hours=2)
    office.gateways.failures = [SendFailed("群在禁言", until=until)]
    await office.put(group(1))
    await office.run()
    office.hands.forward(hours=2, minutes=1)
    await office.run()
    assert len(office.gateways.texts(group(1))) == 1
