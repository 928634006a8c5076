"""文件库：只导入一批文件，外人的问题由原文答对多少，一问要多久。

用法：python -m benchmarks.documents 文件夹 问题.jsonl
问题一行一个：{"text": …, "region": …, "must": [正则…], "must_not": [正则…]}。
"""

import asyncio
import json
import re
import sys
import tempfile
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bot.answering import Near, Question
from bot.assistant import Assistant
from bot.documents import CONSOLE, Library, Relating
from bot.errors import AssistantError
from bot.settings import Settings

SHOWN = 3


def main(arguments: Sequence[str] = ()) -> None:
    """量一遍。"""
    if len(arguments) != 2:
        print("用法：python -m benchmarks.documents 文件夹 问题.jsonl", file=sys.stderr)
        return
    folder, questions = map(Path, arguments)
    lines = questions.read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    asyncio.run(_measure(sorted(folder.iterdir()), rows))


async def _measure(paths: Sequence[Path], rows: Sequence[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as data:
        assistant = await Assistant.open(Settings(data_dir=Path(data)))
        library = assistant.imports.library
        for path in paths:
            try:
                draft = await library.read(path)
                began = time.perf_counter()
                await assistant.imports.bring(draft, CONSOLE, None)
                print(f"{path.name}：{time.perf_counter() - began:.1f} 秒")
            except AssistantError as error:
                print(f"{path.name}：{error}")
        knowledge, asking = assistant.knowledge, assistant.faq.near
        _report("只靠字面", assistant, Relating(library, knowledge, _nothing), rows)
        bridged = Relating(library, knowledge, asking)
        _report("加上知识的问法搭桥", assistant, bridged, rows)
        await assistant.close()


def _nothing(question: Question) -> Sequence[Near]:
    return ()


def _report(
    name: str,
    assistant: Assistant,
    relating: Relating,
    rows: Sequence[dict[str, Any]],
) -> None:
    library = assistant.imports.library
    first = among = 0
    spent: list[float] = []
    for row in rows:
        question = assistant.conversation.pose(row["text"], row.get("region"))
        began = time.perf_counter()
        texts = _found(library, relating, question)
        spent.append((time.perf_counter() - began) * 1000)
        right = [_is_right(text, row) for text in texts]
        first += bool(right and right[0])
        among += any(right)
    print(
        f"{name}：{len(rows)} 问，第一段对 {first / len(rows):.1%}，"
        f"前三段有对的 {among / len(rows):.1%}，一问中位 {median(spent):.1f} 毫秒"
    )


def _found(library: Library, relating: Relating, question: Question) -> list[str]:
    documents = {one.number for one in library.covering(question.region)}
    found = relating.of(question, documents, SHOWN)
    return [library.passages[one.number].text for one in found]


def _is_right(text: str, row: dict[str, Any]) -> bool:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    wrong = any(re.search(pattern, plain) for pattern in row.get("must_not", ()))
    return not wrong and all(re.search(pattern, plain) for pattern in row["must"])


if __name__ == "__main__":
    main(sys.argv[1:])
