"""让沙盒里的群和人一开始就有身份：群属哪个地区，谁是秘书处；超级管理员在设置里。"""

from bot.access import NATIONWIDE
from bot.assistant import Assistant
from bot.messages import Person, Place, PlaceKind

from .people import GROUPS, PERSONAS, Protocol, Role

_REGIONS = {"guangxi": "广西", "shandong": "山东"}
_GRANTED_BY = Person("sandbox", "sandbox")


async def prepare_roles(assistant: Assistant) -> None:
    """绑定还没绑定过的群，授权扮演秘书处的人。"""
    for group in GROUPS:
        place = Place(group.protocol.platform, PlaceKind.GROUP, group.id)
        region = _REGIONS.get(group.key)
        if region is not None and assistant.groups.get(place).region is None:
            await assistant.groups.bind(place, region)
    for persona in PERSONAS:
        if persona.role is not Role.SECRETARIAT:
            continue
        for protocol in Protocol:
            person = Person(protocol.platform, persona.id_in(protocol))
            await assistant.access.grant(person, NATIONWIDE, _GRANTED_BY)
