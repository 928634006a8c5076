"""各子命令：每个模块有一个 `register(subparsers)`。"""

from . import answering, data, running

COMMANDS = (running, answering, data)
