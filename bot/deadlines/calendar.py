"""读 knowledge/calendar：文件里的窗口与放假安排。"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import KnowledgeError
from bot.knowledge import explain, line_of, load_yaml
from bot.text.dates import Moment

from .models import Kind, Window
from .workdays import Workdays, YearPlan

HOLIDAYS = "holidays.yaml"
_Model = TypeVar("_Model", bound=BaseModel)
_Text = Annotated[str, Field(min_length=1)]


class _FileWindow(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,60}$")]
    title: _Text
    kind: Kind
    opens: date | None = None
    closes: date
    notice: _Text


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    region: _Text
    ask: _Text
    windows: list[_FileWindow]


class _FileYear(BaseModel):
    model_config = ConfigDict(extra="forbid")

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()


class _HolidayFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    years: dict[int, _FileYear]


@dataclass(frozen=True, slots=True)
class Calendar:
    """文件里的全部窗口、各地区该问谁、放假安排。"""

    windows: tuple[Window, ...] = ()
    contacts: Mapping[str, str] = field(default_factory=dict)
    workdays: Workdays = field(default_factory=Workdays)


def read_calendar(folder: Path) -> Calendar:
    """读一个文件夹；没有这个文件夹就是空的。

    异常:
        KnowledgeError: 有任何错误，逐项带文件与行号
    """
    problems: list[str] = []
    windows: dict[str, Window] = {}
    contacts: dict[str, str] = {}
    years: dict[int, YearPlan] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            if path.name == HOLIDAYS:
                years = _holidays(path)
            else:
                _windows(path, windows, contacts)
        except KnowledgeError as error:
            problems += error.problems
    if problems:
        raise KnowledgeError(problems)
    return Calendar(tuple(windows.values()), contacts, Workdays(years))


def _windows(path: Path, windows: dict[str, Window], contacts: dict[str, str]) -> None:
    content, node = _validate(path, _File)
    contacts[content.region] = content.ask
    for index, item in enumerate(content.windows):
        where = f"{path.name} 第 {line_of(node, ('windows', index))} 行"
        if item.id in windows:
            raise KnowledgeError([f"{where}：编号 {item.id} 重复"])
        if item.opens and item.opens > item.closes:
            raise KnowledgeError([f"{where}：开始晚于截止"])
        windows[item.id] = Window(
            item.id,
            content.region,
            item.title,
            item.kind,
            Moment(item.opens) if item.opens else None,
            Moment(item.closes),
            item.notice,
        )


def _holidays(path: Path) -> dict[int, YearPlan]:
    plans: dict[int, YearPlan] = {}
    content, node = _validate(path, _HolidayFile)
    for year, plan in content.years.items():
        if any(day.year != year for day in plan.holidays | plan.workdays):
            line = line_of(node, ("years", str(year)))
            raise KnowledgeError(
                [f"{path.name} 第 {line} 行：{year} 年里写了别的年份的日期"]
            )
        plans[year] = YearPlan(plan.holidays, plan.workdays)
    return plans


def _validate(path: Path, model: type[_Model]) -> tuple[_Model, yaml.Node | None]:
    raw, node = load_yaml(path)
    try:
        return model.model_validate(raw), node
    except ValidationError as error:
        raise KnowledgeError(explain(path, node, error)) from None
