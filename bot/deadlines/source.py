"""从窗口与双周报设置里回答时间问题。"""

from collections.abc import Sequence
from contextlib import suppress

from bot import clock
from bot.access import NATIONWIDE
from bot.answering import Answer, Candidate, Question

from . import answers
from .asking import Asked, Intent, understand
from .models import Kind, Window
from .service import Deadlines

NAME = "deadlines"
SURE = 0.97
"""问的是现在，而且有现在的安排：往年通知里的话不该抢先。"""
KNOWN = 0.85
NOTHING_KNOWN = 0.93
"""问的是现在，却什么安排都没有：也要由这里说“没有”。"""
NOTHING_PLANNED = 0.6
"""泛问今年的时间而没有安排：知识里若有专门的说明，让它先说。"""
HISTORY = 0.4
"""问的是往年：让位给通知原文。"""
VAGUE = 0.12
FOLLOW_UP = 0.8
_ABOUT_NOW = (Intent.OPEN, Intent.LEFT)


class DeadlinesSource:
    """裁决者的一个来源；全部数据在内存里。"""

    name = NAME

    def __init__(self, deadlines: Deadlines) -> None:
        self._deadlines = deadlines

    def candidates(self, question: Question) -> Sequence[Candidate]:
        """这句问话的候选；不是问时间的为空。"""
        region = question.named_region
        text = question.text.replace(region, "") if region else question.text
        asked = understand(text, question.asked_at)
        if asked is None:
            return self._follow_up(question)
        confidence = self._confidence(asked, question)
        ours = 0.95 if asked.on_topic else 0.6
        title = asked.intent.value
        return [Candidate(NAME, asked.intent.name, title, confidence, ours)]

    def answer(self, key: str, question: Question) -> Answer | None:
        """某个候选的答案。"""
        with suppress(KeyError):
            intent = Intent[key]
            text = (
                self._about_reports(question)
                if intent is Intent.REPORT
                else self._about_windows(intent, question)
            )
            return Answer(text, (), question.region)
        return None

    def _follow_up(self, question: Question) -> Sequence[Candidate]:
        """刚问过时间，接着只点了一个地区的名：“那山东呢”。"""
        before = question.previous
        short = len(question.text) <= 8 and question.named_region is not None
        if before is None or before.source != NAME or not short:
            return ()
        title = Intent[before.key].value
        return [Candidate(NAME, before.key, title, FOLLOW_UP, 0.8)]

    def _confidence(self, asked: Asked, question: Question) -> float:
        if asked.past_year:
            return HISTORY
        known = self._is_known(asked.intent, question)
        if known and (asked.present or asked.intent in _ABOUT_NOW):
            return SURE
        if asked.intent in _ABOUT_NOW:
            return NOTHING_KNOWN
        if asked.present:
            return NOTHING_PLANNED
        return KNOWN if known else VAGUE

    def _is_known(self, intent: Intent, question: Question) -> bool:
        regions = self._regions(question)
        if intent is Intent.REPORT:
            return any(region in self._deadlines.store.reports for region in regions)
        now = question.asked_at
        return any(not w.is_over(now) for w in self._deadlines.windows(regions))

    def _regions(self, question: Question) -> list[str]:
        """要说的地区：知道是哪里就只说那里（和全国），否则有安排的都说。"""
        if question.region:
            return [question.region, NATIONWIDE]
        known = {window.region for window in self._deadlines.windows()}
        known |= set(self._deadlines.store.reports)
        return [*sorted(known - {NATIONWIDE}), NATIONWIDE]

    def _about_windows(self, intent: Intent, question: Question) -> str:
        now = clock.local(question.asked_at)
        parts: list[str] = []
        regions = self._regions(question)
        national = self._of(NATIONWIDE, question)
        # 知道地区时，全国的安排并到本地区里说
        for region in [r for r in regions if r != NATIONWIDE]:
            merged = [*self._of(region, question)]
            merged += national if question.region else []
            parts.append(
                answers.for_region(region, intent, merged, now, self._contact(region))
            )
        if not question.region and any(not w.is_over(now) for w in national):
            contact = self._contact(NATIONWIDE)
            parts.append(answers.for_region(NATIONWIDE, intent, national, now, contact))
        if not parts:
            parts = [answers.for_region("", intent, [], now, self._contact(NATIONWIDE))]
        return "\n\n".join(parts)

    def _of(self, region: str, question: Question) -> list[Window]:
        """一个地区里与所问有关的：申报都算，别的期限只算还没过的。"""
        return [
            window
            for window in self._deadlines.windows({region})
            if window.kind is Kind.DECLARATION or not window.is_over(question.asked_at)
        ]

    def _about_reports(self, question: Question) -> str:
        now = clock.local(question.asked_at)
        found = [
            answers.for_report(period, now)
            for region in self._regions(question)
            if (period := self._deadlines.next_period(region, now))
        ]
        if found:
            return "\n".join(found)
        return answers.no_report(question.region, self._contact(question.region))

    def _contact(self, region: str | None) -> str:
        contacts = self._deadlines.calendar.contacts
        fallback = contacts.get(NATIONWIDE, "本省教育厅的最新通知")
        return contacts.get(region or NATIONWIDE, fallback)
