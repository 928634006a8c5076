"""词表：闲聊语料、地区的各种叫法、同义说法。"""

from pathlib import Path
from typing import TypeVar

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    ValidationError,
)

from bot.access import NATIONWIDE
from bot.errors import KnowledgeError
from bot.text import Equivalents, Regions
from bot.text.assent import Assents

from .reader import explain, load_yaml

_Model = TypeVar("_Model", bound=BaseModel)


class Chatter(BaseModel):
    """不该回答的话，用来校准把关。

    参数:
        chatter: 群里的闲聊与事务性发言
        other_questions: 与试点无关的提问
        everyday: 一般文字，只用于字频
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    chatter: list[str]
    other_questions: list[str]
    everyday: list[str]


class Editions(RootModel[dict[int, list[str]]]):
    """哪一批的说法指哪一年的文件。"""

    def find(self, text: str) -> int | None:
        """文字里提到的批次所指的年份。"""
        return next(
            (
                year
                for year, words in self.root.items()
                if any(w in text for w in words)
            ),
            None,
        )


class Guides(RootModel[dict[str, str]]):
    """答不上来时，各地区请人去问谁。"""

    def of(self, region: str | None) -> str:
        """某地区的指引；没有就用全国的。"""
        return self.root.get(region or NATIONWIDE) or self.root[NATIONWIDE]


EVERY = 30
"""当作别的话的，几句里取一句。"""


class OrderPhrasings(BaseModel):
    """要助手办事，或对摆着的事说要不要，不同的人怎样说。

    参数:
        orders: 办的事（或要不要）→ 作者 → 各种说法
        others: 作者 → 很像、却不是要助手办事的话：在问怎么办、在叫别人办
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    orders: dict[str, dict[str, list[str]]] = Field(
        validation_alias=AliasChoices("orders", "reactions")
    )
    others: dict[str, list[str]]

    def beside(self, other: "OrderPhrasings") -> "OrderPhrasings":
        """另一批的说法里每几句取一句，当作不是这里的。"""
        said = [
            text
            for hands in other.orders.values()
            for own in hands.values()
            for text in own
        ]
        others = {**self.others, "orders": said[::EVERY]}
        return self.model_copy(update={"others": others})


class Lexicon:
    """`knowledge/lexicon` 里的全部词表。

    异常:
        KnowledgeError: 缺文件或内容不对
    """

    def __init__(self, folder: Path) -> None:
        self.chatter = _read(folder / "chatter.yaml", Chatter)
        self.regions = _read(folder / "regions.yaml", Regions)
        self.editions = _read(folder / "editions.yaml", Editions)
        self.guides = _read(folder / "guides.yaml", Guides)
        self.assents = _read(folder / "assent.yaml", Assents)
        self.equivalents = _read(folder / "equivalents.yaml", Equivalents)
        self.orders = _read(folder / "orders.yaml", OrderPhrasings)
        reactions = _read(folder / "reactions.yaml", OrderPhrasings)
        self.reactions = reactions.beside(self.orders)


def _read(path: Path, model: type[_Model]) -> _Model:
    raw, node = load_yaml(path)
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise KnowledgeError(explain(path, node, error)) from None
