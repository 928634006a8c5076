"""听是哪一种：由例子学得会，存下读回来一样；答应时又说的数要与出示的相同。"""

from pathlib import Path

import numpy as np
import pytest

from bot.orders.classifying import Classifier, name_of
from bot.orders.figures import has_only
from bot.orders.responses import Reaction, Responses

EXAMPLES = [
    (f"{opening}{said}", label)
    for opening in ("", "嗯，", "哎，", "好嘛，")
    for said, label in (
        ("就照这样发出去", "agree"),
        ("照这样登上吧", "agree"),
        ("先别发了", "decline"),
        ("这个别登了", "decline"),
    )
]


def test_what_is_learnt_is_heard_in_other_words() -> None:
    classifier = Classifier.learn(EXAMPLES)
    chances = dict(
        zip(classifier.labels, classifier.chances("行，照这样登吧"), strict=True)
    )
    assert chances["agree"] > 0.5
    assert sum(chances.values()) == pytest.approx(1, abs=1e-3)


def test_it_is_the_same_after_saving(tmp_path: Path) -> None:
    path, name = tmp_path / "learnt.npz", name_of(EXAMPLES)
    learnt = Classifier.learn(EXAMPLES)
    learnt.save(path, name)

    def never() -> Classifier:
        raise AssertionError("不该再学")

    again = Classifier.open(path, name, never)
    for text in ("照这样发", "别发", "没见过的话"):
        assert np.allclose(learnt.chances(text), again.chances(text), atol=1e-2)


def test_a_damaged_file_is_learnt_anew(tmp_path: Path) -> None:
    path = tmp_path / "learnt.npz"
    path.write_bytes(b"PK\x03\x04 damaged")
    opened = Classifier.open(path, "x", lambda: Classifier.learn(EXAMPLES))
    assert opened.labels == ("agree", "decline")


@pytest.mark.parametrize("text", ["", "？？", "12", "👍👍"])
def test_what_has_no_words_answers_nothing(text: str) -> None:
    felt = Responses(Classifier.learn(EXAMPLES)).hear(text)
    assert felt.reaction is Reaction.OTHER


@pytest.mark.parametrize(
    ("said", "shown", "same"),
    [
        ("嗯就五三一，按这个走", "在行政楼531办", True),
        ("嗯就五〇三", "在行政楼531办", False),
        ("对，12月20号截止", "截止：2026年12月20日", True),
        ("对，12月21号截止", "截止：2026年12月20日", False),
        ("十五天前提醒，挂吧", "截止前15天", True),
        ("发吧", "随便什么", True),
    ],
)
def test_the_figures_said_again_are_those_shown(
    said: str, shown: str, *, same: bool
) -> None:
    assert has_only(said, shown) is same
