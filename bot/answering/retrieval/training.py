"""用知识自己训练：轮流把几位作者的说法整个藏起来当作新问话，学排序与把关。"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from loguru import logger

from bot.knowledge.lexicon import Chatter
from bot.text import char_grams, fold, pinyin_grams

from .corpus import Unit, flatten
from .drills import Drill, Kind, evidence_of, own, run_drills
from .features import ALIKE
from .fitting import Linear, fit_classifier, fit_logistic, fit_ranker
from .gates import LISTED, Gates, learn_domain, untrained_gates
from .index import Encoder, build_index, learn_encoder, learn_mixture
from .matcher import Matcher
from .prior import PRIOR, Learnt
from .sparse import Floats, Ints, unit_rows

ENGINE = "19"
"""算法版本，变了就重新训练。"""
GRAMMINGS = (char_grams, pinyin_grams)
CANDIDATES = 40
"""学排序时每句只看得分最高的这些单元。"""
CLASSIFIER_LIMIT = 8_000_000
"""句数 x 单元数超过它就不训练分类器，以免索引迟迟不能用。"""

PRESENT_WEIGHTS = (1.0, 1.55, 0.3, 1.2, 0.3)
CLEAR_WEIGHTS = (1.0, 1.2, 0.0, 0.6, 5.0)
"""学“答案在不在”与“该不该开口”时，各类练习题的份量：
各种说法、藏起整条的、知识里写明不该答的、别的事情的提问、闲聊。"""
FEWEST_UNITS = 3
FEWEST_STRINGS = 12
"""少于这么多单元、这么多有伴的说法，就不够拿来练。"""
FAR_QUANTILE = 0.005
"""用字门槛：本领域的说法里最不像本领域的这一部分之下，才直接放弃。"""


def train(
    units: Sequence[Unit],
    background: Chatter,
    mixtures: Sequence[Floats] = (),
    prior: Learnt = PRIOR,
) -> Matcher:
    """训练检索器。

    参数:
        units: 检索单元，至少一个；太少、或都只有一种说法的，不够练，用现成的权重
        background: 不该回答的话
        mixtures: 已经学好的潜在语义（字组的、拼音的）；不给就学
        prior: 排序与把关从哪里学起
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

    def build(seen: Sequence[Unit]) -> Matcher:
        return _build(seen, encoders, everyday, classify=classify)

    drills = run_drills(units, background, build, _practising)
    features, truth = own(drills)
    quick = _learn_ranking(features[:, :, :-1], truth, prior.get("quick"))
    full = _learn_ranking(features, truth, prior.get("full")) if classify else quick
    del features
    matcher = replace(matcher, full=full, quick=quick)
    drills = [
        replace(drill, matcher=replace(drill.matcher, full=full, quick=quick))
        for drill in drills
    ]
    _progress(85, "什么时候不该回答")
    return replace(matcher, gates=_learn_gates(matcher, drills, prior))


def rebuild(matcher: Matcher, units: Sequence[Unit], background: Chatter) -> Matcher:
    """词表、权重与把关沿用，索引、分类器与本领域的用字换成这批单元的。"""
    encoders = matcher.indexes[0].encoder, matcher.indexes[1].encoder
    classify = matcher.classifier is not None
    built = _build(units, encoders, everyday_words(background), classify=classify)
    gates = replace(matcher.gates, domain=built.gates.domain.learnt())
    return replace(built, full=matcher.full, quick=matcher.quick, gates=gates)


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


def _practising(number: int) -> None:
    _progress(40 + 10 * number, f"藏起一部分说法来练习，第 {number + 1} 遍")


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
        tuple(units),
        (chars, pinyin),
        firsts,
        classifier,
        PRIOR["full"],
        PRIOR["quick"],
        gates,
    )


def _can_practise(owners: Ints, count: int) -> bool:
    sizes = np.bincount(owners, minlength=count)
    return count >= FEWEST_UNITS and int(sizes[sizes > 1].sum()) >= FEWEST_STRINGS


def _learn_ranking(features: Floats, truth: Ints, prior: Linear | None) -> Linear:
    """只在最像的若干单元里学，省时省内存。"""
    rough = features[:, :, :ALIKE].sum(axis=2)
    rough[np.arange(len(truth)), truth] = np.inf
    width = min(CANDIDATES, features.shape[1])
    nearest = np.argpartition(-rough, width - 1, axis=1)[:, :width]
    picked = np.take_along_axis(features, nearest[:, :, None], axis=1)
    position = np.argmax(nearest == truth[:, None], axis=1)
    return fit_ranker(picked, position, prior)


def _learn_gates(matcher: Matcher, drills: Sequence[Drill], prior: Learnt) -> Gates:
    evidence = {kind: evidence_of(drills, kind) for kind in Kind}
    asked, places = evidence[Kind.OWN]
    missing, _ = evidence_of(drills, Kind.OWN, hide=True)
    near, astray = evidence[Kind.NEAR]
    # 检索本来就没有首选它的，不必学
    near = near[astray == 0]
    kinds = (asked, missing, near, evidence[Kind.OTHER][0], evidence[Kind.IDLE][0])
    first, near_top = (places == 0, 0, 0, 0, 0), (places < LISTED, 0, 0, 0, 0)
    ours = _fit(kinds, (1, 1, 1, 0, 0), (1, 1, 0, 1, 1), prior.get("ours"))
    present = _fit(kinds, first, PRESENT_WEIGHTS, prior.get("present"))
    listed = _fit(kinds, near_top, PRESENT_WEIGHTS, prior.get("listed"))
    clear = _fit(kinds, first, CLEAR_WEIGHTS, prior.get("clear"))
    floor = float(np.quantile(asked[:, -1], FAR_QUANTILE))
    domain = matcher.gates.domain.learnt()
    return Gates(domain, ours, present, listed, clear, floor)


def _fit(
    kinds: Sequence[Floats],
    labels: Sequence[np.ndarray | int],
    weights: Sequence[float],
    prior: Linear | None,
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
        prior,
        len(kinds[0]),
    )
