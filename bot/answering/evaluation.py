"""评测：一份问题集问下来，首选对不对、答没答、快不快。"""

import csv
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot import clock
from bot.errors import AssistantError
from bot.knowledge import Lexicon

from .arbiter import Arbiter, Decision, Outcome
from .scope import pose


@dataclass(frozen=True, slots=True)
class EvaluationQuestion:
    """一道评测题。

    参数:
        text: 问话
        expected: 可接受的条目编号；空的表示不该被回答
        region: 提问者所在群的地区
    """

    text: str
    expected: frozenset[str]
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """评测结果；比例都在 0 到 1 之间。

    参数:
        n: 题数
        top1: 有答案的题里，第一候选含正确条目的比例，不管门槛
        top3: 同上，前三个候选
        answered: 全部题里，点名提问的人会直接得到答案的比例
        wrong: 全部题里，得到的是错误答案的比例，不该回答而答了的也算
        refused: 全部题里，既没有答案也没有候选的比例
        false_answers: 不该回答的题里，被直接回答的比例
        p50_ms: 每题耗时的中位数，毫秒
        p99_ms: 每题耗时的 99 分位，毫秒
    """

    n: int
    top1: float
    top3: float
    answered: float
    wrong: float
    refused: float
    false_answers: float
    p50_ms: float
    p99_ms: float

    def figures(self) -> dict[str, float]:
        """供程序读的一个对象。"""
        return {
            name: round(getattr(self, name), 4) for name in self.__dataclass_fields__
        }

    def table(self) -> str:
        """供人读的一张表。"""
        shares = {
            "首选正确 top1": self.top1,
            "前三含正确 top3": self.top3,
            "直接回答 answered": self.answered,
            "答错 wrong": self.wrong,
            "拒答 refused": self.refused,
            "不该答而答 false_answers": self.false_answers,
        }
        lines = [f"题数 n：{self.n}"]
        lines.extend(f"{name}：{share:.1%}" for name, share in shares.items())
        lines.append(
            f"耗时 p50_ms / p99_ms：{self.p50_ms:.2f} / {self.p99_ms:.2f} 毫秒"
        )
        return "\n".join(lines)


def read_questions(path: Path) -> list[EvaluationQuestion]:
    """读问题集：制表符分隔，有表头 question、expected，可有 region。

    expected 里几个编号用 `|` 隔开，表示答哪个都对。

    异常:
        AssistantError: 读不了，或缺列
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            rows = list(reader)
            columns = reader.fieldnames or []
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(f"读不了问题集 {path}：{error}") from error
    expected = next((c for c in columns if c.startswith("expected")), None)
    if "question" not in columns or expected is None:
        raise AssistantError(
            f"{path} 的表头要有 question 和 expected 两列，用制表符隔开"
        )
    return [
        EvaluationQuestion(
            row["question"],
            frozenset(
                filter(None, (i.strip() for i in (row[expected] or "").split("|")))
            ),
            (row.get("region") or "").strip() or None,
        )
        for row in rows
        if (row["question"] or "").strip()
    ]


def evaluate(
    questions: Sequence[EvaluationQuestion], arbiter: Arbiter, lexicon: Lexicon
) -> Report:
    """逐题评测。

    异常:
        AssistantError: 一道题也没有
    """
    if not questions:
        raise AssistantError("问题集是空的")
    seconds: list[float] = []
    decisions: list[Decision] = []
    for item in questions:
        started = time.perf_counter()
        question = pose(item.text, item.region, clock.now(), lexicon)
        decisions.append(arbiter.decide(question, addressed=True))
        seconds.append(time.perf_counter() - started)
    pairs = list(zip(questions, decisions, strict=True))
    solvable = [_rank(q, d) for q, d in pairs if q.expected]
    answered = [(q, d) for q, d in pairs if d.outcome is Outcome.ANSWER]
    refused = sum(d.outcome in (Outcome.UNKNOWN, Outcome.OFF_TOPIC) for d in decisions)
    hopeless = [d.outcome is Outcome.ANSWER for q, d in pairs if not q.expected]
    p50, p99 = np.percentile(np.array(seconds) * 1000, [50, 99])
    return Report(
        n=len(questions),
        top1=_share(rank < 1 for rank in solvable),
        top3=_share(rank < 3 for rank in solvable),
        answered=len(answered) / len(questions),
        wrong=sum(_rank(q, d) > 0 for q, d in answered) / len(questions),
        refused=refused / len(questions),
        false_answers=_share(hopeless),
        p50_ms=float(p50),
        p99_ms=float(p99),
    )


def _rank(question: EvaluationQuestion, decision: Decision) -> int:
    """正确条目在第几个候选里，从 0 数起；没有则是个大数。"""
    for rank, candidate in enumerate(decision.candidates):
        if question.expected & set(candidate.key.split(",")):
            return rank
    return 1_000_000


def _share(flags: Iterable[bool]) -> float:
    values = list(flags)
    return sum(values) / len(values) if values else 0.0
