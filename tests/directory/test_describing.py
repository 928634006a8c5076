"""没说名称，说的是行当、活计、专业。"""

from pathlib import Path

import pytest

from bot.directory import ABSENT, Catalogue, Directory, read_sayings
from bot.directory.describing import Descriptions
from bot.directory.wording import GUESSED
from bot.errors import KnowledgeError
from bot.text import normalise
from tests.weighing import weighed

from .conftest import ask

SAYINGS = read_sayings(Path("knowledge/sayings"))
ENOUGH = 0.8


@pytest.mark.parametrize("hand", sorted({one.author for one in SAYINGS}))
def test_what_one_hand_says_is_found_by_the_words_of_others(
    files: Directory, hand: str
) -> None:
    catalogue = files.snapshot.catalogue
    others = [one for one in SAYINGS if one.author != hand]
    descriptions = Descriptions(catalogue, others)
    own = [o for o in SAYINGS if o.author == hand and o.name in catalogue.certificates]
    firsts = [
        next(iter(descriptions.certificates([normalise(one.text)]).best()), None)
        for one in own
    ]
    right = [
        f is not None and f.name == o.name for f, o in zip(firsts, own, strict=True)
    ]
    assert len(own) > 500
    assert sum(right) / len(right) >= ENOUGH


@pytest.mark.parametrize(
    ("text", "certificate"),
    [
        ("喷漆调色那张证归哪家管", "汽车油漆调色与喷涂"),
        ("教务处问带电干活那个证找谁联系", "10千伏不停电作业"),
        ("伺候月子的那张证电话多少", "母婴护理"),
    ],
)
def test_a_certificate_pointed_at_by_its_trade(
    files: Directory, text: str, certificate: str
) -> None:
    found = weighed(files.source, ask(text))
    assert found[0].key.startswith(f"cert:{certificate}#")
    answer = files.source.answer(found[0].key, ask(text))
    assert answer
    assert answer.text.startswith(GUESSED)
    assert certificate in answer.text


def test_a_field_pointed_at_by_its_trade(files: Directory) -> None:
    found = weighed(files.source, ask("开飞机坐飞机那类的证都有什么"))
    assert found[0].key == "list:field:航空"


def test_a_name_that_was_said_is_no_guess(files: Directory) -> None:
    text = "汽车油漆调色与喷涂归哪家管"
    found = weighed(files.source, ask(text))
    answer = files.source.answer(found[0].key, ask(text))
    assert answer
    assert GUESSED not in answer.text


def test_single_shared_letters_point_at_nothing(files: Directory) -> None:
    assert not [*files.snapshot.descriptions.certificates(["掌", "独"]).best()]
    assert not [*files.snapshot.descriptions.certificates([]).best()]


def test_every_mistake_in_a_file_is_told(tmp_path: Path, files: Directory) -> None:
    (tmp_path / "one.txt").write_text("修车的\n[没有这个证书]\n修车的\n", "utf-8")
    with pytest.raises(KnowledgeError) as caught:
        read_sayings(tmp_path, files.snapshot.catalogue)
    told = "\n".join(caught.value.problems)
    assert "sayings/one.txt 第 1 行：第一行要写“# 作者：……”" in told
    assert "第 1 行：前面还没有 [证书或方向]" in told
    assert "第 2 行：名录里没有「没有这个证书」" in told


def test_what_is_absent_is_marked_as_such() -> None:
    assert any(one.name == ABSENT for one in SAYINGS)


def test_nothing_is_described_when_nothing_is_listed() -> None:
    empty = Catalogue({}, {}, {}, {}, {}, {})
    descriptions = Descriptions(empty, SAYINGS)
    assert not [*descriptions.certificates(["喷漆调色"]).best()]
    assert not [*descriptions.fields(["喷漆调色"]).best()]
