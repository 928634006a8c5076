"""命令行：ask、check、evaluate。"""

import asyncio
import json
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.assistant import Assistant

from .conftest import PROJECT, SAMPLE

KEYS = {"n", "top1", "top3", "answered", "wrong", "refused", "p50_ms", "p99_ms"}
QUESTIONS = (
    "question\texpected\tregion\n"
    "校车几点发车？\tbus-start\t\n"
    "校车停在哪里\tbus-stop|bus-start\t广西\n"
    "校车停在哪里？\t没有这条\t\n"
    "今天天气怎么样\t\t\n"
)


@pytest.fixture(autouse=True)
def environ(
    monkeypatch: pytest.MonkeyPatch, shipped: Assistant, tmp_path: Path
) -> None:
    """用训练好的缓存与随项目发布的知识。"""
    monkeypatch.setenv("DATA_DIR", str(shipped.settings.data_dir))
    monkeypatch.setenv("KNOWLEDGE_DIR", str(PROJECT / "knowledge"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'cli.db'}")


async def run(*arguments: str) -> int:
    """另起一个线程执行，它有自己的事件循环。"""
    return await asyncio.to_thread(main, arguments)


async def test_ask(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run("ask", "申报什么时候截止？", "--region", "山东") == 0
    output = capsys.readouterr().out
    assert "12月20日" in output
    assert "山东2022通知" in output
    assert "裁决" not in output


async def test_regions_may_be_named_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run("ask", "申报什么时候截止？", "--region", "山东省") == 0
    assert "12月20日" in capsys.readouterr().out
    assert await run("ask", "申报什么时候截止？", "--region", "火星") == 1
    assert "认不出地区：火星" in capsys.readouterr().err


async def test_ask_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run("ask", "360浏览器打不开申报平台怎么办", "--explain") == 0
    output = capsys.readouterr().out
    assert "裁决：回答" in output
    assert "gx21-browser-360" in output
    assert "像本领域的程度" in output


async def test_ask_nonsense(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run("ask", "今天中午吃什么") == 0
    assert "答不了" in capsys.readouterr().out


async def test_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run("check") == 0
    assert "没有发现问题" in capsys.readouterr().out


async def test_check_tells_every_problem(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "a.yaml").write_text("甲: 乙\n", "utf-8")
    monkeypatch.setenv("KNOWLEDGE_DIR", str(tmp_path))
    assert await run("check") == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.splitlines()
    assert {line.split(" ")[0].rstrip("：") for line in lines} >= {"a.yaml"}
    assert any("chatter.yaml" in line for line in lines)


@pytest.fixture
def faq(tmp_path: Path) -> Path:
    """一份很小的知识。"""
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "a.yaml").write_text(SAMPLE, "utf-8")
    return folder


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """关于小知识的四道题。"""
    path = tmp_path / "questions.tsv"
    path.write_text(QUESTIONS, "utf-8")
    return path


async def test_evaluate_on_any_file(
    capsys: pytest.CaptureFixture[str], faq: Path, questions: Path
) -> None:
    arguments = ("evaluate", str(questions), "--faq", str(faq / "a.yaml"))
    assert await run(*arguments, "--json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures.keys() >= KEYS
    assert figures["n"] == 4
    assert figures["top1"] == pytest.approx(2 / 3, abs=1e-3)
    assert figures["top3"] == pytest.approx(2 / 3, abs=1e-3)
    assert figures["answered"] == 0.75
    assert figures["wrong"] == 0.25
    assert figures["refused"] == 0.25
    assert 0 < figures["p50_ms"] <= figures["p99_ms"]
    assert await run("evaluate", str(questions), "--faq", str(faq)) == 0
    table = capsys.readouterr().out
    assert all(key in table for key in KEYS)


async def test_evaluate_the_shipped_knowledge(
    capsys: pytest.CaptureFixture[str], questions: Path
) -> None:
    path = questions.with_name("own.tsv")
    path.write_text(
        "question\texpected\n360浏览器打不开申报平台怎么办\tgx21-browser-360\n", "utf-8"
    )
    assert await run("evaluate", str(path), "--json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["top1"], figures["answered"], figures["wrong"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("content", "reason"),
    [("问题\t答案\n", "question 和 expected"), ("question\texpected\n", "空的")],
)
async def test_unusable_questions(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str, reason: str
) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text(content, "utf-8")
    assert await run("evaluate", str(path)) == 1
    assert reason in capsys.readouterr().err
    assert await run("evaluate", str(tmp_path / "没有.tsv")) == 1
    assert "读不了问题集" in capsys.readouterr().err


async def test_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        await run("没有这个子命令")
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err
