"""练习：轮流把几位作者的说法整个藏起来当作新问话，连同不该回答的话，问一遍。"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from bot.knowledge.lexicon import Chatter
from bot.text import Equivalents

from .corpus import Unit, flatten
from .features import ALIKE, COUNT, thinness
from .gates import EVIDENCE
from .matcher import Matcher
from .sparse import Floats, Ints

FOLDS = 4
SAMPLE = 2400
"""排序与把关最多用这么多句来学。"""
SAMPLE_BUDGET = 800_000
"""句数 x 单元数的上限：单元很多时少练几句，免得索引迟迟不能用。"""
THINNED = 0.3
"""练的时候，这么大一部分单元只留几种说法，学会不亏待刚教的。"""
THIN = (1, 1, 2, 3, 5, 8)
"""留几种：从中随机取。"""
THIN_WORTH = 6.0
"""问只有一种说法的单元，一句算这么多句：有人教，多半是有人在问。"""


class Kind(Enum):
    """练习题是哪一类。"""

    OWN = "知识里的说法，练的时候藏起来"
    NEAR = "知识里写明不该由某个单元回答的"
    OTHER = "别的事情的提问"
    IDLE = "闲聊"


@dataclass(frozen=True, slots=True)
class Problem:
    """一道练习题。

    参数:
        text: 折叠后的话
        owner: 第几个单元的；闲聊与别的事情为 -1
    """

    text: str
    owner: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Drill:
    """一折练习：藏起一部分说法练成的检索器，拿藏起来的与不该回答的问它。

    参数:
        matcher: 没见过这些说法的检索器
        problems: 练习题
        features: 题数 x 单元数 x 特征数
        domains: 各题像本领域的程度
    """

    matcher: Matcher
    problems: list[Problem]
    features: Floats
    domains: list[float]


def run_drills(
    units: Sequence[Unit],
    background: Chatter,
    equivalents: Equivalents,
    build: Callable[[Sequence[Unit]], Matcher],
    progress: Callable[[int], None],
) -> list[Drill]:
    """逐折藏起来练，再拿藏起来的与不该回答的问。

    参数:
        build: 由看得见的单元建检索器
        progress: 开始第几折时知会
    """
    texts, owners, firsts = flatten(units)
    folds = _folds(units)
    eligible = np.flatnonzero(folds >= 0)
    if len(eligible) > _sample(len(units)):
        random = np.random.default_rng(0)
        eligible = random.choice(eligible, _sample(len(units)), replace=False)
    others = _others_problems(units, background, equivalents)
    drills: list[Drill] = []
    for fold_number in range(FOLDS):
        rows = np.sort(eligible[folds[eligible] == fold_number])
        if not len(rows):
            continue
        progress(fold_number)
        kept = _kept(len(units), fold_number)
        seen = [
            replace(unit, texts=_others(unit, folds[first:], fold_number)[:most])
            for unit, first, most in zip(units, firsts, kept, strict=True)
        ]
        matcher = build(seen)
        own = [Problem(texts[row], int(owners[row]), Kind.OWN) for row in rows]
        drills.append(_ask(matcher, [*own, *others[fold_number::FOLDS]]))
    return drills


def _sample(count: int) -> int:
    """有这么多单元时，练习题用多少句。"""
    return min(SAMPLE, max(1, SAMPLE_BUDGET // count))


def _folds(units: Sequence[Unit]) -> Ints:
    """各句在第几折藏起来：同一位作者的都在一折；单元里都在一折的，拆开来藏。

    只有一种说法的单元从不藏起来，为 -1。
    """
    written = Counter(author for unit in units for author in unit.authors)
    place = {author: i % FOLDS for i, (author, _) in enumerate(written.most_common())}
    random = np.random.default_rng(0)
    folds: list[int] = []
    for unit in units:
        own = [place[author] for author in unit.authors]
        if len(unit.texts) == 1:
            own = [-1]
        elif len(set(own)) < 2:
            first = int(random.integers(FOLDS))
            own = [(first + i) % FOLDS for i in range(len(unit.texts))]
        folds += own
    return np.array(folds)


def _ask(matcher: Matcher, problems: list[Problem]) -> Drill:
    """把练习题问一遍；往后只看字组，别的占的内存还回去。"""
    chars, _ = matcher.indexes
    domain = matcher.gates.domain
    features = np.zeros((len(problems), len(matcher.units), COUNT), dtype=np.float32)
    for i, problem in enumerate(problems):
        features[i] = matcher.features(problem.text, chars.encoder.ask(problem.text))[0]
    # 闲聊就在日常语料里，算用字时要减去它自己
    domains = [
        domain.score(problem.text, hidden=problem.kind is Kind.IDLE)
        for problem in problems
    ]
    kept = chars.spared()
    spared = replace(matcher, indexes=(kept, kept))
    return Drill(spared, problems, features, domains)


def _others_problems(
    units: Sequence[Unit], background: Chatter, equivalents: Equivalents
) -> list[Problem]:
    """不该回答的练习题；太多的每隔几句取一句。"""
    # 几处合答的不算：那里的“不该由它回答”可能只是说该由另一处答
    near = [
        Problem(text, number, Kind.NEAR)
        for number, unit in enumerate(units)
        if len(unit.members) == 1
        for text in unit.unlike[:: -(-len(units) // SAMPLE)]
    ]
    # 闲聊每隔几句取一句就够校准，省下一半时间
    kinds = (
        (Kind.OTHER, background.other_questions),
        (Kind.IDLE, background.chatter[::3]),
    )
    found = near
    for kind, sentences in kinds:
        step = -(-len(sentences) // _sample(len(units)))
        found += [
            Problem(equivalents.fold(text), -1, kind) for text in sentences[::step]
        ]
    return found


def own(drills: Sequence[Drill]) -> tuple[Floats, Ints, Floats]:
    """藏起来的说法的特征，各属第几个单元，各算几句。"""
    features: list[Floats] = []
    truth: list[int] = []
    for drill in drills:
        owners = [p.owner for p in drill.problems if p.kind is Kind.OWN]
        features.append(drill.features[: len(owners)])
        truth += owners
    together, owners = np.concatenate(features), np.array(truth)
    sizes = together[np.arange(len(owners)), owners, ALIKE]
    return together, owners, THIN_WORTH ** thinness(sizes)


def _others(unit: Unit, folds: Ints, hidden: int) -> tuple[str, ...]:
    """单元里这一折没有藏起来的说法。"""
    return tuple(t for t, f in zip(unit.texts, folds, strict=False) if f != hidden)


def _kept(count: int, fold_number: int) -> list[int | None]:
    """这一折里各单元最多留几种说法；多数全留。"""
    random = np.random.default_rng(fold_number)
    thinned = random.random(count) < THINNED
    sizes = random.choice(THIN, count)
    return [int(n) if thin else None for thin, n in zip(thinned, sizes, strict=True)]


def evidence_of(
    drills: Sequence[Drill], kind: Kind, *, hide: bool = False
) -> tuple[Floats, Ints]:
    """一类练习题的证据，及所属单元排第几（从 0 数起）；`hide` 时把那个单元也藏起来。"""
    facts: list[Floats] = []
    places: list[int] = []
    for drill in drills:
        matcher, index = drill.matcher, drill.matcher.indexes[0]
        rows = zip(drill.problems, drill.features, drill.domains, strict=True)
        for problem, features, domain in rows:
            if problem.kind is not kind:
                continue
            scores = matcher.score(features)
            places.append(int((scores > scores[problem.owner]).sum()))
            if hide:
                scores[problem.owner] = -np.inf
            asked = index.encoder.ask(problem.text)
            similarity = index.by_gram.gather(asked.grams, index.encoder.weights(asked))
            hidden = problem.owner if hide else None
            facts.append(
                matcher.facts(asked, scores, features, similarity, domain, hidden)
            )
    if not facts:
        return np.zeros((0, len(EVIDENCE)), dtype=np.float32), np.zeros(0, dtype=int)
    return np.stack(facts), np.array(places)
