"""各子命令：每个模块有一个 `register(subparsers)`。"""

from . import answering, running

COMMANDS = (running, answering)
