"""`--explain` 里说的：问没问模型，选了什么。"""

OFF = "没有设（LLM_BASE_URL、LLM_MODEL）"
NOT_ASKED = "没有问（有把握，或没有候选、像闲谈）"
NONE = "都不是"
RESTING = "没有问（接连不成，歇一阵）"
SPENT = "没有问（今天的次数用完了）"
MALFORMED = "回的不是一个号，照原来的裁决"


def chose(number: int, title: str) -> str:
    """选了第几个。"""
    return f"选了第 {number} 个：{title}"


def failed(reason: str) -> str:
    """没有问成。"""
    return f"没有问成（{reason}），照原来的裁决"
