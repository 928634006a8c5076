"""读知识文件：严格，一次说全，带文件与行号。"""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.checking import check_all
from bot.errors import KnowledgeError
from bot.knowledge import Lexicon, faq_paths, read_entries
from bot.text import normalise

from .conftest import PROJECT, SAMPLE

WriteFaq = Callable[..., Path]
HEAD = "source: {title: 甲, short: 甲, region: 全国, year: 2021}\n"


def problems(*paths: Path) -> list[str]:
    """读这些文件时报的全部错误。"""
    with pytest.raises(KnowledgeError) as error:
        read_entries(paths)
    return error.value.problems


def test_a_good_file(write_faq: WriteFaq) -> None:
    start, stop = read_entries([write_faq()])
    assert start.id == "bus-start"
    assert start.wordings == ("校车几点发车？", "班车啥时候开", "校车早上几点走")
    assert (start.source.region, start.source.year) == ("广西", 2021)
    assert (start.section, stop.section) == ("一1", None)
    assert not start.is_national


@pytest.mark.parametrize(
    ("entry", "line", "reason"),
    [
        ("- {id: a1, question: 问, answer: 答, anwser: 错}", 3, "不认识的项"),
        ("- {id: a1, question: 问}", 3, "answer 缺少这一项"),
        ("- {id: a1, question: 问, answer: ''}", 3, "不能为空"),
        ("- {id: a1, question: 问, answer: 2021}", 3, "应当是文字"),
        ("- {id: A_1, question: 问, answer: 答}", 3, "编号只能用"),
        ("- {id: a1, question: 问, answer: 答, variants: 甲}", 3, "应当是列表"),
        ("- {id: a1, question: 问, answer: 答, until: 明年}", 3, "日期写成"),
        (
            "- id: a1\n  question: 问\n  variants:\n  - 甲\n  - ' '\n  answer: 答",
            7,
            "空",
        ),
        ("- 只有文字", 3, "名称: 值"),
    ],
)
def test_wrong_entries_are_located(
    write_faq: WriteFaq, entry: str, line: int, reason: str
) -> None:
    [problem] = problems(write_faq(f"{HEAD}entries:\n{entry}\n"))
    assert problem.startswith(f"sample.yaml 第 {line} 行")
    assert reason in problem


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "第 1 行"),
        ("a: [", "第 2 行：YAML 写法不对"),
        (HEAD, "entries 缺少这一项"),
        (
            "source: {title: 甲, short: 甲, region: 全国, year: 1999}\nentries: []",
            "year",
        ),
        (f"{HEAD}entries: []\nextra: 1", "第 3 行：extra 不认识的项"),
        ("a: 2021-13-45", "YAML 写法不对"),
    ],
)
def test_wrong_files(write_faq: WriteFaq, text: str, reason: str) -> None:
    assert any(reason in line for line in problems(write_faq(text)))


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "gbk.yaml"
    path.write_bytes("中文".encode("gbk"))
    assert problems(path, tmp_path / "没有.yaml") == [
        "gbk.yaml：读不了，请用 UTF-8 编码保存",
        "没有.yaml：读不了，请用 UTF-8 编码保存",
    ]


def test_all_problems_are_told_at_once(write_faq: WriteFaq) -> None:
    first = write_faq(SAMPLE.replace("answer: 东门。", "answer: ''"), "one.yaml")
    second = write_faq(f"{HEAD}entries:\n- {{id: a1}}\n", "two.yaml")
    found = problems(first, second)
    assert len(found) == 3
    assert {line.split()[0] for line in found} == {"one.yaml", "two.yaml"}


def test_duplicate_ids_and_clashing_wordings(write_faq: WriteFaq) -> None:
    other = f"""{HEAD}entries:
- {{id: bus-stop, question: 停在哪, answer: 东门}}
- {{id: bus-other, question: 班车，啥时候开！, answer: 八点}}
"""
    assert problems(write_faq(name="one.yaml"), write_faq(other, "two.yaml")) == [
        "two.yaml 第 3 行：编号 bus-stop 与 one.yaml 第 8 行 重复",
        "two.yaml 第 4 行：问法「班车，啥时候开！」与 one.yaml 第 3 行 的相同",
    ]


def test_entries_of_one_topic_may_share_wordings(write_faq: WriteFaq) -> None:
    def file(name: str, region: str, entry_id: str) -> Path:
        head = HEAD.replace("全国", region)
        entry = f"{{id: {entry_id}, topic: 发车, question: 几点, answer: 七}}"
        return write_faq(f"{head}entries:\n- {entry}", name)

    home, away = file("a.yaml", "广西", "gx-1"), file("b.yaml", "山东", "sd-1")
    assert len(read_entries([home, away])) == 2
    again = file("c.yaml", "广西", "gx-2")
    [problem] = problems(home, again)
    assert "话题「发车」在广西2021里已有一条" in problem


def test_where_faq_files_are(tmp_path: Path, write_faq: WriteFaq) -> None:
    with pytest.raises(KnowledgeError, match="没有"):
        faq_paths(tmp_path)
    second, first = write_faq(name="b.yml"), write_faq(name="a.yaml")
    assert faq_paths(tmp_path) == [first, second]
    assert faq_paths(second) == [second]


_words = st.text("校车几点发走站abc12？！ ", min_size=1, max_size=8).filter(normalise)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_words, _words), min_size=1, max_size=6))
def test_reading_gives_back_what_was_written(
    write_faq: WriteFaq, pairs: list[tuple[str, str]]
) -> None:
    """任何问答写成文件都能读回；只有问法相同的才报错。"""
    entries = [
        {"id": f"e-{index}", "question": question, "answer": answer}
        for index, (question, answer) in enumerate(pairs)
    ]
    source = {"title": "甲", "short": "甲", "region": "全国", "year": 2021}
    text = yaml.safe_dump({"source": source, "entries": entries}, allow_unicode=True)
    path = write_faq(text)
    distinct = len({normalise(question) for question, _ in pairs})
    if distinct < len(pairs):
        assert len(problems(path)) == len(pairs) - distinct
    else:
        read = [(entry.question, entry.answer) for entry in read_entries([path])]
        assert read == [(q.strip(), a.strip()) for q, a in pairs]


def test_shipped_knowledge_is_sound() -> None:
    assert check_all(PROJECT / "knowledge")[-1] == "没有发现问题。"


def test_regions_have_many_names(lexicon: Lexicon) -> None:
    assert lexicon.regions.find("柳州的学校几号截止") == "广西"
    assert lexicon.regions.find("几号截止") is None
    assert lexicon.regions.named(" 山东省 ") == "山东"
    assert lexicon.regions.named("山东的学校") is None
    assert lexicon.guides.of("湖南") == lexicon.guides.of(None)
    assert lexicon.guides.of("广西") != lexicon.guides.of("山东")
