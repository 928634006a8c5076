"""遮盖文字里凭它就能找到人的：邮箱、长的号码。"""

import re

_LONG_NUMBER = re.compile(r"[0-9A-Za-z]*\d[0-9A-Za-z \-.]{5,}[0-9A-Za-z]")
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]+@+")


def mask_text(text: str) -> str:
    """遮盖任意文字里的邮箱和七位以上的号码。"""
    hidden = _MAIL.sub(lambda found: f"{found[0][:1]}***@", text)
    return _LONG_NUMBER.sub(_mask_number, hidden)


def _mask_number(found: re.Match[str]) -> str:
    number = found[0]
    if sum(char.isdecimal() for char in number) < 6:
        return number
    return f"{number[:3]}****{number[-2:]}"
