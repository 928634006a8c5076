"""随程序带着的学习结果：第一次启动不必学。

只带学得久、又小的：各问句怎样混成潜在语义基（八位整数）、排序与把关的权重、分类器；
倒排等由知识现算。存成 npz，读时不用 pickle。
"""

import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.knowledge.lexicon import Chatter
from bot.text import Equivalents

from .cache import MatcherCache
from .corpus import PLAIN, Unit, flatten
from .gates import Domain, Gates, learn_domain
from .index import DIMENSIONS, Index, build_index, learn_encoder
from .matcher import Matcher
from .numbering import Numbering
from .prior import pack, unpack
from .sparse import Floats
from .training import ENGINE, GRAMMINGS, everyday_words, learn_mixtures, train

LEARNT = Path("learnt") / "matcher.npz"
"""在知识文件夹里的位置。"""
_LEVELS = 127
UNREADABLE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error)
"""一份 npz 没有、坏了时的错。"""

Arrays = dict[str, Any]


def learn(
    units: Sequence[Unit],
    background: Chatter,
    name: str,
    *,
    alone: bool = False,
    dimensions: int = DIMENSIONS,
    equivalents: Equivalents = PLAIN,
) -> Arrays:
    """学一遍，返回要带的；潜在语义先取整再学别的，读回来才是一样的。

    参数:
        name: 这批知识的指纹
        alone: 本领域的用字也带上，读时不必再有同样的 `background`
        dimensions: 潜在语义留几维；单元少的不必那么多，省内存
        equivalents: 单元的说法是照它折叠的
    """
    texts, _, _ = flatten(units)
    packed = [_pack(mixture[:, :dimensions]) for mixture in learn_mixtures(texts)]
    matcher = train(
        units,
        background,
        [_unpack(*pair) for pair in packed],
        equivalents=equivalents,
    )
    arrays: Arrays = {"name": np.array(f"{ENGINE}-{name}")}
    for number, (values, scales) in enumerate(packed):
        arrays[f"mixture{number}"], arrays[f"scales{number}"] = values, scales
    if matcher.classifier is not None:
        arrays["classifier"] = matcher.classifier.astype(np.float16)
    arrays |= pack(matcher.learnt())
    arrays["floor"] = np.array(matcher.gates.floor)
    if alone:
        domain = matcher.gates.domain
        arrays["grams"] = domain.numbers.in_order()
        arrays["ours"], arrays["theirs"] = domain.ours, domain.theirs
    return arrays


def save(path: Path, arrays: Arrays) -> None:
    """存下。

    异常:
        OSError: 写不了
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def load(
    path: Path,
    name: str,
    units: Sequence[Unit],
    background: Chatter | None = None,
    equivalents: Equivalents = PLAIN,
) -> Matcher | None:
    """由带着的装出检索器；没有、坏了、不是由这批知识学的为 `None`。

    参数:
        background: 不该回答的话；用字也带着的不需要
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
            if str(found["name"]) != f"{ENGINE}-{name}":
                return None
            return _assemble(dict(found), units, background, equivalents)
    except UNREADABLE:
        return None


def ready(
    cache: MatcherCache,
    path: Path,
    name: str,
    units: Sequence[Unit],
    background: Chatter | None = None,
    equivalents: Equivalents = PLAIN,
) -> Matcher | None:
    """不用学就有的：缓存的，或带着的（装出来就缓存）；没有为 `None`。参数同 `load`。"""
    kept = cache.load(name)
    if kept is None:
        kept = load(path, name, units, background, equivalents)
        if kept is not None:
            cache.save(name, kept)
    return kept


def _assemble(
    arrays: Arrays,
    units: Sequence[Unit],
    background: Chatter | None,
    equivalents: Equivalents,
) -> Matcher:
    texts, owners, firsts = flatten(units)
    indexes: list[Index] = []
    for number, gramming in enumerate(GRAMMINGS):
        mixture = _unpack(arrays[f"mixture{number}"], arrays[f"scales{number}"])
        encoder, asked = learn_encoder(texts, gramming, mixture)
        indexes.append(build_index(encoder, asked, owners, len(units)))
    chars, pinyin = indexes
    classifier = arrays.get("classifier")
    learnt = unpack(arrays)
    full, quick = learnt.pop("full"), learnt.pop("quick")
    domain = _domain(arrays, units, background, equivalents)
    return Matcher(
        tuple(units),
        (chars, pinyin),
        firsts,
        None if classifier is None else classifier.astype(np.float32),
        full,
        quick,
        Gates(domain, **learnt, floor=float(arrays["floor"])),
        equivalents,
    )


def _domain(
    arrays: Arrays,
    units: Sequence[Unit],
    background: Chatter | None,
    equivalents: Equivalents,
) -> Domain:
    if background is not None:
        return learn_domain(units, everyday_words(background, equivalents))
    numbers = Numbering.of_hashes(arrays["grams"])
    return Domain(numbers, arrays["ours"], arrays["theirs"])


def _pack(mixture: Floats) -> tuple[Any, Floats]:
    """每维取整到八位：（整数，每维的尺度）。"""
    scales = np.maximum(np.abs(mixture).max(axis=0), 1e-9) / _LEVELS
    return np.rint(mixture / scales).astype(np.int8), scales.astype(np.float32)


def _unpack(values: Any, scales: Floats) -> Floats:
    return values.astype(np.float32) * scales
