"""群与授权：绑定地区、答疑模式、授权、帮助。"""

from nonebot.plugin import PluginMetadata

from bot import HOMEPAGE
from bot.access import Role
from bot.acting import acts_on, refusal, region_named
from bot.assistant import Assistant
from bot.chat.matching import listen
from bot.groups import Mode
from bot.messages import Message, Person, Reply
from bot.rebinding import rebind_slip
from bot.routing import Routes

from . import wording

__plugin_meta__ = PluginMetadata(
    name="群与授权",
    description="设置群的地区与答疑模式，管理秘书处授权，显示帮助",
    usage="帮助；绑定地区 广西；答疑模式 自动；授权 @人 广西",
    type="application",
    homepage=HOMEPAGE,
    supported_adapters={"~onebot.v11", "~onebot.v12"},
)

routes = Routes()


@routes.observer
async def seen(assistant: Assistant, message: Message) -> None:
    """记下见过这个群。"""
    if message.place.is_group:
        await assistant.groups.seen(message.place, message.group)


_MODES = {
    "自动": Mode.AUTO, "点名": Mode.MENTION, "关闭": Mode.OFF,
    "开启": Mode.AUTO, "打开": Mode.AUTO, "@": Mode.MENTION,
}  # fmt: skip


@routes.word("帮助", "help", "使用说明", usage=wording.USAGE_HELP)
async def show_help(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """按角色列出用法，或某个口令怎么用；没点名的，只在自动的群里应。"""
    mode = assistant.groups.get(message.place).mode
    if not (message.addressed or mode is Mode.AUTO):
        return None
    if not argument:
        return _help(assistant, message)
    role = assistant.access.rights(message.person).role
    found = wording.help_on(argument, assistant.words, role)
    return Reply(found) if found else None


@routes.word("菜单")
async def show_menu(
    assistant: Assistant, message: Message, argument: str
) -> Reply | None:
    """也是帮助；没点名的多半在说吃饭。"""
    return _help(assistant, message) if message.addressed and not argument else None


def _help(assistant: Assistant, message: Message) -> Reply:
    role = assistant.access.rights(message.person).role
    return Reply(wording.help_text(assistant.words, role))


@routes.word("绑定地区", usage=wording.USAGE_BIND, role=Role.SECRETARIAT, glued=True)
async def bind_region(assistant: Assistant, message: Message, argument: str) -> Reply:
    """绑定群的地区。"""
    if not message.place.is_group:
        return Reply(wording.ONLY_IN_GROUP)
    region = assistant.lexicon.regions.named(argument)
    if region is None:
        known = sorted(assistant.lexicon.regions.names)
        return Reply(wording.bind_how(argument, known))
    rights = assistant.access.rights(message.person)
    before = assistant.groups.get(message.place).region
    if refused := refusal(rights, region):
        return Reply(refused)
    if before not in (None, region):
        slip = rebind_slip(message.place, before, region)
        return await assistant.desk.propose(slip, message)
    await assistant.groups.bind(message.place, region)
    return Reply(
        wording.bound(region, has_sources=region in assistant.lexicon.regions.names)
    )


@routes.word("答疑模式", usage=wording.USAGE_MODE, role=Role.SECRETARIAT, glued=True)
async def set_mode(assistant: Assistant, message: Message, argument: str) -> Reply:
    """设置答疑模式。"""
    if not message.place.is_group:
        return Reply(wording.ONLY_IN_GROUP)
    group = assistant.groups.get(message.place)
    mode = _MODES.get(argument)
    if mode is None:
        return Reply(wording.mode_how(group.mode))
    rights = assistant.access.rights(message.person)
    if refused := refusal(rights, *filter(None, (group.region,))):
        return Reply(refused)
    await assistant.groups.set_mode(message.place, mode)
    return Reply(wording.mode_set(mode))


@routes.word("授权", usage=wording.USAGE_GRANT, role=Role.SUPERUSER)
async def grant(assistant: Assistant, message: Message, argument: str) -> Reply:
    """授予秘书处权限。"""
    person, rest = _target(message, argument)
    named = region_named(assistant.lexicon.regions, rest)
    if person is None or (rest and named is None):
        return Reply(wording.GRANT_HOW)
    here = assistant.groups.get(message.place).region
    region = acts_on(assistant.access.rights(message.person), named, here)
    if region is None:
        return Reply(wording.GRANT_HOW)
    new = await assistant.access.grant(person, region, message.person)
    return Reply(wording.granted(person, region, new=new))


@routes.word("撤权", usage=wording.USAGE_REVOKE, role=Role.SUPERUSER)
async def revoke(assistant: Assistant, message: Message, argument: str) -> Reply:
    """收回权限。"""
    person, rest = _target(message, argument)
    if person is None:
        return Reply(wording.REVOKE_HOW)
    region = region_named(assistant.lexicon.regions, rest)
    if rest and region is None:
        return Reply(wording.REVOKE_HOW)
    return Reply(wording.revoked(person, await assistant.access.revoke(person, region)))


@routes.word("授权列表", usage=wording.USAGE_GRANTS, role=Role.SUPERUSER)
async def grants(assistant: Assistant, message: Message, argument: str) -> Reply:
    """列出授权。"""
    return Reply(wording.grants(assistant.access.grants()))


def _target(message: Message, argument: str) -> tuple[Person | None, str]:
    """要授权的人（@ 的，或写出的号）与剩下的文字。"""
    if message.mentions:
        return message.mentions[0], argument.replace("@", "").strip()
    first, _, rest = argument.partition(" ")
    user_id = first.lstrip("@")
    if not user_id.isascii() or len(user_id) < 4:
        return None, argument
    return Person(message.person.platform, user_id), rest.strip()


matchers = listen(routes)
