"""读文件：各种格式进，一棵条款树与切好的段出。"""

from .pieces import Unreadable as Unreadable
from .process import Reading as Reading
from .process import read_file as read_file
from .recognition import recognises as recognises
from .sniffing import LARGEST as LARGEST
