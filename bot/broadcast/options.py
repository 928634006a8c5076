"""读“广播”后面的话：哪些是选项，哪些是内容。"""

import re
from collections.abc import Callable
from typing import TypeAlias

from bot.errors import AssistantError
from bot.outbox import Form

from . import wording
from .models import Draft

Named: TypeAlias = Callable[[str], str | None]
"""整段文字是某个地区的叫法时，给出这个地区。"""

_FORMS = {
    "全体": Form.MENTION_ALL,
    "全体成员": Form.MENTION_ALL,
    "全员": Form.MENTION_ALL,
    "所有人": Form.MENTION_ALL,
    "公告": Form.NOTICE,
    "群公告": Form.NOTICE,
}
_EVERYWHERE = frozenset({"全国", "全部", "全部群", "所有群", "各群"})
_TOKEN = re.compile(r"[\[［](.+?)[\]］]\s*|【(.+?)】\s*|(\S+)(?:\s+|$)")
_LONGEST_NAME = 8


class BroadcastError(AssistantError):
    """广播不了；消息说明原因。"""


def read_draft(argument: str, named: Named) -> Draft:
    """开头可以有几个选项：方括号里的 全体、公告、地区，或光写地区；其余是内容。

    【】常用来写标题，里面不是选项就当作内容。

    异常:
        BroadcastError: 方括号里不是选项，选项互相矛盾，或分不清是地区还是内容
    """
    rest, chosen, bare_region = argument.strip(), list[str | Form](), False
    while match := _TOKEN.match(rest):
        square, heading, bare = match.groups()
        options = _bare(bare, named) if bare else _inside(square or heading, named)
        if options is None:
            if square:
                raise BroadcastError(wording.unknown_option(square))
            break
        chosen += options
        bare_region = bare_region or bare is not None
        rest = rest[match.end() :]
    draft = _draft(rest.strip(), chosen)
    other = _leading_region(draft.text, named)
    if bare_region and draft.regions and other and other not in draft.regions:
        raise BroadcastError(wording.region_or_text(draft.regions, other))
    return draft


def _draft(text: str, chosen: list[str | Form]) -> Draft:
    forms = {option for option in chosen if isinstance(option, Form)}
    places = list(dict.fromkeys(o for o in chosen if not isinstance(o, Form)))
    everywhere = "" in places
    if len(forms) > 1 or (everywhere and len(places) > 1):
        raise BroadcastError(wording.CONTRADICTION)
    regions = () if everywhere else tuple(places)
    return Draft(text, regions, forms.pop() if forms else Form.MESSAGE)


def _inside(text: str, named: Named) -> list[str | Form] | None:
    """括号里的选项；有一样不是就都不算。空字串是“全部”。"""
    options: list[str | Form] = []
    for part in filter(None, re.split(r"[,，、;；\s和与及]+", text)):
        word = part.removeprefix("@")
        if word in _FORMS:
            options.append(_FORMS[word])
        elif word in _EVERYWHERE:
            options.append("")
        elif region := _region(word, named):
            options.append(region)
        else:
            return None
    return options or None


def _bare(text: str, named: Named) -> list[str | Form] | None:
    """没有括号的：只认地区和“@全体成员”，别的词可能就是内容。"""
    if text.startswith("@") and text[1:] in _FORMS:
        return [_FORMS[text[1:]]]
    found = [_region(part, named) for part in re.split(r"[,，、]", text)]
    regions = [region for region in found if region]
    return list(regions) if len(regions) == len(found) else None


def _region(text: str, named: Named) -> str | None:
    """只认地区本身的名字：群按地区绑定，写市名的多半是内容。"""
    region = named(text)
    return region if region and text.startswith(region) else None


def _leading_region(text: str, named: Named) -> str | None:
    prefixes = (text[:length] for length in range(2, _LONGEST_NAME + 1))
    return next((found for p in prefixes if (found := _region(p, named))), None)
