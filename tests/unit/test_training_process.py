"""训练的地方：另开进程练出来的一样；叫停就停；那个进程死了自己练。"""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.answering.retrieval import (
    Matcher,
    MatcherCache,
    TrainingProcess,
    Unit,
    training_process,
)
from bot.knowledge.lexicon import Chatter

UNITS = [
    Unit(str(n), (str(n),), tuple(f"{name}{ask}" for ask in ("怎么办", "在哪", "几号")))
    for n, name in enumerate(("报名", "打印证书", "改密码", "传材料", "看结果", "退回"))
]
BACKGROUND = Chatter(
    chatter=["今天下雨了", "谁去吃饭", "收到谢谢"],
    other_questions=["食堂几点开", "班车停哪"],
    everyday=["天气不错，大家出去走走。"],
)


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch, cache: MatcherCache) -> TrainingProcess:
    """再少也另开进程。"""
    monkeypatch.setattr(training_process, "APART", 0)
    return TrainingProcess(cache)


@pytest.fixture
def cache(tmp_path: Path) -> MatcherCache:
    """练好的存在这里。"""
    return MatcherCache(tmp_path)


def test_another_process_learns_the_same(apart: TrainingProcess) -> None:
    here = training_process.train(UNITS, BACKGROUND)
    there = apart.train(UNITS, BACKGROUND, "它")
    for question in ("密码忘了怎么改", "材料往哪传", "结果几号能看"):
        assert best(here, question) == best(there, question)


def test_what_was_learnt_is_written_by_the_other_process(
    apart: TrainingProcess, cache: MatcherCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """主进程只读缓存：不写，不另留一份。"""
    monkeypatch.setattr(MatcherCache, "write", lambda *_: pytest.fail("不该再写"))
    learnt = apart.train(UNITS, BACKGROUND, "它")
    assert cache.load("它") is learnt


def best(matcher: Matcher, question: str) -> tuple[str, float]:
    """首选与把握。"""
    ranking = matcher.rank(question)
    return ranking.hits[0].unit.key, round(ranking.judgement.present, 4)


def test_stopping_does_not_wait(
    apart: TrainingProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    asleep = (sys.executable, "-c", "import time; time.sleep(60)")
    monkeypatch.setattr(training_process, "COMMAND", asleep)
    threading.Timer(0.5, apart.stop).start()
    with pytest.raises(InterruptedError):
        apart.train(UNITS, BACKGROUND, "它")


_PARENT = """
import sys
from pathlib import Path
from bot.answering.retrieval import MatcherCache, TrainingProcess, training_process
from bot.knowledge.lexicon import Chatter
training_process.APART = -1
training_process.COMMAND = (sys.executable, "-c", sys.argv[1])
background = Chatter(chatter=[], other_questions=[], everyday=[])
TrainingProcess(MatcherCache(Path())).train([], background, "它")
"""
_CHILD = """
import os, pickle, sys, time
from bot.answering.retrieval.training_process import end_with_parent
pickle.load(sys.stdin.buffer)
end_with_parent()
print(os.getpid(), file=sys.stderr, flush=True)
time.sleep(600)
"""


def test_a_child_ends_when_its_parent_is_killed() -> None:
    command = [sys.executable, "-c", _PARENT, _CHILD]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as parent:
        assert parent.stderr is not None
        child = parent.stderr.readline()
        parent.kill()
        # 两个进程都拿着这一头，都没了才读得完
        assert child.strip().isdigit()
        assert parent.stderr.read() == b""


def test_a_dead_process_is_made_up_for(
    apart: TrainingProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        training_process, "COMMAND", (sys.executable, "-c", "raise SystemExit(1)")
    )
    assert best(apart.train(UNITS, BACKGROUND, "它"), "改密码怎么弄")[0] == "2"
