"""一句话是不是在答应或放弃：确认、好的确认、算了、不登记了。"""

import re
import unicodedata
from enum import Enum, auto

from bot.text import SMALL_WORDS

_LONGEST = 20
_FILLER = (
    rf"(?:{SMALL_WORDS}|都|麻烦|帮忙|帮|一下|多|辛苦|先|个|份|内容|信息|没问题|可以)*"
)
_YES = r"(?:确认|确定)(?:登记|提交|保存|无误|没错|修改|草稿)*|保存|提交|登记吧"
_NO = (
    r"(?:取消|放弃|作废|不要)(?:登记|修改|草稿)*|不(?:登记|报|填|改|弄|确认)|"
    r"不用(?:登记|改)"
)
_SOFT_YES = (
    r"没问题|没有问题|没错|无误|正确|对|是|行|可以|好|ok|okay|yes|嗯|同意|就这样|"
    r"没毛病"
)
_SOFT_NO = r"算|不用|不|不弄"


class Decision(Enum):
    """答应或放弃。"""

    YES = auto()
    NO = auto()


def _pattern(core: str) -> re.Pattern[str]:
    return re.compile(rf"{_FILLER}(?:{core}){_FILLER}", re.I)


_PLAIN = ((_pattern(_YES), Decision.YES), (_pattern(_NO), Decision.NO))
_SOFT = ((_pattern(_SOFT_YES), Decision.YES), (_pattern(_SOFT_NO), Decision.NO))


def decision(text: str, *, just_asked: bool, ready: bool) -> Decision | None:
    """整句话就是答应或放弃的，是哪一种；都不是为 `None`。

    参数:
        just_asked: 刚出示过卡片：“算了”也算
        ready: 卡片上都齐了，只等确认：“没问题”也算
    """
    if re.search(r"[?？]", text):
        return None
    plain = unicodedata.normalize("NFKC", text)
    bare = "".join(char for char in plain if char.isalnum())
    if len(bare) > _LONGEST:
        return None
    patterns = _PLAIN + _SOFT if just_asked else _PLAIN
    found = next((what for rule, what in patterns if rule.fullmatch(bare)), None)
    hasty = found is Decision.YES and not ready and not _PLAIN[0][0].fullmatch(bare)
    return None if hasty else found
