"""从窗口与双周报设置里回答时间问题。"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import clock
from bot.access import NATIONWIDE
from bot.answering import Answer, Evidence, Found, Question

from . import answers
from .following import NAME, Key, follow
from .models import Kind, Window
from .service import Deadlines
from .understanding import MAKE_UP, Asked, Intent, understand

_WHICH = re.compile(r"第?[一二三四五六七八九十\d]+[批次轮期]")
"""窗口名称里说是哪一次的字。"""
_ABOUT_NOW = (Intent.OPEN, Intent.LEFT)
_FINISHING = {Intent.FINISH: Kind.COMPLETION, Intent.SUBMIT: Kind.SUBMISSION}


@dataclass(frozen=True, slots=True)
class CalendarEvidence(Evidence):
    """问时间的凭什么。

    参数:
        known: 有现在的安排可答
        plain: 只问时间，没有别的意思
        known_plain: 两样都是：往年通知里有一模一样的话，也不能抢先
        present: 明说问的是现在
        now: 问的是此刻：现在能不能报、还有几天
        past: 问的是往年
        finishing: 问的是培训考核、报送的期限
        report: 问的是双周报
        on_topic: 明说了申报、双周报或 1+X
        follows: 接着刚答过的时间问
    """

    known: float = 0.0
    plain: float = 0.0
    known_plain: float = 0.0
    present: float = 0.0
    now: float = 0.0
    past: float = 0.0
    finishing: float = 0.0
    report: float = 0.0
    on_topic: float = 0.0
    follows: float = 0.0


class DeadlinesSource:
    """裁决者的一个来源；全部数据在内存里。"""

    name = NAME

    def __init__(self, deadlines: Deadlines) -> None:
        self._deadlines = deadlines

    def candidates(self, question: Question) -> Sequence[Found]:
        """这句问话的候选；不是问时间的为空。"""
        if (followed := follow(question)) is not None:
            title = followed.intent.value
            return [Found(NAME, str(followed), title, CalendarEvidence(follows=1.0))]
        asked = self._understood(question)
        if asked is None:
            return ()
        is_known = self._is_known(asked, question)
        # 补报能不能报、培训考核何时完成，没有现在的安排就只有通知里的规定可说
        ruled = asked.about == MAKE_UP or asked.intent in _FINISHING
        if ruled and not is_known and not asked.is_past:
            return ()
        evidence = CalendarEvidence(
            known=is_known,
            plain=asked.is_plain,
            known_plain=is_known and asked.is_plain and not asked.is_past,
            present=asked.present,
            now=asked.intent in _ABOUT_NOW and not asked.is_past,
            past=asked.is_past,
            finishing=asked.intent in _FINISHING,
            report=asked.intent is Intent.REPORT,
            on_topic=asked.on_topic,
        )
        return [Found(NAME, asked.intent.name, asked.intent.value, evidence)]

    def answer(self, key: str, question: Question) -> Answer | None:
        """某个候选的答案。"""
        wanted = Key.read(key)
        if wanted is None:
            return None
        asked = self._understood(question)
        if asked is None or asked.intent is not wanted.intent:
            asked = Asked(wanted.intent)
        match asked.intent:
            case Intent.REPORT:
                text = self._about_reports(question, wanted.after)
            case Intent.FINISH | Intent.SUBMIT:
                text = self._about_finishing(_FINISHING[asked.intent], question)
            case _ if wanted.after:
                text = self._about_later(wanted.after, question)
            case _:
                text = self._about_windows(asked, question)
        return Answer(text, (), question.region) if text else None

    def _is_known(self, asked: Asked, question: Question) -> bool:
        """有没有现在的安排可答。"""
        if asked.intent is Intent.REPORT:
            reports = self._deadlines.store.reports
            return any(region in reports for region in self._regions(question))
        regions, now = self._regions(question), question.asked_at
        current = [w for w in self._deadlines.windows(regions) if not w.is_over(now)]
        if asked.about == MAKE_UP:
            return bool(answers.narrowed(current, asked))
        kind = _FINISHING.get(asked.intent, Kind.DECLARATION)
        any_kind = asked.intent is Intent.LEFT
        return any(any_kind or window.kind is kind for window in current)

    def _understood(self, question: Question) -> Asked | None:
        """听出来的意思；说了是现在的哪一次（“第二批”）的，别当成往年的。"""
        now, asked = question.asked_at, _understand(question)
        for window in self._deadlines.windows(self._regions(question)):
            for which in _WHICH.findall(window.title):
                if window.is_over(now) or which not in question.text:
                    continue
                rest = question.text.replace(which, "")
                if bare := _understand(replace(question, words=rest, joined=False)):
                    return replace(bare, about=which)
        return asked

    def _regions(self, question: Question) -> list[str]:
        """要说的地区：知道是哪里就只说那里（和全国），否则有安排的都说。"""
        if question.region:
            return [question.region, NATIONWIDE]
        known = {window.region for window in self._deadlines.windows()}
        known |= set(self._deadlines.store.reports)
        return [*sorted(known - {NATIONWIDE}), NATIONWIDE]

    def _about_windows(self, asked: Asked, question: Question) -> str:
        now = clock.local(question.asked_at)
        parts: list[str] = []
        regions = self._regions(question)
        national = self._of(NATIONWIDE, question)
        # 知道地区时，全国的安排并到本地区里说
        for region in [r for r in regions if r != NATIONWIDE]:
            merged = [*self._of(region, question)]
            merged += national if question.region else []
            parts.append(
                answers.for_region(region, asked, merged, now, self._contact(region))
            )
        if not question.region and any(not w.is_over(now) for w in national):
            contact = self._contact(NATIONWIDE)
            parts.append(answers.for_region(NATIONWIDE, asked, national, now, contact))
        if not parts:
            parts = [answers.for_region("", asked, [], now, self._contact(NATIONWIDE))]
        return "\n\n".join(parts)

    def _about_finishing(self, kind: Kind, question: Question) -> str:
        now = clock.local(question.asked_at)
        parts: list[str] = []
        for region in self._regions(question):
            due = [
                window for window in self._of(region, question) if window.kind is kind
            ]
            if due:
                parts.append(answers.for_finishing(region, due, now))
        return "\n\n".join(parts)

    def _of(self, region: str, question: Question) -> list[Window]:
        """一个地区里与所问有关的：申报都算，别的期限只算还没过的。"""
        return [
            window
            for window in self._deadlines.windows({region})
            if window.kind is Kind.DECLARATION or not window.is_over(question.asked_at)
        ]

    def _about_later(self, after: int, question: Question) -> str:
        """现在这一次申报之后的第几次。"""
        now = clock.local(question.asked_at)
        regions = self._regions(question)
        windows = [w for region in regions for w in self._of(region, question)]
        contact = self._contact(question.region)
        return answers.for_later(question.region or "", after, windows, now, contact)

    def _about_reports(self, question: Question, after: int) -> str:
        """双周报的本期，或它之后的第几期。"""
        now = clock.local(question.asked_at)
        found = [
            answers.for_report(
                period,
                now,
                is_present=not after,
                paused=self._deadlines.is_paused(region),
            )
            for region in self._regions(question)
            if (period := self._deadlines.next_period(region, now, after))
        ]
        if found:
            return "\n".join(found)
        return answers.no_report(question.region, self._contact(question.region))

    def _contact(self, region: str | None) -> str:
        contacts = self._deadlines.calendar.contacts
        fallback = contacts.get(NATIONWIDE, "本省教育厅的最新通知")
        return contacts.get(region or NATIONWIDE, fallback)


def _understand(question: Question) -> Asked | None:
    region = question.named_region
    text = question.text.replace(region, "") if region else question.text
    # 地区也可以用别的叫法点名，那就还在话里
    has_place = region is not None and text == question.text
    return understand(text, question.asked_at, has_place=has_place)
