"""名录查找的准与快：同一次运行里与 rapidfuzz、LIKE 查找并排。

用法：python -m benchmarks.directory
"""

import csv
import itertools
import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.answering import LEARNT_CONFIDENCE, Calibrator, Question
from bot.answering.arbiter import ANSWER
from bot.directory import (
    Catalogue,
    DirectorySource,
    Key,
    Kind,
    Snapshot,
    Spoken,
    read_folder,
)
from bot.directory import build as build_catalogue
from bot.directory.tables import Located, Rows
from bot.knowledge import Lexicon
from bot.text import normalise

FOLDER = Path("knowledge/directory")
LOOK_UPS = Path("tests/directory/lookups.tsv")
REGIONS = Lexicon(Path("knowledge/lexicon")).regions
SPOKEN = Spoken.load(Path("knowledge"))
MANY = 5000
REPEATS = 5
_FIELDS = "智能 数字 工业 城市 农业 医药 食品 建筑 汽车 航空 船舶 能源 环境 金融 物流"
_THINGS = "设备 系统 平台 网络 数据 材料 产品 工程 机器人 传感器 仓储 供应链 生产线"
_ACTIONS = "运维 开发 应用 检测 装调 设计 管理 维护 编程 集成 营销 测试 安装 分析 评估"

Finder = Callable[[str], str]
"""问话 → 首选的证书或机构名；没有则为空。"""


class Fixed:
    """一份不变的名录。"""

    def __init__(self, catalogue: Catalogue) -> None:
        self.snapshot = Snapshot.of(catalogue, REGIONS, SPOKEN)


def ours(catalogue: Catalogue) -> Finder:
    """名录自己的查找，含读懂问话。"""
    source = DirectorySource(Fixed(catalogue))
    weigh = Calibrator.load(Path("knowledge") / LEARNT_CONFIDENCE)
    now = datetime.now(UTC)

    def find(text: str) -> str:
        found = weigh(source.candidates(Question(text, None, now)))
        if not found or found[0].confidence < ANSWER:
            return ""
        key = Key.read(found[0].key)
        return key.name if key.kind in set(Kind) else ""

    return find


def names_of(catalogue: Catalogue) -> dict[str, str]:
    """规整过的名称与别名 → 正式名称。"""
    named = [*catalogue.certificates.values(), *catalogue.organisations.values()]
    return {
        normalise(text): record.name
        for record in named
        for text in (record.name, *record.aliases)
    }


def with_rapidfuzz(catalogue: Catalogue) -> Finder:
    """rapidfuzz 的 WRatio，去掉句末的项目名再比。"""
    names = names_of(catalogue)
    texts = list(names)

    def find(text: str) -> str:
        found = process.extractOne(stripped(text), texts, scorer=fuzz.WRatio)
        return names[found[0]] if found and found[1] >= 60 else ""

    return find


def with_like(catalogue: Catalogue) -> Finder:
    """SQLite 的 LIKE：名称含有问的，或问的含有名称。"""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE names (text TEXT, name TEXT)")
    connection.executemany(
        "INSERT INTO names VALUES (?, ?)", names_of(catalogue).items()
    )
    query = (
        "SELECT name FROM names WHERE text LIKE '%' || ?1 || '%' "
        "OR ?1 LIKE '%' || text || '%' ORDER BY length(text) DESC LIMIT 1"
    )

    def find(text: str) -> str:
        row = connection.execute(query, (stripped(text),)).fetchone()
        return row[0] if row else ""

    return find


def stripped(text: str) -> str:
    """去掉项目名与套话，给两个对照方法用。"""
    plain = normalise(text)
    for word in (
        "职业技能等级证书", "联系人", "联系方式", "联系电话", "电话", "邮箱", "传真",
        "地址", "有几级", "几级", "是谁", "多少", "证书", "请问一下", "的",
    ):  # fmt: skip
        plain = plain.replace(word, "")
    return plain


def generated(count: int) -> Catalogue:
    """把名录扩到这么多证书，名称由常见字眼拼成。"""
    rows: Rows = {name: dict(table) for name, table in read_folder(FOLDER).items()}
    chance = random.Random(5000)
    pairs = list(itertools.product(_FIELDS.split(), _THINGS.split(), _ACTIONS.split()))
    names = [f"{a}{b}{c}" for a, b, c in pairs]
    names += [f"{a}{b}{c}与{d}" for a, b, c in pairs for d in _ACTIONS.split()[:2]]
    taken = names_of(build_catalogue(rows))
    names = [name for name in names if normalise(name) not in taken]
    chance.shuffle(names)
    template = rows["证书"]["物流管理"].row
    contact = rows["联系人"]["20-1-04"].row
    known = len(rows["证书"])
    for number, name in enumerate(names[: count - known]):
        row = {**template, "证书": name, "别名": "", "序号": str(number + known)}
        rows["证书"][name] = Located("生成", row)
        key = f"生成-{number}"
        rows["联系人"][key] = Located("生成", {**contact, "编号": key, "证书": name})
    return build_catalogue(rows)


def measure(
    find: Finder, questions: Sequence[tuple[str, str, str]]
) -> tuple[dict[str, tuple[int, int]], float, float]:
    """各类的（答对，总数），与 p50、p99 毫秒；每问几次取最快，不算别的程序的干扰。"""
    right: dict[str, tuple[int, int]] = {}
    took: list[float] = []
    for kind, text, expected in questions:
        found = find(text)
        took.append(min(timed(find, text) for _ in range(REPEATS)))
        ok, total = right.get(kind, (0, 0))
        right[kind] = (ok + (found == expected), total + 1)
    took.sort()
    return right, took[len(took) // 2], took[int(len(took) * 0.99)]


def timed(find: Finder, text: str) -> float:
    """一次查找的毫秒数。"""
    start = time.perf_counter()
    find(text)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """跑一遍，打印一张表。"""
    with LOOK_UPS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    kinds = ("原样", "简称", "破损", "未知")
    questions = [
        (row["kind"], row["question"], ""
         if row["expected"] == "-" else Key.read(row["expected"]).name)
        for row in rows
        if row["kind"] in kinds
    ]  # fmt: skip
    small = build_catalogue(read_folder(FOLDER))
    large = generated(MANY)
    print(f"{'方法':<24}{'证书':>6}  {'首选正确（未知类：没有答）':<44}p50/p99 毫秒")
    for catalogue in (small, large):
        for label, make in (
            ("名录索引", ours),
            ("rapidfuzz WRatio", with_rapidfuzz),
            ("SQLite LIKE", with_like),
        ):
            right, middle, slowest = measure(make(catalogue), questions)
            told = "  ".join(f"{k} {right[k][0]}/{right[k][1]}" for k in kinds)
            size = len(catalogue.certificates)
            print(f"{label:<24}{size:>6}  {told:<44}{middle:.2f}/{slowest:.2f}")


if __name__ == "__main__":
    main()
