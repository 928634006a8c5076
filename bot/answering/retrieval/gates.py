"""几道门：是不是问我们这一行的事；答案是不是真在知识里；没人点名该不该开口。"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.text import char_grams

from .corpus import Unit
from .features import ALIKE, thinness
from .fitting import Linear, sigmoid
from .index import Asked, Index
from .numbering import Numbering
from .sparse import Floats, Ints

EVIDENCE = {
    "chance": "首选占候选总分",
    "margin": "领先第二名",
    "whitened": "与条目中心的余弦",
    "whitened_pinyin": "同上（拼音）",
    "closest": "与最像一句的余弦",
    "closest_pinyin": "同上（拼音）",
    "bm25": "BM25与满分之比",
    "covered": "问话被覆盖的比例",
    "worst_uncovered": "没覆盖的最罕见字组",
    "unknown": "没见过的字组",
    "string_covered": "最像一句被问话覆盖的比例",
    "length": "长度（对数）",
    "size": "首选说法数（对数）",
    "domain": "像本领域的程度",
}
"""把关所看的证据，顺序即特征顺序；怎么算见 `evidence`。"""

_SIZE = [*EVIDENCE].index("size")

GATES = ("ours", "present", "listed", "clear")
"""几道门的名字，见 `Gates`。"""
UNIT_WORTH = 60
"""看用字时，一个单元算作多少句话。"""
UNSEEN = -0.2
"""两边都没见过的字组，对数比算多少。"""
LISTED = 3
"""候选最多列几个，“在不在前几个里”也按它算。"""


@dataclass(frozen=True, slots=True)
class Domain:
    """本领域的用字与日常的用字。

    参数:
        numbers: 字组 → 第几个
        ours: 各字组在本领域有多常见
        theirs: 各字组在日常的话里有多常见
    """

    numbers: Numbering
    ours: Floats
    theirs: Floats

    def score(self, text: str, *, hidden: bool = False) -> float:
        """一句话平均每个字组的对数比；越大越像本领域。

        参数:
            hidden: 这句就在日常的话里，先减去它自己再算
        """
        own = Counter(char_grams(text))
        if not own:
            return -3.0
        numbers = self.numbers.find(own.keys())
        known = numbers >= 0
        numbers, times = numbers[known], np.array([*own.values()])[known]
        ours = self.ours[numbers]
        theirs = np.maximum(self.theirs[numbers] - (times if hidden else 0), 0)
        ratios = np.log((ours + 0.5) / (self.ours.sum() + 1))
        ratios -= np.log((theirs + 0.5) / (self.theirs.sum() + 1))
        ratios = np.where(ours + theirs > 0, np.clip(ratios, -4, 4), UNSEEN)
        strange = own.total() - int(times.sum())
        return float(ratios @ times + UNSEEN * strange) / own.total()

    def widened(self, units: Sequence[Unit]) -> "Domain":
        """这些单元的用字也算本领域的。"""
        if not units:
            return self
        common = _commonness(units)
        numbers = self.numbers.widened(common.keys())
        new = len(numbers) - len(self.numbers)
        ours, theirs = (np.pad(c, (0, new)) for c in (self.ours, self.theirs))
        ours[numbers.find(common.keys())] += [*common.values()]
        return Domain(numbers, ours, theirs)


def learn_domain(units: Sequence[Unit], theirs: Sequence[str]) -> Domain:
    """由本领域的单元与日常的（已折叠）句子学各字组有多常见。"""
    everyday = Counter(gram for text in theirs for gram in char_grams(text))
    numbers = Numbering.of(everyday)
    counts = np.array([*everyday.values()], dtype=np.float32)
    return Domain(numbers, np.zeros_like(counts), counts).widened(units)


def _commonness(units: Sequence[Unit]) -> dict[str, float]:
    """各字组有多常见；每个单元不论说法多少，份量一样：刚教的也是自己的事。"""
    common: dict[str, float] = {}
    for unit in units:
        share = UNIT_WORTH / len(unit.texts)
        for text in unit.texts:
            for gram in char_grams(text):
                common[gram] = common.get(gram, 0.0) + share
    return common


def untrained_gates(domain: Domain) -> "Gates":
    """知识太少、不够练时的几道门：看与最像一句有多像、问话有多少是见过的，各占一半。"""
    width = 2 * len(EVIDENCE)
    seen = [[*EVIDENCE].index(name) for name in ("closest", "covered")]

    def steep(middle: float) -> Linear:
        weights = np.zeros(width)
        weights[seen] = 10.0
        blank = np.zeros(width)
        return Linear(blank, np.ones(width), weights, -20.0 * middle)

    ours, present, listed, clear = (steep(middle) for middle in (0.3, 0.5, 0.4, 0.7))
    return Gates(domain, ours, present, listed, clear, floor=-np.inf)


@dataclass(frozen=True, slots=True)
class Found:
    """排序之后，把关所需的材料。

    参数:
        unit: 首选单元
        scores: 各单元的排序得分
        features: 首选单元的特征
        covering: 首选单元里的字组号（去掉待评的那句之后）
        known: 问话的每个字组是否在别处见过
        best_string: 最像那句的（字组号，权重）
    """

    unit: int
    scores: Floats
    features: Floats
    covering: Ints
    known: np.ndarray
    best_string: tuple[Ints, Floats]


def evidence(index: Index, asked: Asked, found: Found, domain: float) -> Floats:
    """把关的证据（`EVIDENCE` 的顺序）。

    chance、margin 是排序得分的 softmax 与领先量；whitened 等取自特征；
    covered 是首选单元覆盖了问话多少 IDF；worst_uncovered 是没覆盖的字组里最罕见的；
    unknown 是从未见过的字组之比；string_covered 是最像那句有多少出现在问话里。
    """
    order = np.sort(found.scores)[::-1]
    chance = np.exp(order - order[0])
    margin = order[0] - order[1] if len(order) > 1 else 5.0
    idf = index.entry_idf[asked.grams]
    top_idf = float(index.entry_idf.max(initial=1.0))
    idf = np.where(found.known, idf, top_idf)
    covered = np.zeros(len(index.entry_idf), dtype=bool)
    covered[found.covering] = True
    hit = covered[asked.grams] & found.known
    total = float(idf.sum()) + asked.unknown * top_idf
    missed = idf[~hit]
    worst = top_idf if asked.unknown else float(missed.max(initial=0.0))
    count = len(asked.grams) + asked.unknown
    unknown = (int((~found.known).sum()) + asked.unknown) / max(count, 1)
    grams, weights = found.best_string
    present = np.zeros(len(index.entry_idf), dtype=bool)
    present[asked.grams] = True
    inside = present[grams]
    string_covered = float(weights[inside].sum() / max(weights.sum(), 1e-6))
    f = found.features
    return np.array(
        [
            1 / chance.sum(), min(margin, 6.0), f[0], f[3], f[2], f[5], f[1],
            float(idf[hit].sum()) / max(total, 1e-6), worst / top_idf, unknown,
            string_covered, np.log1p(count), f[ALIKE], domain,
        ],
        dtype=np.float32,
    )  # fmt: skip


def weighed(facts: Floats) -> Floats:
    """几道门实际所看的：首选说法越少，各样证据的份量越另算。"""
    return np.concatenate([facts, facts * thinness(facts[..., _SIZE, None])], axis=-1)


@dataclass(frozen=True, slots=True)
class Judgement:
    """几道门的判断，都是概率。

    参数:
        ours: 是本领域的
        present: 首选就是答案
        listed: 答案在前三个里
        clear: 没被点名也该拿首选来答
    """

    ours: float
    present: float
    listed: float
    clear: float


@dataclass(frozen=True, slots=True)
class Gates:
    """校准好的几道门与门槛（概率）。

    参数:
        domain: 本领域的用字
        ours: 由证据判断是否本领域
        present: 由证据判断首选答案是否正确
        listed: 由证据判断答案在不在前三个里
        clear: 由证据判断没被点名也该这样答；练的时候把闲聊看得更重
        floor: 用字像本领域的程度低于它，就不必再看别的证据
    """

    domain: Domain
    ours: Linear
    present: Linear
    listed: Linear
    clear: Linear
    floor: float

    def is_far(self, text: str) -> bool:
        """（已折叠的）话单凭用字就明显不是本领域的。"""
        return self.domain.score(text) < self.floor

    def judge(self, facts: Floats) -> Judgement:
        """由证据下判断；首选像是答案的，也就更像本领域的，取两者的几何平均。"""
        gates = (self.ours, self.present, self.listed, self.clear)
        ours, present, listed, clear = (
            float(sigmoid(gate(weighed(facts)))) for gate in gates
        )
        ours = max(ours, float(np.sqrt(ours * present)))
        return Judgement(ours, present, listed, clear)
