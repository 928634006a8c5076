"""网址的验证。"""

import re

from bot.text.contacts import Invalid

_HAN = "\u4e00-\u9fff"


def website(raw: str) -> str:
    """网址；可以不带 http。"""
    text = raw.strip()
    if re.search(r"[,，]", text):
        raise Invalid(f"网址里有逗号，是不是 {re.sub('[,，]', '.', text)}")
    if "@" in text:
        raise Invalid("这像邮箱，网址应像 www.example.edu.cn")
    if found := re.match(r"https?(?!s?://)", text, re.I):
        rest = text[found.end() :].lstrip(":;/\\")
        raise Invalid(f"{found[0]} 后面应是 ://，是不是 {found[0].lower()}://{rest}")
    host = re.sub(r"^https?://", "", text, flags=re.I).split("/")[0].split(":")[0]
    short = host.lower().startswith("www.") and host.count(".") < 2
    if short or not re.fullmatch(
        rf"(?:[\w\-{_HAN}]+\.)+(?:[A-Za-z]{{2,}}|[{_HAN}]{{2,4}})", host
    ):
        raise Invalid("看不出网址，应像 www.example.edu.cn")
    return text
