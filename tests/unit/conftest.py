"""各单元测试共用：数据库、人、会话、消息、一份小知识。"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.knowledge import Lexicon
from bot.messages import Message, Person, Place, PlaceKind, Quote

PROJECT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
GROUP = Place("qq", PlaceKind.GROUP, "30003")
PRIVATE = Place("qq", PlaceKind.PRIVATE, "20002")
TEACHER = Person("qq", "20002", "张三")
EDITOR = Person("qq", "20003", "李四")
SAMPLE = """\
source: {title: 广西指南, short: 广西指南, region: 广西, year: 2021}
entries:
  - id: bus-start
    question: 校车几点发车？
    variants: [班车啥时候开, 校车早上几点走]
    answer: 早上七点。
    section: 一1
  - id: bus-stop
    question: 校车停在哪里？
    answer: 东门。
"""


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """随项目发布的词表。"""
    return Lexicon(PROJECT / "knowledge" / "lexicon")


@pytest.fixture
def write_faq(tmp_path: Path) -> Callable[..., Path]:
    """写一个知识文件，返回它的路径。"""

    def write(text: str = SAMPLE, name: str = "sample.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


def message(
    text: str,
    *,
    place: Place = GROUP,
    person: Person = TEACHER,
    addressed: bool = True,
    quote: Quote | None = None,
) -> Message:
    """一条收到的消息。"""
    return Message("10001", place, person, text, "m-1", addressed, NOON, quote)
