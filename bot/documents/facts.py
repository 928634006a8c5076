"""一份文件说的是哪里、哪一年：文件自己写明的才算，从不照今天的日期猜。"""

import re

from bot.access import NATIONWIDE
from bot.reading import Document
from bot.text import Regions, years_in

_MINISTRY = re.compile(r"^(?:中华人民共和国)?教育部|^国家|^国务院")
_EVERY_PROVINCE = re.compile(r"各省|各自治区|各直辖市")


def evident_region(document: Document, regions: Regions) -> str | None:
    """哪个地区的；部里发的、发给各省的是全国的；看不出为 `None`。"""
    heads = (document.title, document.issuer)
    for text in heads:
        if found := _named(text, regions):
            return found
    if _MINISTRY.search(document.issuer) or any(
        _EVERY_PROVINCE.search(one) for one in document.addressees
    ):
        return NATIONWIDE
    if found := regions.forms.get(document.number[:1]):
        return found.region
    told = [_named(one, regions) for one in document.addressees]
    opening = [_named(t, regions) for t in _opening(document)]
    return next((region for region in (*told, *opening) if region), None)


def evident_year(document: Document) -> int | None:
    """哪一年的：题目写的，否则文号的，否则落款的；看不出为 `None`。"""
    for text in (document.title, document.number):
        if years := years_in(text, 0):
            return max(years)
    return document.day.year if document.day else None


def _named(text: str, regions: Regions) -> str | None:
    """文字里写的地区；写全称（某某省、某某自治区）的、打头的算。"""
    for name, region in regions.regions.items():
        if region.full in text:
            return name
    plain = text.strip("（( ")
    longest = max(map(len, regions.regions))
    for size in range(min(longest, len(plain)), 1, -1):
        if plain[:size] in regions.regions:
            return plain[:size]
    return None


def _opening(document: Document) -> list[str]:
    """没有编号的开头几段。"""
    first = document.sections[0] if document.sections else None
    if first is None or first.number:
        return []
    return [block.text for block in first.blocks[:3] if len(block.text) <= 60]
