"""端到端测试的舞台与问题。"""

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import yaml

from bot.answering import Outcome
from bot.answering.evaluation import read_questions
from bot.assistant import Assistant
from bot.settings import Settings
from plugins.sandbox.people import Protocol

from .process import PROJECT, AssistantProcess
from .stage import SUPERUSERS, Chat, Stage, opened

QUESTIONS = PROJECT / "tests" / "evaluation" / "questions.tsv"
MakeProcess = Callable[..., AssistantProcess]
_KEPT = {
    "gx21-browser-360", "gx21-apply-time", "sd22-windows", "mn20-time",
    "gx21-evidence-format", "mn20-evidence",
}  # fmt: skip
"""小知识里一定要有的条目；其余每六条留一条。"""


@pytest.fixture(scope="session")
def make_data(
    tmp_path_factory: pytest.TempPathFactory, prepared: Path, shipped: Assistant
) -> Callable[[], Path]:
    """造一个只有训练缓存的新数据目录。"""
    return lambda: _copy_cache(prepared, tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def make_process(make_data: Callable[[], Path]) -> MakeProcess:
    """造一个还没启动的助手进程，有自己的数据目录。"""

    def make(**settings: str) -> AssistantProcess:
        given = {"SUPERUSERS": SUPERUSERS} | settings
        return AssistantProcess(make_data(), PROJECT, **given)

    return make


@pytest.fixture(scope="module")
async def stage(make_process: MakeProcess) -> AsyncIterator[Stage]:
    """一个文件里的测试共用的舞台；不在这里教它，免得后台反复训练。

    用它的文件里只能有异步的测试：事件循环停久了，网关会因为不应心跳而断开。
    """
    async with opened(make_process()) as shared:
        await shared.appoint()
        yield shared


@pytest.fixture(params=list(Protocol))
def chat(request: pytest.FixtureRequest, stage: Stage) -> Chat:
    """一个没绑定地区的新群，QQ 与微信各试一遍。"""
    return stage.group(request.param)


# 教它一次，后台就要重新训练一次。教学的测试用小一些的知识，训练只要一两秒。


@pytest.fixture(scope="session")
def small_knowledge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """真实知识，只是常见问题与闲聊语料少一些。"""
    folder = tmp_path_factory.mktemp("small") / "knowledge"
    skipped = shutil.ignore_patterns("phrasings")
    shutil.copytree(PROJECT / "knowledge", folder, ignore=skipped)
    for path in (folder / "faq").glob("*.yaml"):
        content = yaml.safe_load(path.read_text("utf-8"))
        content["entries"] = [
            entry
            for index, entry in enumerate(content["entries"])
            if index % 6 == 0 or entry["id"] in _KEPT
        ]
        _dump(content, path)
    chatter = folder / "lexicon" / "chatter.yaml"
    content = yaml.safe_load(chatter.read_text("utf-8"))
    _dump({kind: texts[::10] for kind, texts in content.items()}, chatter)
    return folder


@pytest.fixture(scope="session")
async def small(
    tmp_path_factory: pytest.TempPathFactory, small_knowledge: Path
) -> AsyncIterator[Assistant]:
    """装好小知识的助手。"""
    data = tmp_path_factory.mktemp("small-data")
    assistant = await Assistant.open(
        Settings(data_dir=data, knowledge_dir=small_knowledge)
    )
    yield assistant
    await assistant.close()


@pytest.fixture(scope="session")
def make_small_process(
    tmp_path_factory: pytest.TempPathFactory, small: Assistant
) -> MakeProcess:
    """造一个还没启动的、用小知识的助手进程。"""
    settings = {
        "SUPERUSERS": SUPERUSERS,
        "KNOWLEDGE_DIR": str(small.settings.knowledge_dir),
    }

    def make(folder: Path = PROJECT, **more: str) -> AssistantProcess:
        data = _copy_cache(small.settings.data_dir, tmp_path_factory.mktemp("data"))
        return AssistantProcess(data, folder, **settings | more)

    return make


@pytest.fixture(scope="session")
def unknown_questions(small: Assistant) -> list[str]:
    """本领域里、小知识中没有答案的问题。"""
    conversation = small.conversation
    found: list[str] = []
    for item in read_questions(QUESTIONS):
        question = conversation.pose(item.text, None)
        decision = conversation.arbiter.decide(question, addressed=True)
        if decision.outcome is Outcome.UNKNOWN and question.region is None:
            found.append(item.text)
    return found


def _copy_cache(source: Path, data: Path) -> Path:
    shutil.copytree(source / "cache", data / "cache")
    return data


def _dump(content: object, path: Path) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
