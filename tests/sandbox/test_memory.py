"""只取网页、不连上来的，不留下东西。"""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from nicegui import Client

from plugins.sandbox import page
from plugins.sandbox.service import Sandbox
from plugins.sandbox.view import ChatView


@pytest.fixture
async def visitor() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    page.mount(app)
    page.open_for(Sandbox("127.0.0.1", 1, None, None), None)
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 5))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        yield client


async def test_what_is_only_fetched_leaves_nothing(
    visitor: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[ChatView] = []
    monkeypatch.setattr(ChatView, "build", built.append)
    for _ in range(3):
        assert (await visitor.get("/sandbox")).status_code == 200
        assert (await visitor.get("/nothing")).status_code == 404
    assert len(Client.instances) == 3
    Client.prune_instances(client_age_threshold=0)
    assert (built, len(Client.instances)) == ([], 0)
