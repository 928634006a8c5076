"""值无效时怎样说。"""


class Invalid(ValueError):
    """值无效；消息是给填写人看的理由，不含原文。

    参数:
        reason: 错在哪里、怎么改
        secret: 原文不该留下，如身份证号
    """

    def __init__(self, reason: str, *, secret: bool = False) -> None:
        super().__init__(reason)
        self.secret = secret
