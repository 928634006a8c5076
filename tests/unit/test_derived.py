"""由知识算出来的：知识没变就不再算，变了、坏了就重算。"""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.storage import Derived, derived


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    (folder / "faq").mkdir(parents=True)
    (folder / "faq" / "a.yaml").write_text("问: 食堂在哪", encoding="utf-8")
    return folder


@pytest.fixture
def compute(
    tmp_path: Path, knowledge: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[int]]:
    """像重新启动那样取一次；返回到现在算过几次。"""
    made: list[int] = []

    def make() -> list[int]:
        made.append(len(made) + 1)
        return list(made)

    def restart(*given: str) -> list[int]:
        monkeypatch.setattr(derived, "_shared", {})
        return Derived(tmp_path / "cache", knowledge).of("counts", make, *given)

    return restart


def test_the_same_knowledge_is_computed_once(
    compute: Callable[..., list[int]],
) -> None:
    assert compute() == compute() == [1]


@pytest.mark.parametrize("name", ["faq/a.yaml", "phrasings/one/a.txt"])
def test_a_changed_file_is_computed_anew(
    compute: Callable[..., list[int]], knowledge: Path, name: str
) -> None:
    compute()
    (knowledge / name).parent.mkdir(parents=True, exist_ok=True)
    (knowledge / name).write_text("问: 食堂几点开", encoding="utf-8")
    assert compute() == [1, 2]


def test_what_it_is_given_counts_too(compute: Callable[..., list[int]]) -> None:
    assert compute("教过的一句") == [1]
    assert compute("教过的另一句") == [1, 2]
    assert compute("教过的另一句") == [1, 2]


def test_a_damaged_file_is_computed_anew(
    compute: Callable[..., list[int]], tmp_path: Path
) -> None:
    compute()
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])
    assert compute() == [1, 2]


def test_two_assistants_share_one(tmp_path: Path, knowledge: Path) -> None:
    one = Derived(tmp_path / "cache", knowledge).of("words", lambda: ["食堂"])
    other = Derived(tmp_path / "cache", knowledge).of("words", lambda: ["澡堂"])
    assert one is other


def test_without_a_folder_nothing_is_kept() -> None:
    assert Derived().of("words", lambda: 1) == 1
    assert Derived().of("words", lambda: 2) == 2
