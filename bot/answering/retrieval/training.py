"""用知识自己训练：轮流把几位作者的说法整个藏起来当作新问话，学排序与把关。"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from loguru import logger

from bot.knowledge.lexicon import Chatter
from bot.text import Equivalents, char_grams, pinyin_grams

from .corpus import PLAIN, Unit, flatten
from .drills import Drill, Kind, evidence_of, own, run_drills
from .features import BENT, bent
from .fitting import Linear, fit_classifier, fit_logistic, fit_ranker
from .gates import LISTED, Gates, learn_domain, untrained_gates, weighed
from .index import Encoder, build_index, learn_basis, learn_encoder, learn_mixture
from .matcher import Matcher
from .prior import PRIOR, Learnt
from .sparse import Floats, Ints, unit_rows

ENGINE = "21"
"""算法版本，变了就重新训练。"""
GRAMMINGS = (char_grams, pinyin_grams)
CANDIDATES = 40
"""学排序时每句只看得分最高的这些单元。"""
ROUGH = 4
"""先学个大概，每这么多题取一题。"""
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
    equivalents: Equivalents = PLAIN,
) -> Matcher:
    """训练检索器。

    参数:
        units: 检索单元，至少一个；太少、或都只有一种说法的，不够练，用现成的权重
        background: 不该回答的话
        mixtures: 已经学好的潜在语义（字组的、拼音的）；不给就学
        prior: 排序与把关从哪里学起
        equivalents: 单元的说法是照它折叠的
    """
    texts, owners, _ = flatten(units)
    chars, pinyin = mixtures or learn_mixtures(texts)
    encoders = (
        learn_encoder(texts, char_grams, chars)[0],
        learn_encoder(texts, pinyin_grams, pinyin)[0],
    )
    everyday = everyday_words(background, equivalents)
    if not _can_practise(owners, len(units)):
        return _build(units, encoders, everyday, equivalents, classify=False)
    classify = len(texts) * len(units) <= CLASSIFIER_LIMIT
    matcher = _build(units, encoders, everyday, equivalents, classify=classify)

    def build(seen: Sequence[Unit]) -> Matcher:
        naive = _naive(encoders, units, (chars, pinyin), seen)
        return _build(seen, naive, everyday, equivalents, classify=classify)

    drills = run_drills(units, background, equivalents, build, _practising)
    features, truth, worth = own(drills)
    quick = _learn_ranking(features[:, :, :-1], truth, worth, prior.get("quick"))
    full = quick
    if classify:
        full = _learn_ranking(features, truth, worth, prior.get("full"))
    del features
    matcher = replace(matcher, full=full, quick=quick)
    drills = [
        replace(drill, matcher=replace(drill.matcher, full=full, quick=quick))
        for drill in drills
    ]
    _progress(85, "什么时候不该回答")
    return replace(matcher, gates=_learn_gates(matcher, drills, worth, prior))


def rebuild(matcher: Matcher, units: Sequence[Unit], background: Chatter) -> Matcher:
    """词表、权重与把关沿用，索引、分类器与本领域的用字换成这批单元的。"""
    encoders = matcher.indexes[0].encoder, matcher.indexes[1].encoder
    classify = matcher.classifier is not None
    equivalents = matcher.equivalents
    everyday = everyday_words(background, equivalents)
    built = _build(units, encoders, everyday, equivalents, classify=classify)
    gates = replace(matcher.gates, domain=built.gates.domain)
    return replace(built, full=matcher.full, quick=matcher.quick, gates=gates)


def learn_mixtures(texts: Sequence[str]) -> list[Floats]:
    """字组的与拼音的潜在语义。"""
    learnt: list[Floats] = []
    steps = ((5, "问法的远近，按字"), (20, "问法的远近，按拼音"))
    for (percent, step), gramming in zip(steps, GRAMMINGS, strict=True):
        _progress(percent, step)
        learnt.append(learn_mixture(texts, gramming))
    return learnt


def everyday_words(background: Chatter, equivalents: Equivalents = PLAIN) -> list[str]:
    """折叠后的日常的话。"""
    return [
        equivalents.fold(text) for text in (*background.chatter, *background.everyday)
    ]


def _progress(percent: int, step: str) -> None:
    logger.info("学习 {}%：{}", percent, step)


def _practising(number: int) -> None:
    _progress(40 + 10 * number, f"藏起一部分说法来练习，第 {number + 1} 遍")


def _build(
    units: Sequence[Unit],
    encoders: tuple[Encoder, Encoder],
    everyday: Sequence[str],
    equivalents: Equivalents,
    *,
    classify: bool,
) -> Matcher:
    """索引与分类器；排序与把关用现成的权重。"""
    texts, owners, firsts = flatten(units)
    count = len(units)
    chars, pinyin = (
        build_index(encoder, encoder.ask_all(texts), owners, count)
        for encoder in encoders
    )
    classifier = None
    if classify:
        classifier = fit_classifier(unit_rows(chars.points()), owners, count)
    gates = untrained_gates(learn_domain(units, everyday))
    return Matcher(
        tuple(units),
        (chars, pinyin),
        firsts,
        classifier,
        PRIOR["full"],
        PRIOR["quick"],
        gates,
        equivalents,
    )


def _naive(
    encoders: tuple[Encoder, Encoder],
    units: Sequence[Unit],
    mixtures: tuple[Floats, Floats],
    seen: Sequence[Unit],
) -> tuple[Encoder, Encoder]:
    """藏起来的说法，潜在语义里也当作没见过：刚教的词就是没见过的。"""
    rows: list[int] = []
    start = 0
    for unit, left in zip(units, seen, strict=True):
        kept = set(left.texts)
        rows += [start + n for n, text in enumerate(unit.texts) if text in kept]
        start += len(unit.texts)
    texts = [text for unit in seen for text in unit.texts]
    chars, pinyin = (
        learn_basis(encoder, encoder.ask_all(texts), mixture[rows])
        for encoder, mixture in zip(encoders, mixtures, strict=True)
    )
    return chars, pinyin


def _can_practise(owners: Ints, count: int) -> bool:
    sizes = np.bincount(owners, minlength=count)
    return count >= FEWEST_UNITS and int(sizes[sizes > 1].sum()) >= FEWEST_STRINGS


def _learn_ranking(
    features: Floats, truth: Ints, worth: Floats, prior: Linear | None
) -> Linear:
    """先拿一部分练习题在全部单元里学个大概，再在各题得分最高的若干单元里细学。

    若按原始的特征来挑，说法少的单元只在它就是答案时才挑得上，学出来就偏向它们。
    """
    some = slice(None, None, ROUGH)
    rough = fit_ranker(bent(features[some]), truth[some], worth[some], prior, BENT)
    scores = rough(bent(features))
    scores[np.arange(len(truth)), truth] = np.inf
    width = min(CANDIDATES, features.shape[1])
    nearest = np.argpartition(-scores, width - 1, axis=1)[:, :width]
    picked = np.take_along_axis(features, nearest[:, :, None], axis=1)
    position = np.argmax(nearest == truth[:, None], axis=1)
    return fit_ranker(bent(picked), position, worth, prior, BENT)


def _learn_gates(
    matcher: Matcher, drills: Sequence[Drill], worth: Floats, prior: Learnt
) -> Gates:
    evidence = {kind: evidence_of(drills, kind) for kind in Kind}
    asked, places = evidence[Kind.OWN]
    missing, _ = evidence_of(drills, Kind.OWN, hide=True)
    near, astray = evidence[Kind.NEAR]
    # 检索本来就没有首选它的，不必学
    near = near[astray == 0]
    kinds = (asked, missing, near, evidence[Kind.OTHER][0], evidence[Kind.IDLE][0])
    first, near_top = (places == 0, 0, 0, 0, 0), (places < LISTED, 0, 0, 0, 0)
    ours = _fit(kinds, (1, 1, 1, 0, 0), (1, 1, 0, 1, 1), worth, prior.get("ours"))
    present = _fit(kinds, first, PRESENT_WEIGHTS, worth, prior.get("present"))
    listed = _fit(kinds, near_top, PRESENT_WEIGHTS, worth, prior.get("listed"))
    clear = _fit(kinds, first, CLEAR_WEIGHTS, worth, prior.get("clear"))
    floor = float(np.quantile(asked[:, -1], FAR_QUANTILE))
    return Gates(matcher.gates.domain, ours, present, listed, clear, floor)


def _fit(
    kinds: Sequence[Floats],
    labels: Sequence[np.ndarray | int],
    weights: Sequence[float],
    worth: Floats,
    prior: Linear | None,
) -> Linear:
    """几类练习题合起来学一道门；每类不论多少，合起来占给定的份量。

    参数:
        worth: 头一类的各题另算几句
    """
    known = [np.broadcast_to(v, len(k)) for v, k in zip(labels, kinds, strict=True)]
    shares = [
        np.full(len(k), weight / max(len(k), 1))
        for weight, k in zip(weights, kinds, strict=True)
    ]
    shares[0] = shares[0] * worth
    return fit_logistic(
        weighed(np.concatenate(kinds)),
        np.concatenate(known).astype(np.float32),
        np.concatenate(shares).astype(np.float32),
        prior,
        len(kinds[0]),
    )
