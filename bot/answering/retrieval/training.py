"""用知识自己训练：轮流把几位作者的说法整个藏起来当作新问话，学排序与把关。"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from loguru import logger

from bot.knowledge.lexicon import Chatter
from bot.text import char_grams, fold, pinyin_grams

from .corpus import Unit, flatten
from .features import COUNT, UNTRAINED
from .fitting import Linear, fit_classifier, fit_logistic, fit_ranker
from .gates import EVIDENCE, LISTED, Gates, learn_domain, untrained_gates
from .index import Encoder, build_index, learn_encoder, learn_mixture
from .matcher import Matcher
from .sparse import Floats, Ints, unit_rows

ENGINE = "18"
"""算法版本，变了就重新训练。"""
GRAMMINGS = (char_grams, pinyin_grams)
FOLDS = 4
SAMPLE = 2400
"""排序与把关最多用这么多句来学。"""
SAMPLE_BUDGET = 800_000
"""句数 x 单元数的上限：单元很多时少练几句，免得索引迟迟不能用。"""
CANDIDATES = 40
"""学排序时每句只看得分最高的这些单元。"""
CLASSIFIER_LIMIT = 8_000_000
"""句数 x 单元数超过它就不训练分类器，以免索引迟迟不能用。"""

PRESENT_WEIGHTS = (1.0, 1.0, 0.2, 0.8, 0.2)
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
    """一折练习：藏起一部分说法练成的检索器，拿藏起来的问它。

    参数:
        matcher: 没见过这些说法的检索器
        texts: 藏起来的说法
        owners: 各属第几个单元
        features: 说法数 x 单元数 x 特征数
    """

    matcher: Matcher
    texts: list[str]
    owners: Ints
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
    texts, owners, _ = flatten(units)
    chars, pinyin = mixtures or learn_mixtures(texts)
    encoders = (
        learn_encoder(texts, char_grams, chars),
        learn_encoder(texts, pinyin_grams, pinyin),
    )
    del chars, pinyin, mixtures
    everyday = everyday_words(background)
    if not _can_practise(owners, len(units)):
        return _build(units, encoders, everyday, classify=False)
    classify = len(texts) * len(units) <= CLASSIFIER_LIMIT
    matcher = _build(units, encoders, everyday, classify=classify)
    drills = _drills(units, encoders, everyday, classify)
    features = np.concatenate([drill.features for drill in drills])
    truth = np.concatenate([drill.owners for drill in drills])
    quick = _learn_ranking(features[:, :, :-1], truth)
    full = _learn_ranking(features, truth) if classify else quick
    del features
    matcher = replace(matcher, full=full, quick=quick)
    drills = [
        replace(drill, matcher=replace(drill.matcher, full=full, quick=quick))
        for drill in drills
    ]
    _progress(85, "什么时候不该回答")
    return replace(matcher, gates=_learn_gates(matcher, drills, background))


def learn_mixtures(texts: Sequence[str]) -> list[Floats]:
    """字组的与拼音的潜在语义。"""
    learnt: list[Floats] = []
    steps = ((5, "问法的远近，按字"), (20, "问法的远近，按拼音"))
    for (percent, step), gramming in zip(steps, GRAMMINGS, strict=True):
        _progress(percent, step)
        learnt.append(learn_mixture(texts, gramming))
    return learnt


def everyday_words(background: Chatter) -> list[str]:
    """折叠后的日常的话。"""
    return [fold(text) for text in (*background.chatter, *background.everyday)]


def _progress(percent: int, step: str) -> None:
    logger.info("学习 {}%：{}", percent, step)


def _build(
    units: Sequence[Unit],
    encoders: tuple[Encoder, Encoder],
    everyday: Sequence[str],
    *,
    classify: bool,
) -> Matcher:
    """索引与分类器；排序与把关用现成的权重。"""
    texts, owners, firsts = flatten(units)
    count = len(units)
    chars, pinyin = (build_index(encoder, texts, owners, count) for encoder in encoders)
    classifier = None
    if classify:
        classifier = fit_classifier(unit_rows(chars.points()), owners, count)
    gates = untrained_gates(learn_domain(texts, everyday))
    return Matcher(
        tuple(units), (chars, pinyin), firsts, classifier, UNTRAINED, UNTRAINED, gates
    )


def _can_practise(owners: Ints, count: int) -> bool:
    sizes = np.bincount(owners, minlength=count)
    return count >= FEWEST_UNITS and int(sizes[sizes > 1].sum()) >= FEWEST_STRINGS


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


def _drills(
    units: Sequence[Unit],
    encoders: tuple[Encoder, Encoder],
    everyday: Sequence[str],
    classify: bool,
) -> list[Drill]:
    """逐折藏起来练，再拿藏起来的问。"""
    texts, owners, firsts = flatten(units)
    folds = _folds(units)
    eligible = np.flatnonzero(folds >= 0)
    if len(eligible) > _sample(len(units)):
        random = np.random.default_rng(0)
        eligible = random.choice(eligible, _sample(len(units)), replace=False)
    drills: list[Drill] = []
    for fold_number in range(FOLDS):
        rows = np.sort(eligible[folds[eligible] == fold_number])
        if not len(rows):
            continue
        _progress(
            40 + 10 * fold_number, f"藏起一部分说法来练习，第 {fold_number + 1} 遍"
        )
        seen = [
            replace(unit, texts=_others(unit, folds[first:], fold_number))
            for unit, first in zip(units, firsts, strict=True)
        ]
        matcher = _build(seen, encoders, everyday, classify=classify)
        asked = [texts[row] for row in rows]
        features = np.zeros((len(rows), len(units), COUNT), dtype=np.float32)
        for i, text in enumerate(asked):
            features[i] = matcher.features(text, encoders[0].ask(text))[0]
        drills.append(Drill(_spared(matcher), asked, owners[rows], features))
    return drills


def _spared(matcher: Matcher) -> Matcher:
    """特征已经算好，往后只看字组；别的占的内存还回去。"""
    chars = matcher.indexes[0].spared()
    domain = matcher.gates.domain.learnt()
    gates = replace(matcher.gates, domain=domain)
    return replace(matcher, indexes=(chars, chars), gates=gates)


def _others(unit: Unit, folds: Ints, hidden: int) -> tuple[str, ...]:
    """单元里这一折没有藏起来的说法。"""
    return tuple(t for t, f in zip(unit.texts, folds, strict=False) if f != hidden)


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
    matcher: Matcher, drills: Sequence[Drill], background: Chatter
) -> Gates:
    asked, places = _drilled(drills)
    missing, _ = _drilled(drills, hide=True)
    others = _background_evidence(matcher, background.other_questions, counted=False)
    # 每隔几句取一句就够校准，省下一半时间
    idle = _background_evidence(matcher, background.chatter[::3], counted=True)
    near = _unlike_evidence(matcher)
    kinds = (asked, missing, near, others, idle)
    ours = _fit(kinds, (1, 1, 1, 0, 0), (1, 1, 0, 1, 1))
    present = _fit(kinds, (places == 0, 0, 0, 0, 0), PRESENT_WEIGHTS)
    listed = _fit(kinds, (places < LISTED, 0, 0, 0, 0), PRESENT_WEIGHTS)
    clear = _fit(kinds, (places == 0, 0, 0, 0, 0), CLEAR_WEIGHTS)
    floor = float(np.quantile(asked[:, -1], FAR_QUANTILE))
    domain = matcher.gates.domain.learnt()
    return Gates(domain, ours, present, listed, clear, floor)


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


def _drilled(drills: Sequence[Drill], *, hide: bool = False) -> tuple[Floats, Ints]:
    """练习题的证据，及真单元排第几（从 0 数起）；`hide` 时把真单元也藏起来。"""
    facts: list[Floats] = []
    places: list[int] = []
    for drill in drills:
        matcher, index = drill.matcher, drill.matcher.indexes[0]
        rows = zip(drill.texts, drill.owners.tolist(), drill.features, strict=True)
        for text, owner, features in rows:
            scores = matcher.score(features)
            places.append(int((scores > scores[owner]).sum()))
            if hide:
                scores[owner] = -np.inf
            asked = index.encoder.ask(text)
            similarity = index.by_gram.gather(asked.grams, index.encoder.weights(asked))
            hidden = owner if hide else None
            facts.append(
                matcher.facts(text, asked, scores, features, similarity, hidden)
            )
    return np.stack(facts), np.array(places)


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
    matcher: Matcher, sentences: Sequence[str], *, counted: bool
) -> Floats:
    """不该回答的话的证据；`counted` 表示它们在日常语料里，算用字时要减去自己。"""
    facts: list[Floats] = []
    step = -(-len(sentences) // _sample(len(matcher.units)))
    for sentence in sentences[::step]:
        fact = matcher.rank(sentence, 1).facts.copy()
        if counted:
            fact[-1] = matcher.gates.domain.score_held_out(fold(sentence))
        facts.append(fact)
    return np.stack(facts)
