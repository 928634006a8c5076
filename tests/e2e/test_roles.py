"""谁可以做什么：拒绝、授权、撤权、绑定地区、答疑模式。"""

import pytest

from plugins.sandbox.content import TextPart
from plugins.sandbox.people import Persona, Protocol

from .stage import COORDINATOR, SECRETARIAT, SUPERUSER, TEACHER, Chat, Stage

FOR_SECRETARIAT = (
    "教 甲 = 乙", "更正 乙", "撤销教 1", "未答", "答 1 乙", "绑定地区 广西",
    "答疑模式 关闭", "/未答",
)  # fmt: skip
FOR_SUPERUSER = ("授权 20001 广西", "撤权 20003", "授权列表")


async def assert_refused(chat: Chat, who: Persona, said: str) -> None:
    """被点名时一行婉拒，没被点名时沉默。"""
    refusal = (await chat.ask(who, said)).text
    assert "能用" in refusal
    assert "\n" not in refusal
    await chat.silence(who, said)


@pytest.mark.parametrize("said", FOR_SECRETARIAT + FOR_SUPERUSER)
async def test_teachers_are_refused(stage: Stage, said: str) -> None:
    await assert_refused(stage.group(), TEACHER, said)


@pytest.mark.parametrize("said", FOR_SUPERUSER)
async def test_the_secretariat_may_not_grant(stage: Stage, said: str) -> None:
    await assert_refused(stage.group(), SECRETARIAT, said)


@pytest.mark.parametrize("protocol", list(Protocol))
async def test_granting_and_revoking(stage: Stage, protocol: Protocol) -> None:
    chat, newcomer = stage.group(protocol), stage.newcomer()
    user_id = newcomer.id_in(protocol)
    platform = "qq" if protocol is Protocol.V11 else "wechat"
    await assert_refused(chat, newcomer, "未答")
    grant = [TextPart("授权 "), chat.mention(newcomer), TextPart(" 山东")]
    assert "山东秘书处" in (await chat.ask(SUPERUSER, grant)).text
    assert "已经有" in (await chat.ask(SUPERUSER, f"授权 {user_id} 山东")).text
    listed = (await chat.ask(SUPERUSER, "授权列表")).text
    assert f"{platform} {user_id}：山东" in listed
    assert "待处理" in (await chat.ask(newcomer, "未答")).text
    assert "1 项" in (await chat.ask(SUPERUSER, f"撤权 {user_id}")).text
    assert user_id not in (await chat.ask(SUPERUSER, "授权列表")).text
    await assert_refused(chat, newcomer, "未答")


async def test_a_grant_counts_on_its_own_platform_only(stage: Stage) -> None:
    newcomer = stage.newcomer()
    await stage.private(SUPERUSER).ask(SUPERUSER, f"授权 {newcomer.number} 全国")
    assert "待处理" in (await stage.group().ask(newcomer, "未答")).text
    await assert_refused(stage.group(Protocol.V12), newcomer, "未答")


async def test_a_regional_secretariat_keeps_to_its_region(stage: Stage) -> None:
    local = stage.newcomer()
    await stage.private(SUPERUSER).ask(SUPERUSER, f"授权 {local.number} 山东")
    group = stage.group()
    assert "没有广西的权限" in (await group.ask(local, "绑定地区 广西")).text
    assert "已绑定山东" in (await group.ask(local, "绑定地区山东省")).text
    guangxi = await stage.bound("广西")
    assert "没有广西的权限" in (await guangxi.ask(local, "答疑模式 关闭")).text
    assert "没有广西的权限" in (await guangxi.ask(local, "绑定地区 山东")).text
    answer = await guangxi.ask(TEACHER, "360浏览器打不开申报平台怎么办？")
    quoting = await guangxi.tell(local, "更正 乱改", quote=answer.message_id)
    assert "没有广西的权限" in (await guangxi.reply(after=quoting)).text


async def test_binding_and_modes_are_per_group(stage: Stage, chat: Chat) -> None:
    unknown = (await chat.ask(SECRETARIAT, "绑定地区 火星")).text
    assert "不认识地区「火星」" in unknown
    assert "绑定地区 广西" in unknown
    bound = await chat.ask(SECRETARIAT, "绑定地区 湖南")
    assert "没有湖南的文件" in bound.text
    assert "现在是「自动」" in (await chat.ask(SECRETARIAT, "答疑模式")).text
    assert "点名" in (await chat.ask(SECRETARIAT, "答疑模式 点名")).text
    other = stage.group(chat.gateway.protocol)
    assert "现在是「自动」" in (await other.ask(SECRETARIAT, "答疑模式")).text
    private = stage.private(SECRETARIAT, chat.gateway.protocol)
    assert "群里发" in (await private.ask(SECRETARIAT, "绑定地区 广西")).text


async def test_help_lists_what_one_may_use(chat: Chat) -> None:
    teacher = (await chat.ask(TEACHER, "帮助")).text
    assert "没解决" in teacher
    assert "教 问题 = 答案" not in teacher
    secretariat = (await chat.ask(SECRETARIAT, "帮助")).text
    assert "教 问题 = 答案" in secretariat
    assert "授权列表" not in secretariat
    assert "授权列表" in (await chat.ask(SUPERUSER, "/帮助")).text
    explained = (await chat.ask(SECRETARIAT, "帮助 广播")).text
    assert "先预览再确认" in explained
    assert "教 问题 = 答案" not in explained
    assert "先预览再确认" not in (await chat.ask(TEACHER, "帮助 广播")).text


async def test_help_is_quiet_where_it_was_not_asked(chat: Chat) -> None:
    helped = await chat.overhear(TEACHER, "帮助")
    assert helped.text.startswith("直接提问就行")
    await chat.silence(TEACHER, "菜单")
    assert (await chat.ask(TEACHER, "菜单")).text == helped.text
    for mode in ("点名", "关闭"):
        await chat.ask(SECRETARIAT, f"答疑模式 {mode}")
        await chat.silence(TEACHER, "帮助", "使用说明", "菜单")


async def test_endless_messages_are_not_read(chat: Chat) -> None:
    question = "佐证材料传什么格式？"
    await chat.silence(TEACHER, question * 300)
    assert "太长了" in (await chat.ask(TEACHER, question * 300)).text
    assert "太长了" in (await chat.ask(SECRETARIAT, f"教 甲 = {'乙' * 30_000}")).text


async def test_words_inside_sentences_are_not_commands(chat: Chat) -> None:
    await chat.silence(COORDINATOR, "教书育人", "答应我好吗", "帮助大家是应该的")
