"""ask、check、evaluate：不开服务器就能问、查、评。"""

import argparse
import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.answering import (
    LEARNT,
    LEARNT_CONFIDENCE,
    PRIOR_FILE,
    Arbiter,
    Calibrator,
    FaqSource,
)
from bot.answering.evaluation import (
    EvaluationQuestion,
    Report,
    evaluate,
    read_questions,
)
from bot.answering.explaining import explain
from bot.answering.strangers import leave_author_out
from bot.assistant import Assistant, cache_folder
from bot.checking import check_all
from bot.errors import AssistantError
from bot.knowledge import Knowledge, Lexicon
from bot.learning import learn_confidence
from bot.orders import (
    LEARNT_CLASSES,
    LEARNT_ORDERS,
    LEARNT_REACTIONS,
    Hearing,
    Responses,
)
from bot.settings import Settings, load_settings

_PARTS = _EVERYTHING, _ORDERS, _CONFIDENCE, _PRIOR = (
    "all", "orders", "confidence", "prior",
)  # fmt: skip


def register(subparsers: Any) -> None:
    """登记子命令。"""
    ask = subparsers.add_parser("ask", help="问一句，如 ask 佐证材料什么格式")
    ask.add_argument("question", nargs="+", help="问题")
    ask.add_argument("--region", help="当作哪个地区的群在问")
    ask.add_argument("--explain", action="store_true", help="说明为什么这样答")
    ask.set_defaults(handler=lambda arguments: asyncio.run(_ask(arguments)))
    check = subparsers.add_parser("check", help="检查全部知识文件")
    check.set_defaults(handler=_check)
    learn = subparsers.add_parser("learn", help="学好知识，存进知识文件夹，随程序带着")
    learn.add_argument(
        "what",
        nargs="?",
        choices=_PARTS,
        default=_EVERYTHING,
        help="prior 只从零学排序与把关，存作知识少时的起点（改了引擎以后，先于别的）",
    )
    learn.set_defaults(handler=_learn_what)
    judge = subparsers.add_parser("evaluate", help="用一份问题集评测")
    judge.add_argument(
        "questions", type=Path, nargs="?", help="TSV：question、expected 两列"
    )
    judge.add_argument(
        "--leave-author-out",
        action="store_true",
        help="不用问题集：逐位藏起问法的作者，学一遍，再用他的问法问",
    )
    judge.add_argument("--faq", type=Path, help="只用这个文件或文件夹里的知识")
    judge.add_argument("--json", action="store_true", help="输出一个 JSON 对象")
    judge.set_defaults(handler=lambda arguments: asyncio.run(_evaluate(arguments)))


async def _ask(arguments: argparse.Namespace) -> int:
    assistant = await Assistant.open(load_settings())
    try:
        conversation = assistant.conversation
        region = _region(arguments.region, assistant.lexicon)
        question = conversation.pose(" ".join(arguments.question), region)
        decided = conversation.arbiter.decide(question, addressed=True)
        considered = await conversation.consider(question, decided)
        print(conversation.say(question, considered.decision))
        if arguments.explain:
            told = considered.decision, considered.note
            print(explain(assistant.faq.matcher, question, *told))
        return 0
    finally:
        await assistant.close()


def _learn_what(arguments: argparse.Namespace) -> int:
    if arguments.what == _PRIOR:
        return asyncio.run(_learn(prior=True))
    if arguments.what == _EVERYTHING:
        asyncio.run(_learn())
    if arguments.what in (_EVERYTHING, _CONFIDENCE):
        asyncio.run(_learn_confidence())
    if arguments.what in (_EVERYTHING, _ORDERS):
        asyncio.run(_learn_orders())
    return 0


async def _learn(*, prior: bool = False) -> int:
    settings = load_settings()
    files = settings.knowledge_dir
    knowledge = Knowledge(None, files / "faq")
    await knowledge.load()
    source = FaqSource(knowledge, Lexicon(files / "lexicon"), cache_folder(settings))
    path = PRIOR_FILE if prior else files / LEARNT
    learn = source.learn_prior if prior else source.learn
    try:
        await asyncio.to_thread(learn, path)
    except OSError as error:
        raise AssistantError(f"写不了 {path}：{error.strerror}") from error
    print(f"学好了，存在 {path}（{path.stat().st_size / 1e6:.3g} MB）。")
    return 0


async def _learn_confidence() -> None:
    try:
        path = await learn_confidence(load_settings())
    except OSError as error:
        raise AssistantError(f"写不了学好的把握：{error.strerror}") from error
    print(f"学好了，存在 {path}。")


async def _learn_orders() -> int:
    settings = load_settings()
    files = settings.knowledge_dir
    knowledge, lexicon = Knowledge(None, files / "faq"), Lexicon(files / "lexicon")
    await knowledge.load()
    learnt = LEARNT_ORDERS, LEARNT_CLASSES, LEARNT_REACTIONS
    orders, classes, reactions = (files / name for name in learnt)
    cache = cache_folder(settings)
    hearing = Hearing(lexicon.orders, lexicon.regions, cache, orders)
    try:
        hearing.learn(lexicon.chatter, knowledge.asked(), orders)
        hearing.learn_classes(lexicon.chatter, knowledge.asked(), classes)
        Responses.learn(lexicon.reactions, reactions)
    except OSError as error:
        raise AssistantError(f"写不了学好的：{error}") from error
    for path in (orders, classes, reactions):
        print(f"学好了，存在 {path}（{path.stat().st_size / 1e6:.1f} MB）。")
    return 0


def _region(written: str | None, lexicon: Lexicon) -> str | None:
    """地区的叫法 → 地区。

    异常:
        AssistantError: 认不出
    """
    if written is None:
        return None
    region = lexicon.regions.named(written)
    if region is None:
        raise AssistantError(f"认不出地区：{written}")
    return region


def _check(arguments: argparse.Namespace) -> int:
    print("\n".join(check_all(load_settings().knowledge_dir)))
    return 0


async def _evaluate(arguments: argparse.Namespace) -> int:
    settings = load_settings()
    if arguments.leave_author_out:
        return await _evaluate_strangers(arguments.faq, settings, arguments.json)
    if arguments.questions is None:
        raise AssistantError("要给一份问题集，或用 --leave-author-out")
    questions = read_questions(arguments.questions)
    if arguments.faq is not None:
        report = await _evaluate_alone(questions, arguments.faq, settings)
    else:
        assistant = await Assistant.open(settings)
        try:
            arbiter = assistant.conversation.arbiter
            report = evaluate(questions, arbiter, assistant.lexicon)
        finally:
            await assistant.close()
    print(json.dumps(report.figures()) if arguments.json else report.table())
    return 0


async def _evaluate_strangers(
    faq: Path | None, settings: Settings, as_json: bool
) -> int:
    """逐位作者藏起来评测，学好一位报一位。"""
    lexicon = Lexicon(settings.knowledge_dir / "lexicon")
    place = faq or settings.knowledge_dir / "faq"
    cache = cache_folder(settings) / "evaluate"
    weigh = Calibrator.load(settings.knowledge_dir / LEARNT_CONFIDENCE)
    async for author, report in leave_author_out(place, lexicon, cache, weigh):
        if as_json:
            print(json.dumps({"author": author, **report.figures()}))
        else:
            print(f"【没见过 {author}】\n{report.table()}")
    return 0


async def _evaluate_alone(
    questions: Sequence[EvaluationQuestion], faq: Path, settings: Settings
) -> Report:
    """只用某个文件里的知识，不碰数据库。"""
    lexicon = Lexicon(settings.knowledge_dir / "lexicon")
    knowledge = Knowledge(None, faq, shared_wordings=True)
    await knowledge.load()
    # 缓存另放：别把自己的知识学过的挤掉
    source = FaqSource(knowledge, lexicon, cache_folder(settings) / "evaluate")
    await source.prepare()
    try:
        weigh = Calibrator.load(settings.knowledge_dir / LEARNT_CONFIDENCE)
        return evaluate(questions, Arbiter([source], weigh), lexicon)
    finally:
        await source.close()
