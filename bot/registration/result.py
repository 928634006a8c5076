"""一条消息读出的内容，以及同一项写了几处时怎样定下来。"""

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.text.contacts import Invalid

from .fields import NUMERIC, REACHING, WEB, Field
from .others import Other

_OWNERSHIP = frozenset(("公办", "民办", "公立", "私立"))
"""“学校性质：公办”没有说是哪一类，别处说了就听别处的。"""
SECRET = "（身份证号）"
"""代替不该留下的原文。"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """某个字段的一处写法。

    参数:
        labelled: 写明了名目
        spare: 有别的写法就不用它；说明它是什么，如“座机”
    """

    field: Field
    raw: str
    labelled: bool = False
    spare: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """一个字段写得不对：原文与理由。"""

    raw: str
    reason: str


@dataclass(slots=True)
class Reading:
    """一条消息读出的内容。

    参数:
        values: 读出并且有效的
        problems: 写了但不对的
        cleared: 写明不填的
        labelled: 写明了名目的
        marked: 名目后面还有冒号或“是”的
        leftover: 没看懂的文字
        unused: 看得懂、却没用上的，如另一个没写明的姓名
        unwanted: 认得、但这张表不收的，如座机
        others: 说到的别人，不当作这条登记的联系人
        asked: 夹着的问话
        blank: 写了名目、后面空着的
        question: 整条像是在提问
        correcting: 说的是改正
        dangling: 说了名目没说值，如“某某 联系方式”
        addressing: 说到了一位只有称呼的人，如“张老师”
        residue: 去掉读出的内容和标点之后剩下的
    """

    values: dict[Field, str] = dataclasses.field(default_factory=dict)
    problems: dict[Field, Problem] = dataclasses.field(default_factory=dict)
    cleared: set[Field] = dataclasses.field(default_factory=set)
    labelled: set[Field] = dataclasses.field(default_factory=set)
    marked: set[Field] = dataclasses.field(default_factory=set)
    leftover: list[str] = dataclasses.field(default_factory=list)
    unused: list[str] = dataclasses.field(default_factory=list)
    unwanted: list[str] = dataclasses.field(default_factory=list)
    others: list[Other] = dataclasses.field(default_factory=list)
    asked: list[str] = dataclasses.field(default_factory=list)
    blank: list[Field] = dataclasses.field(default_factory=list)
    question: bool = False
    correcting: bool = False
    dangling: bool = False
    addressing: bool = False
    residue: str = ""

    def doubt(self, other: Other) -> None:
        """说不准是联系人的还是别人的手机，不收，问清楚。"""
        digits = re.sub(r"\D", "", other.doubtful)
        if digits and self.values.get(Field.PHONE) == digits:
            del self.values[Field.PHONE]
            reason = f"说不准是联系人的还是{other.role}的，请发：手机 号码"
            self.problems[Field.PHONE] = Problem(other.doubtful.strip(), reason)

    @property
    def fields(self) -> set[Field]:
        """提到的全部字段。"""
        return {*self.values, *self.problems, *self.cleared}

    @property
    def has_number(self) -> bool:
        """有没有手机号、邮箱、代码这样不会是闲聊的内容。"""
        return bool(self.fields & (NUMERIC | REACHING))

    def settle(
        self, candidates: list[Candidate], check: Callable[[Field, str], str]
    ) -> None:
        """把各字段的写法定下来：去重、验证、同一项写了两个就指出。

        参数:
            check: 验证一个字段，返回规整后的值
        """
        by_field: dict[Field, list[Candidate]] = {}
        for candidate in candidates:
            by_field.setdefault(candidate.field, []).append(candidate)
        for name, group in by_field.items():
            if any(not c.spare for c in group):
                self.unwanted += [c.spare for c in group if c.spare]
                group = [c for c in group if not c.spare]
            if name in (Field.POSITION, Field.LEVEL):
                joined = " ".join(dict.fromkeys(c.raw for c in group))
                group = [Candidate(name, joined)]
            self._settle_one(name, group, check)

    def _settle_one(
        self, name: Field, group: list[Candidate], check: Callable[[Field, str], str]
    ) -> None:
        right: dict[str, bool] = {}
        wrong: dict[str, str] = {}
        for candidate in group:
            try:
                value = check(name, candidate.raw)
                right[value] = right.get(value, False) or candidate.labelled
            except Invalid as error:
                raw = SECRET if error.secret else candidate.raw
                wrong.setdefault(raw, str(error))
        if right and name in NUMERIC:
            # “有事请打电话”后面的字，不是又写了一个号码
            stray = [raw for raw in wrong if not re.search(r"\d", raw)]
            self.unused += stray
            wrong = {raw: why for raw, why in wrong.items() if raw not in stray}
        labelled = [value for value, named in right.items() if named]
        # “类型：本科或高职”里写明了的说不清，不由后面的来定
        unsure = {raw for raw in wrong if raw not in _OWNERSHIP}
        torn = name is Field.TYPE and any(c.labelled and c.raw in unsure for c in group)
        if name not in NUMERIC | WEB and right and not torn:
            # 写明了的、有效的优先；两个都写明了才算说了两个
            chosen = labelled or list(right)
            self.unused += [v for v in (*right, *wrong) if v not in chosen]
            right, wrong = dict.fromkeys(chosen, True), {}
        if len(right) + len(wrong) > 1:
            shown = " / ".join((*right, *wrong))
            count = len(right) + len(wrong)
            reason = f"读到 {count} 个，只能填一个" if count > 2 else ""
            self.problems[name] = Problem(shown, reason or "读到两个，请只发要用的那个")
        elif right:
            [self.values[name]] = right
        else:
            [(raw, reason)] = wrong.items()
            self.problems[name] = Problem(raw, reason)
