"""可选：没有把握时，请一个语言模型从候选里挑一个；人读到的总是条目自己的话。"""

from .chooser import Chooser as Chooser
from .chooser import Considered as Considered
from .chooser import open_chooser as open_chooser
