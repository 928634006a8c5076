"""口令：写法、用法、谁能用；不含处理它的函数，谁都可以看。"""

from dataclasses import dataclass

from bot.access import Role

LONGEST_MESSAGE = 20_000
"""再长的一概不看：没有人这样说话，看它只会耽误别人。"""
LONGEST_FORM = 2_000
"""登记的一整条。"""
LONGEST_FIELD = 500
"""改一项。"""
LONGEST_QUERY = 200
"""要查的一个词、一句话，再长就是贴错了。"""


@dataclass(frozen=True, slots=True)
class Word:
    """一个口令。

    参数:
        names: 写法，第一个是正式的
        usage: 帮助里的一行；空的不列出
        role: 至少要有的角色
        glued: 后面的文字可以不隔开，如 `绑定地区广西`
        longest: 后面最多多少字；更长的不看
    """

    names: tuple[str, ...]
    usage: str = ""
    role: Role = Role.EVERYONE
    glued: bool = False
    longest: int = LONGEST_MESSAGE


def read_number(argument: str) -> int | None:
    """读口令后面的一个编号；不是编号（或长得不可能是）则为 `None`。"""
    return int(argument) if argument.isdecimal() and len(argument) < 10 else None
