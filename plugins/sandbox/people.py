"""沙盒里的会话与人，全是虚构的。"""

from dataclasses import dataclass
from enum import StrEnum

from bot.messages import SANDBOX_PLATFORM, SANDBOX_WECHAT, PlaceKind

ASSISTANT_NAME = "1+X助手"


class Protocol(StrEnum):
    """会话经由哪种协议接入。"""

    V11 = "v11"
    V12 = "v12"

    @property
    def platform(self) -> str:
        """沙盒里用这种协议的平台。"""
        return SANDBOX_PLATFORM if self is Protocol.V11 else SANDBOX_WECHAT


class Role(StrEnum):
    """发言人的身份，决定名字旁的标签与群里的职务。"""

    TEACHER = "teacher"
    COORDINATOR = "coordinator"
    SECRETARIAT = "secretariat"
    SUPERUSER = "superuser"

    @property
    def label(self) -> str:
        """中文标签。"""
        return _LABELS[self]

    @property
    def group_role(self) -> str:
        """OneBot v11 里的群职务。"""
        return _GROUP_ROLES.get(self, "member")


_LABELS = {
    Role.TEACHER: "教师",
    Role.COORDINATOR: "校级联系人",
    Role.SECRETARIAT: "秘书处",
    Role.SUPERUSER: "超级管理员",
}
_GROUP_ROLES = {Role.SECRETARIAT: "admin", Role.SUPERUSER: "owner"}


@dataclass(frozen=True, slots=True)
class Persona:
    """一个可以扮演的人。

    参数:
        number: QQ 号；在 v12 里写作 `wx_` 加这个号
        name: 名字，也是群名片
        role: 身份
    """

    number: int
    name: str
    role: Role = Role.TEACHER

    def id_in(self, protocol: Protocol) -> str:
        """这个人在某种协议里的号。"""
        return str(self.number) if protocol is Protocol.V11 else f"wx_{self.number}"


@dataclass(frozen=True, slots=True)
class ChatPlace:
    """一个会话。

    参数:
        key: 页面与测试里的短名
        name: 显示的名字
        protocol: 经由哪种协议
        kind: 群聊或私聊
        id: 群号，或私聊对方的号
    """

    key: str
    name: str
    protocol: Protocol
    kind: PlaceKind
    id: str

    @property
    def is_group(self) -> bool:
        """是否群聊。"""
        return self.kind is PlaceKind.GROUP


PERSONAS = (
    Persona(20001, "韦老师(示例)", Role.TEACHER),
    Persona(20002, "覃老师(示例)", Role.COORDINATOR),
    Persona(20003, "秘书处小李(示例)", Role.SECRETARIAT),
    Persona(20000, "超级管理员(示例)", Role.SUPERUSER),
)
GROUPS = (
    ChatPlace("guangxi", "广西工作群", Protocol.V11, PlaceKind.GROUP, "645001"),
    ChatPlace("shandong", "山东工作群", Protocol.V11, PlaceKind.GROUP, "750001"),
    ChatPlace(
        "wechat", "微信工作群", Protocol.V12, PlaceKind.GROUP, "wxgroup@chatroom"
    ),
)
