"""词表：闲聊语料与地区的各种叫法。"""

import re
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, RootModel, ValidationError

from bot.access import NATIONWIDE
from bot.errors import KnowledgeError
from bot.text.assent import Assents

from .reader import explain, load_yaml

_AS_PLACE = (
    r"(?=$|[，,。？?！!\s]|呢|吗|的|省|市|这|那|地区|我们|咱|老师|学校|院校|职院|高职|中职|"
    r"什么|啥|怎|能|可|有|今年|明年|20\d\d|1\+)"
)
_NOT_AN_ORGANISATION = (
    r"(?!.*(?:公司|集团|协会|学会|中心|研究院|科技|大学|学院|出版|航空|股份|软件))"
)
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


class Regions(BaseModel):
    """地区的叫法：`names` 是有本地资料的，`others` 是没有的。"""

    model_config = ConfigDict(extra="forbid")

    names: dict[str, list[str]]
    others: dict[str, list[str]]

    @cached_property
    def _local(self) -> "_Finder":
        return _Finder(self.names, "")

    @cached_property
    def _foreign(self) -> "_Finder":
        return _Finder(self.others, _AS_PLACE)

    @cached_property
    def _leading(self) -> "_Finder":
        return _Finder(self.others, _NOT_AN_ORGANISATION)

    @cached_property
    def aliases(self) -> list[tuple[str, str]]:
        """（叫法，地区），长的在前。"""
        return _pairs(self.names) + _pairs(self.others)

    def find(self, text: str) -> str | None:
        """文字里提到的地区；没有则为 `None`。

        没有资料的地区只在像是说“我们这里”、或打头说起时才算：评价组织的名字里常带地名。
        """
        return (
            self._local.find(text)
            or self._foreign.find(text)
            or self._leading.starting(text)
        )

    def named(self, text: str) -> str | None:
        """整段文字就是一个地区的叫法时，返回这个地区。"""
        text = text.strip()
        return next((name for alias, name in self.aliases if alias == text), None)

    def without(self, text: str) -> str:
        """去掉文字里全部地区的叫法。"""
        for alias, _ in self.aliases:
            text = text.replace(alias, "")
        return text


class _Finder:
    """在文字里找一张表里的叫法，最先出现的算数。

    参数:
        after: 叫法后面必须跟着什么（正则）
    """

    def __init__(self, table: dict[str, list[str]], after: str) -> None:
        pairs = _pairs(table)
        self._names = dict(pairs)
        words = "|".join(re.escape(alias) for alias, _ in pairs) or r"(?!)"
        self._pattern = re.compile(rf"({words}){after}")

    def find(self, text: str) -> str | None:
        """文字里的。"""
        return self._name(self._pattern.search(text))

    def starting(self, text: str) -> str | None:
        """文字开头的。"""
        return self._name(self._pattern.match(text))

    def _name(self, match: re.Match[str] | None) -> str | None:
        return None if match is None else self._names[match[1]]


def _pairs(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    pairs = [(a, name) for name, aliases in table.items() for a in [name, *aliases]]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


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


def _read(path: Path, model: type[_Model]) -> _Model:
    raw, node = load_yaml(path)
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise KnowledgeError(explain(path, node, error)) from None
