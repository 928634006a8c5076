"""整条读完再看一遍：被空格断开的校名，漏了的姓名。"""

from typing import NamedTuple

from bot.text import Regions

from .fields import Field
from .people import fits_name, may_be_name
from .result import Candidate


class Join(NamedTuple):
    """一个像人名的词紧跟着一个校名，合起来也是校名。"""

    name: Candidate
    school: Candidate
    joined: str


def join_schools(candidates: list[Candidate], joins: list[Join]) -> None:
    """另有一个人名的，“桂东 示例职业学院”里的桂东就不是人名。"""
    for name, school, joined in joins:
        others = {c.raw for c in candidates if c.field is Field.NAME}
        if others - {name.raw}:
            place = candidates.index(school)
            candidates[place] = Candidate(Field.SCHOOL, joined)
            candidates.remove(name)


def take_name(
    candidates: list[Candidate], leftover: list[str], regions: Regions
) -> str | None:
    """学校、手机号都有了，只差姓名：取出没看懂的里面像人名的；没有则为 `None`。"""
    known = {candidate.field: candidate for candidate in candidates}
    if Field.NAME in known or not {Field.SCHOOL, Field.PHONE} <= known.keys():
        return None
    left = [text for text in leftover if fits_name(text)]
    if len(left) == 1 and len(left[0]) <= 6:
        leftover.remove(left[0])
        return left[0]
    city, home = known.get(Field.CITY), regions.leading(known[Field.SCHOOL].raw)
    if city and not city.labelled and may_be_name(city.raw, asked=False):
        # 校名说明不在那里的，“金华”“安康”是人名
        if home not in (None, regions.named(city.raw)):
            candidates.remove(city)
            return city.raw
    return None
