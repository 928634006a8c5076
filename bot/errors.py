"""要让人看到的错误：消息是写给用户的一句中文。"""

from datetime import datetime


class AssistantError(Exception):
    """所有可预期错误的基类，消息可以直接给用户看。"""


class StartupError(AssistantError):
    """不能启动：设置、端口、数据库或知识文件有问题。"""


class KnowledgeError(StartupError):
    """知识文件有误；`problems` 每项一行，含文件与行号。"""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("知识文件有误：" + "；".join(problems))
        self.problems = problems


class NotStored(AssistantError):
    """没有存下：磁盘满了、数据库被占着；消息说明是什么。"""


class NotTaken(AssistantError):
    """别人发来的文件没有取到：太大、过期，或网关不给；消息说明原因。"""


class SendError(AssistantError):
    """消息没有确定送到；消息是一句说明原因的中文。"""


class SendFailed(SendError):
    """确定没有送到，如参数不对、群在禁言、已被移出群。

    参数:
        removed: 助手已不在群里
        unsupported: 网关不认这种写法，换简单的写法也许可以
        until: 到什么时候就又能发；不知道则为 `None`
    """

    def __init__(
        self,
        reason: str,
        *,
        removed: bool = False,
        unsupported: bool = False,
        until: datetime | None = None,
    ) -> None:
        super().__init__(reason)
        self.removed = removed
        self.unsupported = unsupported
        self.until = until


class SendUnknown(SendError):
    """不知道送到没有，如网关超时；不可盲目重发。"""


class NotConnected(SendError):
    """没有连着的账号可以到达这个会话；可以等连上再发。"""
