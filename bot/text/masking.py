"""遮盖文字里凭它就能找到人的：邮箱、长的号码。"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from operator import is_

_LONG_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])[0-9A-Za-z]*\d[0-9A-Za-z \-.]{5,}[0-9A-Za-z]"
)
_MAIL = re.compile(r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]+@+")


def mask_text(text: str) -> str:
    """遮盖任意文字里的邮箱和七位以上的号码。"""
    hidden = _MAIL.sub(lambda found: f"{found[0][:1]}***@", text)
    return _LONG_NUMBER.sub(_mask_number, hidden)


def _mask_number(found: re.Match[str]) -> str:
    number = found[0]
    if sum(char.isdecimal() for char in number) < 6:
        return number
    return f"{number[:3]}****{number[-2:]}"


_KEPT_OUT = re.compile(
    r"(?P<link>https?://[^\s，。；、）]+)"
    r"|(?P<mail>(?<![\w.+-])[\w.+-]{1,64}@ ?[\w-]{1,64}(?:\.[\w-]{1,64}){1,5})"
    r"|(?P<spoken>[零〇一二三四五六七八九幺]{7,20})"
    r"|(?P<address>[一-龥]{2,12}(?:路|街|道|巷|弄|村)\s?\d{1,5}\s?号"
    r"(?:[一-龥]?[\dA-Za-z-]{1,6}[栋幢座单元楼层室号]{1,2}){0,4})"
    r"|(?P<number>(?<![\dA-Za-z])[A-Za-z]{0,4}\d(?:[ .–-]{0,2}[\dA-Za-z]){6,31})"
)
"""话里可能指到个人的：邮箱、念出来的号码、门牌、七位以上的号码；网址不算。"""
_LIKELY = re.compile(r"@|号|\d[\d .–-]{5}|[零〇一二三四五六七八九幺]{7}")
"""公开的文字里没有这些的，不用细看。"""
_MOBILE = re.compile(r"(?:0{0,2}86)?1[3-9]\d{9}")
_CODE = re.compile(r"\d{15}|[\dA-Z]{17,19}")
_SPOKEN = str.maketrans("零〇一二三四五六七八九幺", "0012345678" + "91")


class Masker:
    """记下不是登记的话之前，遮住其中个人的号码、邮箱、门牌；公开的照留。

    参数:
        published: 公开的文字，如知识与名录里的；其中出现过的号码不遮
        version: 公开的文字出自哪几样东西；换了其中哪一样，就重新读一遍
        conceal: 话里有个人的号码时，另外遮住其中的姓名这些没有样子可认的
    """

    def __init__(
        self,
        published: Callable[[], Iterable[str]] = tuple,
        version: Callable[[], tuple[object, ...]] = tuple,
        conceal: Callable[[str], str] = str,
    ) -> None:
        self._published = published
        self._version = version
        self._conceal = conceal
        self._read: tuple[object, ...] | None = None
        self._public: frozenset[str] = frozenset()

    def mask(self, text: str) -> str:
        """遮住之后的文字。"""
        if not self._found(text):
            return text
        text = self._conceal(text)
        hidden = {found.start(): found for found in self._found(text)}
        return _KEPT_OUT.sub(
            lambda found: _hide(found) if found.start() in hidden else found[0], text
        )

    def private(self, text: str) -> list[str]:
        """像是某个人的手机、邮箱、证件号、门牌的，遮住之后的样子。"""
        return [_hide(found) for found in self._found(text) if _is_personal(found)]

    def _found(self, text: str) -> list[re.Match[str]]:
        found = [match for match in _matches(text) if not _is_date(match[0])]
        if not found:
            return []
        public = self._known()
        return [match for match in found if _plain(match[0]) not in public]

    def _known(self) -> frozenset[str]:
        """公开的号码，各种写法成一种；固定电话不带区号的也算。"""
        version = self._version()
        same = self._read is not None and all(map(is_, version, self._read))
        if not same:
            self._read = version
            self._public = frozenset(
                form
                for text in self._published()
                if _LIKELY.search(text)
                for match in _matches(text)
                for form in _forms(_plain(match[0]))
            )
        return self._public


def _matches(text: str) -> Iterator[re.Match[str]]:
    """可能指到个人的各处。"""
    for match in _KEPT_OUT.finditer(text):
        digits = sum(char.isdecimal() for char in match[0])
        if match.lastgroup != "link" and (match.lastgroup != "number" or digits >= 7):
            yield match


def _plain(value: str) -> str:
    """同一个号码的各种写法，成一种。"""
    folded = unicodedata.normalize("NFKC", value).translate(_SPOKEN)
    return re.sub(r"[\s.–-]", "", folded).upper()


def _forms(plain: str) -> Iterator[str]:
    """人会怎么说一个公开的号码：全写，或不写国家代码、区号。"""
    yield plain
    if plain.startswith("86"):
        yield plain[2:]
    if plain.startswith("0") and plain.isdecimal():
        yield from (plain[3:], plain[4:])


def _is_personal(found: re.Match[str]) -> bool:
    if found.lastgroup in ("mail", "address"):
        return True
    plain = _plain(found[0])
    return bool(_MOBILE.fullmatch(plain) or _CODE.fullmatch(plain))


def _is_date(value: str) -> bool:
    """年份、日期写成的数字，如 2021-2022、2021.3.15、20210315。"""
    parts = re.split(r"[ .–-]+", unicodedata.normalize("NFKC", value))
    if not all(part.isdecimal() for part in parts) or parts[0][:2] not in ("19", "20"):
        return False
    if len(parts) > 1:
        return len(parts[0]) == 4 and all(len(part) <= 4 for part in parts)
    try:
        return len(parts[0]) == 8 and bool(date.fromisoformat(parts[0]))
    except ValueError:
        return False


def _hide(found: re.Match[str]) -> str:
    value = found[0]
    if found.lastgroup == "mail":
        return f"{value[:1]}***@{value.partition('@')[2]}"
    return f"{value[:3]}****{value[-2:]}"
