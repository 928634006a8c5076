"""用知识自己训练：轮流把一部分说法藏起来当作新问话，学排序与把关。"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from loguru import logger

from bot.knowledge.lexicon import Chatter
from bot.text import char_grams, fold, pinyin_grams

from .corpus import Unit
from .features import COUNT, UNTRAINED, leave_one_out
from .fitting import Linear, fit_classifier, fit_logistic, fit_ranker, sigmoid
from .gates import (
    EVIDENCE,
    LISTED,
    Domain,
    Found,
    Gates,
    evidence,
    learn_domain,
    untrained_gates,
)
from .index import (
    Asked,
    Index,
    build_index,
    group_means,
    learn_encoder,
    learn_mixture,
    whitening,
)
from .matcher import Matcher, flatten
from .sparse import Floats, Ints, unit_rows

ENGINE = "11"
"""算法版本，变了就重新训练。"""
GRAMMINGS = (char_grams, pinyin_grams)
FOLDS = 4
SAMPLE = 1500
"""排序与把关最多用这么多句来学。"""
SAMPLE_BUDGET = 800_000
"""句数 x 单元数的上限：单元很多时少练几句，免得索引迟迟不能用。"""
CANDIDATES = 40
"""学排序时每句只看得分最高的这些单元。"""
CLASSIFIER_LIMIT = 4_000_000
"""句数 x 单元数超过它就不训练分类器，以免索引迟迟不能用。"""

MAX_FALSE = 0.15
"""答案不在知识里时，被误答的比例上限（在藏起整条的练习里）。"""
MIN_CHANCE = 0.48
"""直接回答所需的最低把握。"""
PRESENT_WEIGHTS = (1.0, 0.5, 0.25, 0.5, 0.25)
CLEAR_WEIGHTS = (1.0, 1.0, 0.0, 0.5, 4.0)
"""学“答案在不在”与“该不该开口”时，各类练习题的份量：
各种说法、藏起整条的、知识里写明不该答的、别的事情的提问、闲聊。"""
FEWEST_UNITS = 3
FEWEST_STRINGS = 12
"""少于这么多单元、这么多有伴的说法，就不够拿来练。"""
FAR_QUANTILE = 0.005
"""用字门槛：本领域的说法里最不像本领域的这一部分之下，才直接放弃。"""


@dataclass(frozen=True, slots=True)
class Drill:
    """练习题：哪些句子、它们的特征（句数 x 单元数 x 特征数）。"""

    strings: Ints
    features: Floats


def train(
    units: Sequence[Unit], background: Chatter, mixtures: Sequence[Floats] = ()
) -> Matcher:
    """训练检索器。

    参数:
        units: 检索单元，至少一个；太少、或都只有一种说法的，不够练，用现成的权重
        background: 不该回答的话
        mixtures: 已经学好的潜在语义（字组的、拼音的）；不给就学
    """
    texts, owners, firsts = flatten(units)
    count = len(units)
    chars, pinyin = (
        build_index(learn_encoder(texts, gramming, mixture), texts, owners, count)
        for gramming, mixture in zip(
            GRAMMINGS, mixtures or learn_mixtures(texts), strict=True
        )
    )
    indexes = (chars, pinyin)
    domain = domain_of(texts, background)
    easy = untrained_gates(domain)
    bare = Matcher(tuple(units), indexes, firsts, None, UNTRAINED, UNTRAINED, easy)
    if not _can_practise(owners, count):
        return bare
    classify = len(texts) * count <= CLASSIFIER_LIMIT
    drill = _drill(indexes, texts, owners, firsts, classify)
    truth = owners[drill.strings]
    quick = _learn_ranking(drill.features[:, :, :-1], truth)
    matcher = replace(bare, full=quick, quick=quick)
    if classify:
        matcher = replace(
            matcher,
            full=_learn_ranking(drill.features, truth),
            classifier=fit_classifier(unit_rows(chars.points), owners, count),
        )
    _progress(85, "什么时候不该回答")
    gates = _learn_gates(matcher, texts, owners, drill, background)
    return replace(matcher, gates=gates)


def learn_mixtures(texts: Sequence[str]) -> list[Floats]:
    """字组的与拼音的潜在语义。"""
    learnt: list[Floats] = []
    steps = ((5, "问法的远近，按字"), (20, "问法的远近，按拼音"))
    for (percent, step), gramming in zip(steps, GRAMMINGS, strict=True):
        _progress(percent, step)
        learnt.append(learn_mixture(texts, gramming))
    return learnt


def domain_of(texts: list[str], background: Chatter) -> Domain:
    """本领域的用字。"""
    everyday = [fold(t) for t in (*background.chatter, *background.everyday)]
    return learn_domain(texts, everyday)


def _progress(percent: int, step: str) -> None:
    logger.info("学习 {}%：{}", percent, step)


def _can_practise(owners: Ints, count: int) -> bool:
    sizes = np.bincount(owners, minlength=count)
    return count >= FEWEST_UNITS and int(sizes[sizes > 1].sum()) >= FEWEST_STRINGS


def _sample(count: int) -> int:
    """有这么多单元时，练习题用多少句。"""
    return min(SAMPLE, max(1, SAMPLE_BUDGET // count))


def _drill(
    indexes: tuple[Index, Index],
    texts: list[str],
    owners: Ints,
    firsts: Ints,
    classify: bool,
) -> Drill:
    random = np.random.default_rng(0)
    count = len(firsts)
    sizes = np.bincount(owners, minlength=count)
    eligible = np.flatnonzero(sizes[owners] > 1)
    if len(eligible) > _sample(count):
        eligible = np.sort(random.choice(eligible, _sample(count), replace=False))
    parts = np.array([i - firsts[o] for i, o in enumerate(owners)])
    parts = (parts + random.integers(0, FOLDS, count)[owners]) % FOLDS
    features = np.zeros((len(eligible), count, COUNT), dtype=np.float32)
    for i, index in enumerate(indexes):
        _progress(40 + 25 * i, f"藏起一部分说法来练习，第 {i + 1} 遍")
        _fill_held_out(index, owners, eligible, parts, features, i, classify and i == 0)
        for row, string in enumerate(eligible.tolist()):
            asked = index.encoder.ask(texts[string])
            features[row, :, 3 * i + 1], features[row, :, 3 * i + 2] = leave_one_out(
                index, string, int(owners[string]), asked, index.lengths, firsts
            )
    return Drill(eligible, features)


def _fill_held_out(
    index: Index,
    owners: Ints,
    eligible: Ints,
    parts: Ints,
    features: Floats,
    number: int,
    classify: bool,
) -> None:
    """各折轮流藏起，填白化余弦与分类器得分。"""
    count = features.shape[1]
    projected = index.strings.dot(index.encoder.basis)
    for part in range(FOLDS):
        seen = parts != part
        rows = np.flatnonzero(parts[eligible] == part)
        if not len(rows):
            continue
        whiten = whitening(projected[seen], owners[seen], count)
        points = projected @ whiten
        centres = unit_rows(group_means(points[seen], owners[seen], count))
        directions = unit_rows(points)
        held = directions[eligible[rows]]
        features[rows, :, 3 * number] = held @ centres.T
        if classify:
            weights = fit_classifier(directions[seen], owners[seen], count)
            features[rows, :, -1] = held @ weights[:-1] + weights[-1]


def _learn_ranking(features: Floats, truth: Ints) -> Linear:
    """只在最像的若干单元里学，省时省内存。"""
    rough = features.sum(axis=2) - features[:, :, -1] * (features.shape[2] == COUNT)
    rough[np.arange(len(truth)), truth] = np.inf
    width = min(CANDIDATES, features.shape[1])
    nearest = np.argpartition(-rough, width - 1, axis=1)[:, :width]
    picked = np.take_along_axis(features, nearest[:, :, None], axis=1)
    position = np.argmax(nearest == truth[:, None], axis=1)
    return fit_ranker(picked, position)


def _learn_gates(
    matcher: Matcher,
    texts: list[str],
    owners: Ints,
    drill: Drill,
    background: Chatter,
) -> Gates:
    domain = matcher.gates.domain
    asked, places = _held_out_evidence(matcher, texts, owners, drill, domain)
    missing, _ = _held_out_evidence(matcher, texts, owners, drill, domain, hide=True)
    others = _background_evidence(matcher, domain, background.other_questions, False)
    # 每隔几句取一句就够校准，省下一半时间
    idle = _background_evidence(matcher, domain, background.chatter[::3], True)
    near = _unlike_evidence(matcher)
    kinds = (asked, missing, near, others, idle)
    ours = _fit(kinds, (1, 1, 1, 0, 0), (1, 1, 0, 1, 1))
    present = _fit(kinds, (places == 0, 0, 0, 0, 0), PRESENT_WEIGHTS)
    listed = _fit(kinds, (places < LISTED, 0, 0, 0, 0), PRESENT_WEIGHTS)
    clear = _fit(kinds, (places == 0, 0, 0, 0, 0), CLEAR_WEIGHTS)
    answer = _threshold(sigmoid(present(missing)))
    floor = float(np.quantile(asked[:, -1], FAR_QUANTILE))
    return Gates(domain, ours, present, listed, clear, answer, floor)


def _fit(
    kinds: Sequence[Floats],
    labels: Sequence[np.ndarray | int],
    weights: Sequence[float],
) -> Linear:
    """几类练习题合起来学一道门；每类不论多少，合起来占给定的份量。"""
    known = [np.broadcast_to(v, len(k)) for v, k in zip(labels, kinds, strict=True)]
    shares = [
        np.full(len(k), weight / max(len(k), 1))
        for weight, k in zip(weights, kinds, strict=True)
    ]
    return fit_logistic(
        np.concatenate(kinds),
        np.concatenate(known).astype(np.float32),
        np.concatenate(shares).astype(np.float32),
    )


def _threshold(false_chances: Floats) -> float:
    """误答不超过上限的最低门槛。"""
    return max(MIN_CHANCE, float(np.quantile(false_chances, 1 - MAX_FALSE)))


def _held_out_evidence(
    matcher: Matcher,
    texts: list[str],
    owners: Ints,
    drill: Drill,
    domain: Domain,
    *,
    hide: bool = False,
) -> tuple[Floats, Ints]:
    """每句藏起自己（`hide` 时藏起整个单元）之后的证据，及真单元排第几（从 0 数起）。"""
    index = matcher.indexes[0]
    everywhere = np.bincount(index.strings.columns, minlength=index.strings.width)
    facts: list[Floats] = []
    places: list[int] = []
    for row, string in enumerate(drill.strings.tolist()):
        owner = int(owners[string])
        scores = matcher.score(drill.features[row])
        if hide:
            scores[owner] = -np.inf
        top = int(np.argmax(scores))
        asked = index.encoder.ask(texts[string])
        similarity = index.by_gram.gather(asked.grams, index.encoder.weights(asked))
        similarity[string] = 0
        first, size = int(matcher.firsts[top]), len(matcher.units[top].texts)
        best = first + int(np.argmax(similarity[first : first + size]))
        if hide:
            holders = (
                index.bm25.starts[asked.grams + 1] - index.bm25.starts[asked.grams]
            )
            known = holders > 1
        else:
            known = everywhere[asked.grams] > 1
        covering = index.entry_counts.row(top)[0]
        if top == owner:
            covering = _without(asked, *index.entry_counts.row(owner))
        found = Found(
            top, scores, drill.features[row, top], covering, known,
            index.strings.row(best),
        )  # fmt: skip
        like = domain.score_held_out(texts[string], ours=True)
        facts.append(evidence(index, asked, found, like))
        places.append(int((scores > scores[owner]).sum()))
    return np.stack(facts), np.array(places)


def _without(asked: Asked, columns: Ints, counts: Floats) -> Ints:
    """单元的字组里，去掉这一句之后还在的。"""
    left = dict(zip(columns.tolist(), counts.tolist(), strict=True))
    for gram, times in zip(asked.grams.tolist(), asked.counts.tolist(), strict=True):
        left[gram] -= times
    return np.array([gram for gram, times in left.items() if times > 0], dtype=int)


def _unlike_evidence(matcher: Matcher) -> Floats:
    """知识里写明“不该由它回答”的问法，而检索偏偏首选了它的，其证据。"""
    # 几处合答的不算：那里的“不该由它回答”可能只是说该由另一处答
    ranked = [
        (unit, matcher.rank(text, 1))
        for unit in matcher.units
        if len(unit.members) == 1
        for text in unit.unlike[:: -(-len(matcher.units) // SAMPLE)]
    ]
    facts = [r.facts for unit, r in ranked if r.hits[0].unit is unit]
    return np.stack(facts) if facts else np.zeros((0, len(EVIDENCE)), dtype=np.float32)


def _background_evidence(
    matcher: Matcher, domain: Domain, sentences: Sequence[str], counted: bool
) -> Floats:
    """不该回答的话的证据；`counted` 表示它们在日常语料里，算用字时要减去自己。"""
    facts: list[Floats] = []
    step = -(-len(sentences) // _sample(len(matcher.units)))
    for sentence in sentences[::step]:
        fact = matcher.rank(sentence, 1).facts.copy()
        if counted:
            fact[-1] = domain.score_held_out(fold(sentence), ours=False)
        facts.append(fact)
    return np.stack(facts)
