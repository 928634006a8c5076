"""不属于哪一个功能、几处都要说的话：没有权限，地区、编号没写，群换地区。"""

from bot.text.echoing import quoted_name

SECRETARIAT_ONLY = "「{word}」只有秘书处能用。需要的话请联系管理员授权。"
SUPERUSER_ONLY = "「{word}」只有超级管理员能用。"
NOT_STORED = "这次没有存下，请过一会儿再发一次；还不行请告诉秘书处。"
TOO_LONG = "这条太长了，我没有看。请用一两句话说。"
UNBOUND = "未绑定地区"


def not_your_region(*regions: str) -> str:
    """没有这些地区的权限。"""
    return f"您没有{'、'.join(regions)}的权限，请联系管理员。"


def unknown_region(text: str, example: str) -> str:
    """认不出的地区。"""
    named = quoted_name(text, "")
    return f"不认识地区{named}，请写省级地区的名字，如：{example}"


def which_region(example: str) -> str:
    """看不出是哪个地区。"""
    return f"请写上地区，如：{example}"


def which_number(example: str) -> str:
    """要带编号。"""
    return f"请带上编号，如：{example}"


def no_such_number(number: int | str, what: str) -> str:
    """没有这个编号。"""
    return f"没有编号 {number} 的{what}。"


def not_listed(number: int, count: int, how: str) -> str:
    """列给他的清单没有这么长。

    参数:
        how: 要看清单该发的口令
    """
    listed = f"只有 {count} 条" if count else "是空的"
    return (
        f"最近列给您的{listed}，没有编号 {number} 的那一条。请发「{how}」再看一遍；"
        f"回执里写的编号要带上 #，如：#{number}"
    )


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


def rebinding_referred(before: str, number: int) -> str:
    """提出的人不管群现在的地区。"""
    return (
        f"您没有{before}的权限，已转给{before}的秘书处和管全国的人（编号 {number}），"
        f"由他们确认，办了会私聊告诉您。不提了请回：取消 {number}"
    )


def rebinding_declined(region: str) -> str:
    """告诉提出的人：没有同意。"""
    return f"您提出把群换到{region}，没有得到同意，群没有动。"


def rebound(region: str) -> str:
    """告诉提出的人：换好了。"""
    return f"您提出把群换到{region}，已经确认，现在按{region}的规定答。"
