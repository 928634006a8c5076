"""别人写的 NoneBot 插件列在 [tool.nonebot] 里，与自己的插件并排工作。"""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from .conftest import MakeProcess
from .stage import COORDINATOR, SUPERUSER, TEACHER, Stage, opened

PYPROJECT = """\
[tool.nonebot.plugins]
"@local" = ["neighbour", "no_such_plugin"]
"""
ENV = """\
WEATHER_CITY=示例市
WEATHER_DAYS=[1, 2, 3]
COMMAND_START=["!", "！"]
"""


@pytest.fixture(scope="module")
async def stage(
    make_small_process: MakeProcess, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """一个文件夹里装着邻居的助手。"""
    folder = tmp_path_factory.mktemp("neighbours")
    (folder / "pyproject.toml").write_text(PYPROJECT, "utf-8")
    (folder / ".env").write_text(ENV, "utf-8")
    shutil.copy(Path(__file__).with_name("neighbour.py"), folder)
    people = '["qq:20000", "wechat:wx_20000"]'
    process = make_small_process(folder=folder, SUPERUSERS=people)
    async with opened(process) as shared:
        yield shared


async def test_it_gets_its_settings_and_the_command_start(stage: Stage) -> None:
    chat = stage.private(TEACHER)
    assert (await chat.ask(TEACHER, "!天气")).text == "示例市晴，3 天"
    assert (await chat.ask(TEACHER, "！天气")).text == "示例市晴，3 天"
    # 没有它的开头，就是对助手说的
    assert "示例市" not in (await chat.ask(TEACHER, "天气")).text


async def test_what_it_answered_is_not_answered_again(stage: Stage) -> None:
    chat = stage.private(TEACHER)
    sent = await chat.tell(TEACHER, "!天气")
    await chat.reply(after=sent)
    await chat.ask(TEACHER, "帮助")
    said = [bubble.text for bubble in stage.v11.replies(chat.place, after=sent)]
    assert said[0] == "示例市晴，3 天"
    assert len(said) == 2


async def test_thanks_for_its_answer_do_not_confirm_a_draft(stage: Stage) -> None:
    who = stage.newcomer()
    chat = stage.private(who)
    draft = "登记 桂东示例职业技术学院 高职 陈示例 13800138000 广西"
    assert "确认" in (await chat.ask(who, draft)).text
    assert "示例市" in (await chat.ask(who, "!天气")).text
    again = (await chat.ask(who, "好的")).text
    assert "桂东示例职业技术学院" in again
    assert "已登记" not in again
    # 它答了的话不填进草稿；草稿接着填，照样确认
    await chat.ask(who, "邮箱 chen@example.com")
    assert "已登记" in (await chat.ask(who, "确认")).text


async def test_what_it_passed_on_is_still_answered(stage: Stage) -> None:
    chat = stage.private(TEACHER)
    reply = await chat.ask(TEACHER, "360浏览器打不开申报平台怎么办")
    assert "360" in reply.text


async def test_a_superuser_is_one_for_it_too(stage: Stage) -> None:
    chat = stage.private(SUPERUSER)
    assert (await chat.ask(SUPERUSER, "!机密")).text.startswith("听到过")
    stranger = stage.private(COORDINATOR)
    assert "听到过" not in (await stranger.ask(COORDINATOR, "!机密")).text


async def test_its_errors_are_in_the_log_and_hurt_nobody(stage: Stage) -> None:
    chat = stage.private(TEACHER)
    await chat.ask(TEACHER, "!出错")
    group = stage.group()
    assert "直接提问就行" in (await group.ask(COORDINATOR, "帮助")).text
    assert "邻居自己的毛病" in stage.process.log
    assert "no_such_plugin" in stage.process.log


async def test_ours_answer_beside_it(stage: Stage) -> None:
    chat = stage.group()
    await chat.ask(SUPERUSER, "绑定地区 广西")
    reply = await chat.ask(TEACHER, "360浏览器打不开申报平台怎么办")
    assert "360" in reply.text
    assert "查证书" in (await chat.ask(TEACHER, "帮助")).text


async def test_nothing_that_people_say_is_in_the_log(stage: Stage) -> None:
    chat = stage.group()
    await chat.tell(TEACHER, "这句话只有我们知道")
    await chat.ask(TEACHER, "帮助")
    assert "只有我们知道" not in stage.process.log
    assert TEACHER.name not in stage.process.log
