"""确认台对人说的话。"""

from collections.abc import Sequence

from bot.wording import no_such_number, which_number

NOTHING = "这里没有等着您确认或取消的事。"
AMENDED = "改好了，请再核对："
CANNOT_AMEND = "这件事不能直接改，请取消后重新发起。"
USAGE_CONFIRM = "确认 [编号] —— 照刚才出示的办；有几件时带上编号"
USAGE_CANCEL = "取消 [编号] —— 刚才出示的不办了"


def settle_with(number: int) -> str:
    """怎么确认、怎么取消。"""
    return f"没错请回：确认 {number}；不对请回：取消 {number}"


def replaced(number: int, brief: str) -> str:
    """同一件事又提了一次，先前那次作废。"""
    return f"（先前的编号 {number}「{brief}」没有办，由这次的取代。）"


def several(lines: Sequence[tuple[int, str]], word: str) -> str:
    """有好几件，要带编号；新的在前。"""
    listed = "\n".join(f"{number}. {brief}" for number, brief in lines)
    ask = which_number(f"{word} {lines[0][0]}")
    return f"有 {len(lines)} 件事等着。{ask}\n{listed}"


def elsewhere(lines: Sequence[tuple[int, str]]) -> str:
    """这里没有，别处有。"""
    listed = "\n".join(f"{number}. {brief}" for number, brief in lines)
    return f"{NOTHING}在别处出示过、还等着的有（带上编号也可以在这里办）：\n{listed}"


def still_open(lines: Sequence[tuple[int, str]]) -> str:
    """办完一件，这里还有别的。"""
    listed = "；".join(f"{number}. {brief}" for number, brief in lines)
    return f"另外还等着您确认的：{listed}"


def which_one(shown: str) -> str:
    """说了“好”，但中间隔了别的话。"""
    return f"您说的是这件事吗？\n{shown}"


def passed_on(number: int, brief: str) -> str:
    """已转给别人的，提出的人不用再应。"""
    return (
        f"「{brief}」已转给办得了的人，等他们确认 {number}，您不用再回；"
        "结果会私聊告诉您。"
    )


def no_such(number: int) -> str:
    """没有这个编号。"""
    return no_such_number(number, "事等着您确认")


def cancelled(number: int, brief: str) -> str:
    """取消之后。"""
    return f"编号 {number}「{brief}」已取消，什么也没做。"


def confirmed_already(number: int) -> str:
    """确认过了。"""
    return f"编号 {number} 已经确认过了，没有再办一次。"


def cancelled_already(number: int) -> str:
    """取消过了。"""
    return f"编号 {number} 已经取消过了。要办请重新发起。"


def replaced_already(number: int) -> str:
    """被自己后来提的取代了。"""
    return f"编号 {number} 已经由您后来提的那次取代。"


def superseded(number: int) -> str:
    """所依据的已经变了。"""
    return (
        f"编号 {number} 提出之后，同一件事已按别的编号改过，"
        "再照它改会把那次改动冲掉。请看过现在的样子，重新发起。"
    )


def expired(number: int) -> str:
    """放得太久。"""
    return f"编号 {number} 太久没有确认，已经作废，请重新发起。"
