"""run：启动助手。"""

import argparse
from typing import Any

from bot.settings import load_settings


def register(subparsers: Any) -> None:
    """登记子命令。"""
    parser = subparsers.add_parser("run", help="启动助手（默认）")
    parser.set_defaults(handler=_run)


def _run(arguments: argparse.Namespace) -> int:
    settings = load_settings()
    from bot.app import run

    run(settings)
    return 0
