"""不属于哪一个功能的话：路由说的，群与权限的。"""

SECRETARIAT_ONLY = "「{word}」只有秘书处能用。需要的话请联系管理员授权。"
SUPERUSER_ONLY = "「{word}」只有超级管理员能用。"
NOT_STORED = "这次没有存下，请过一会儿再发一次；还不行请告诉秘书处。"
TOO_LONG = "这条太长了，我没有看。请用一两句话说。"


def not_your_region(region: str) -> str:
    """没有这个地区的权限。"""
    return f"您没有{region}的权限，请联系管理员。"


def bound(region: str) -> str:
    """绑定地区之后。"""
    return f"本群已绑定{region}，以后按{region}的规定答。"


def rebinding(name: str, before: str, region: str) -> str:
    """给已有地区的群换地区之前。"""
    which = f"群「{name}」" if name else "本群"
    return f"{which}现在绑定的是{before}，将换成{region}，之后按{region}的规定答。"


def rebinding_brief(region: str) -> str:
    """换地区的一行。"""
    return f"把群换到{region}"
