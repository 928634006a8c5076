"""命令行：`python -m bot` 启动助手，其余子命令不需要服务器。"""

import argparse
import sys
from collections.abc import Sequence

from bot.commands import COMMANDS
from bot.errors import AssistantError, KnowledgeError


def main(arguments: Sequence[str] | None = None) -> int:
    """解析并执行，返回退出码：0 成功，1 可预期的失败，2 用法不对。"""
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="1+X 助手", allow_abbrev=False
    )
    subparsers = parser.add_subparsers(title="子命令", metavar="")
    for command in COMMANDS:
        command.register(subparsers)
    parsed = parser.parse_args(["run"] if not arguments else arguments)
    try:
        return parsed.handler(parsed)
    except KnowledgeError as error:
        print("\n".join(error.problems), file=sys.stderr)
        return 1
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def script() -> int:
    """装好之后的命令 `onex-assistant`。"""
    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(script())
