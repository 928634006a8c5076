"""各功能要人确认的事。"""

from bot.answering import TeachingKind
from bot.broadcast import BroadcastKind
from bot.deadlines import RemovalKind, ReportKind, WindowKind
from bot.directory import AddKind, UndoKind, UpdateKind
from bot.documents import AcceptingKind
from bot.orders import OrderKind
from bot.parts import Parts
from bot.rebinding import RebindKind
from bot.referring import Referral
from bot.registration import (
    Admission,
    BatchKind,
    DraftKind,
    Herald,
    JoinKind,
    Kind,
    TendKind,
    WithdrawalKind,
)


def register_kinds(parts: Parts) -> None:
    """把各功能要人确认的事登记在确认台上。"""
    herald = Herald(parts.delivery.outbox, parts.delivery.reporting)
    admission = Admission(parts.access, parts.registration.limits)
    service, referral = parts.registration, Referral(parts.delivery)
    contact, pilot = (
        DraftKind(kind, titles, service, herald, admission)
        for kind, titles in (
            (Kind.CONTACT, ("登记", "登记草稿")),
            (Kind.PILOT, ("试点", "登记试点")),
        )
    )
    parts.desk.register(
        contact,
        pilot,
        JoinKind(service, admission, herald),
        TendKind(service, admission, herald),
        BatchKind(service, admission, herald),
        WithdrawalKind(parts.registration, herald),
        TeachingKind(parts.teaching, parts.access),
        BroadcastKind(parts.broadcasts, parts.access),
        UpdateKind(parts.directory, parts.access, referral),
        AddKind(parts.directory, parts.access, referral),
        UndoKind(parts.directory, parts.access, referral),
        RebindKind(parts.groups, parts.access, referral),
        WindowKind(parts.deadlines, parts.access),
        RemovalKind(parts.deadlines, parts.access),
        ReportKind(parts.deadlines, parts.access),
        OrderKind(parts.access, parts.obedience, parts.teaching.masker),
        AcceptingKind(parts.imports, parts.access),
    )
