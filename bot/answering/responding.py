"""对一条消息的回应。"""

from collections.abc import Sequence
from dataclasses import dataclass

from .given import Given


@dataclass(frozen=True, slots=True)
class Response:
    """对一条消息的回应；`given` 是可引用更正的答案。"""

    text: str
    given: Given | None = None


def joined(responses: Sequence[Response], asked: str) -> Response | None:
    """几个问题的回应合成一条；一个也没有为 `None`。"""
    if not responses:
        return None
    entries = [i for r in responses if r.given for i in r.given.entries]
    text = "\n\n".join(response.text for response in responses)
    return Response(text, Given(asked, tuple(entries)))
