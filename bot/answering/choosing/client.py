"""与语言模型说一个来回：OpenAI 的对话接口，各家与 Ollama、vLLM 都认。"""

import asyncio
import json
from typing import Any

import httpx

LIMIT_SECONDS = 5.0
"""最多等这么久，人在等答案。"""
MOST_BYTES = 64 * 1024
MOST_TOKENS = 16


class ModelError(Exception):
    """没有得到模型的回答；消息说明为什么，不含所问的话。"""


class ChatClient:
    """一个模型。

    参数:
        base_url: 接口的地址，如 `http://127.0.0.1:11434/v1`
        key: 密钥；本机的模型不用
        limit: 最多等多少秒
    """

    def __init__(
        self, base_url: str, key: str | None, model: str, limit: float = LIMIT_SECONDS
    ) -> None:
        self._url = f"{base_url.rstrip('/')}/chat/completions"
        self._model = model
        self._limit = limit
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.AsyncClient(headers=headers, timeout=limit)

    async def complete(self, rules: str, asked: str) -> str:
        """模型回的话。

        参数:
            rules: 要它怎么办
            asked: 要它看什么

        异常:
            ModelError: 连不上、太慢、拒绝，或回的不是这个接口的样子
        """
        try:
            async with asyncio.timeout(self._limit):
                body = await self._post(rules, asked)
        except TimeoutError as error:
            raise ModelError(f"{self._limit:g} 秒没有回答") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ModelError(f"连不上（{type(error).__name__}）") from error
        return _content(body)

    async def close(self) -> None:
        """断开。"""
        await self._http.aclose()

    async def _post(self, rules: str, asked: str) -> bytes:
        request = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": rules},
                {"role": "user", "content": asked},
            ],
            "temperature": 0,
            "max_tokens": MOST_TOKENS,
            "stream": False,
        }
        body = b""
        async with self._http.stream("POST", self._url, json=request) as response:
            if response.status_code != httpx.codes.OK:
                raise ModelError(f"拒绝了（状态码 {response.status_code}）")
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise ModelError("回得太长")
        return body


def _content(body: bytes) -> str:
    """回答里的那句话。

    异常:
        ModelError: 不是这个接口的样子
    """
    try:
        answered: Any = json.loads(body)
        content = answered["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError) as error:
        raise ModelError("回的不是对话接口的样子") from error
    if not isinstance(content, str):
        raise ModelError("回的不是文字")
    return content
