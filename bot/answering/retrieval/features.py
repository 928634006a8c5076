"""一句问话对每个条目的特征：排序与把关都只看这些。

说法多的条目自然有更像的一句；说法数也是特征，只有一两种说法的（刚教的）才不吃亏。
"""

import numpy as np

from .index import Asked, Index
from .sparse import Floats, unit_rows

PER_INDEX = ("whitened", "bm25", "closest")
"""每种方式下的特征：白化后与条目中心的余弦；BM25 与满分之比；与最像一句的余弦。"""
CLOSEST = PER_INDEX.index("closest")
"""字组方式下“与最像一句的余弦”是第几个特征。"""
ALIKE = 2 * len(PER_INDEX)
"""两种方式的特征一共几个；后面接着说法数的对数、分类器的得分。"""
MANY = 16
"""说法有这么多种，就不再因多少而不同。"""
COUNT = ALIKE + 2
"""特征数。"""


BENT = 2 * ALIKE
"""`bent` 之后前面这么多个都是像不像：越像，得分不该越低。"""


def bent(features: Floats) -> Floats:
    """排序实际所看的：各种像法，在说法少的与说法多的单元那里份量各不相同。

    参数:
        features: 最后一维是特征，可以没有分类器的得分
    """
    alike, rest = features[..., :ALIKE], features[..., ALIKE:]
    thin = alike * thinness(features[..., ALIKE, None])
    return np.concatenate([thin, alike - thin, rest], axis=-1)


def thinness(size: Floats) -> Floats:
    """由说法数的对数：只有一种说法是 1，说法够多是 0。"""
    return 1 - size / np.log(MANY)


def index_features(
    index: Index, asked: Asked, firsts: np.ndarray
) -> tuple[Floats, Floats, Floats]:
    """一种方式下的特征（条目数 x 3）、与各句的余弦、白化空间里的方向。

    参数:
        firsts: 各条目第一句的序号
    """
    weights = index.encoder.weights(asked)
    direction = unit_rows(index.encoder.project(asked) @ index.whiten)
    whitened = index.centres @ direction
    bm25 = index.bm25.gather(asked.grams, np.ones(len(asked.grams), dtype=np.float32))
    similarity = index.by_gram.gather(asked.grams, weights)
    closest = np.maximum.reduceat(similarity, firsts)
    return (
        np.stack([whitened, bm25 / full_score(index, asked), closest], axis=1),
        similarity,
        direction,
    )


def full_score(index: Index, asked: Asked) -> float:
    """问话里的字组全部命中一次时的 BM25，作为满分。"""
    unknown = asked.unknown * float(index.entry_idf.max(initial=1.0))
    return max(float(index.entry_idf[asked.grams].sum()) + unknown, 1e-6)
