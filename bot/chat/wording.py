"""收发消息时对人说的话。"""

TROUBLE = "刚才出了点问题，没能处理这条消息。请稍后再试，管理员可查看日志。"
SENT_PRIVATELY = "已私聊发给您。"
PRIVATE_FAILED = "没能私聊发给您：请先加我为好友，或私聊我任意一句，再试一次。"


def resting(minutes: int) -> str:
    """答得太密，说完这句要歇一歇。"""
    return f"（这会儿问得很密，我先歇 {minutes} 分钟，之后再问我。）"
