"""各子命令：每个模块有一个 `register(subparsers)`。"""

from . import answering, data, deadlines, directory, documents, running, schools

COMMANDS = (running, answering, directory, deadlines, schools, documents, data)
