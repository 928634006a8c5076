"""读文件：各种格式进，一棵条款树与切好的段出；不认识助手的别的部分，另开进程时装得快。"""

from . import terms as terms
from .models import Block as Block
from .models import BlockKind as BlockKind
from .models import Document as Document
from .models import Section as Section
from .passages import Passage as Passage
from .passages import rows_of as rows_of
from .passages import written as written
from .pieces import Unreadable as Unreadable
from .process import OnPage as OnPage
from .process import Reading as Reading
from .process import read_file as read_file
from .recognition import recognises as recognises
from .sniffing import LARGEST as LARGEST
