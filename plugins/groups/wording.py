"""群与授权插件对人说的话。"""

from collections.abc import Iterable, Sequence

from bot import wording
from bot.access import Role
from bot.groups import MODE_NOTES, Mode
from bot.messages import Person
from bot.words import Word

USAGE_HELP = ""
USAGE_BIND = "绑定地区 广西 —— 本群按这个地区答"
USAGE_MODE = "答疑模式 自动/点名/关闭"
USAGE_GRANT = "授权 @人 [地区] —— 授予秘书处权限"
USAGE_REVOKE = "撤权 @人 [地区]"
USAGE_GRANTS = "授权列表"

ONLY_IN_GROUP = "请在要设置的群里发。"
GRANT_HOW = "请这样写：授权 @人 广西（或写号：授权 10001 广西；全部地区写 全国）"
REVOKE_HOW = "请这样写：撤权 @人，或 撤权 @人 广西"

_TITLES = {
    Role.EVERYONE: "大家都能用：",
    Role.SECRETARIAT: "秘书处：",
    Role.SUPERUSER: "超级管理员：",
}
_INTRO = (
    "直接提问就行，怎么说都可以，例如：\n"
    "· 佐证材料传什么格式\n"
    "· 提交后发现填错了怎么办\n"
    "群里@我或叫「小助手」一定答；拿不准时我会列出几个问题，回数字即可。"
)
_EXPLAINED, _BETWEEN = "——", " · "
_MORE = "发「帮助 口令」看某个口令怎么用，如：帮助 登记"


def help_text(words: Iterable[Word], role: Role) -> str:
    """按角色的帮助：只列写法，说明另问。"""
    parts = [_INTRO]
    for level, title in _TITLES.items():
        lines = [
            line.partition(_EXPLAINED)[0].strip()
            for word in words
            if word.role is level and word.usage
            for line in word.usage.splitlines()
        ]
        if level <= role and lines:
            parts.append(f"{title}{_BETWEEN.join(lines)}")
    parts.append(_MORE)
    return "\n".join(parts)


def help_on(asked: str, words: Iterable[Word], role: Role) -> str:
    """名字里有这个词的口令怎么用；没有则为空。"""
    return "\n".join(
        word.usage
        for word in words
        if word.usage and word.role <= role and any(asked in n for n in word.names)
    )


def bind_how(asked: str, regions: Sequence[str]) -> str:
    """绑定地区的写法。"""
    example = "绑定地区 广西"
    how = (
        wording.unknown_region(asked, example)
        if asked
        else wording.which_region(example)
    )
    return f"{how}。现有{'、'.join(regions)}的资料。"


def bound(region: str, *, has_sources: bool) -> str:
    """绑定之后。"""
    if has_sources:
        return wording.bound(region)
    return f"本群已绑定{region}。目前没有{region}的文件，只答全国通用的内容。"


def mode_how(mode: Mode) -> str:
    """答疑模式的写法。"""
    return f"现在是「{mode}」。请写：答疑模式 自动、点名 或 关闭"


def mode_set(mode: Mode) -> str:
    """设置之后。"""
    return f"本群答疑模式已设为：{mode}（{MODE_NOTES[mode]}）。"


def granted(person: Person, region: str, *, new: bool) -> str:
    """授权之后。"""
    if not new:
        return f"{person.id} 已经有{region}的秘书处权限。"
    return f"已授予 {person.id}：{region}秘书处。"


def revoked(person: Person, count: int) -> str:
    """撤权之后。"""
    return (
        f"已收回 {person.id} 的 {count} 项授权。"
        if count
        else f"{person.id} 没有授权。"
    )


def grants(rows: Sequence[tuple[str, str, str]]) -> str:
    """授权列表。"""
    if not rows:
        return "还没有授权任何人。"
    lines = [f"· {platform} {user}：{region}" for platform, user, region in rows]
    return "\n".join(["秘书处授权：", *lines])
