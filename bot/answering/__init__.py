"""回答：一句问话进，一个答案出。"""

from .arbiter import Arbiter as Arbiter
from .arbiter import Decision as Decision
from .arbiter import Outcome as Outcome
from .faq import FaqSource as FaqSource
from .memory import Memory as Memory
from .memory import Remembered as Remembered
from .sources import Answer as Answer
from .sources import Candidate as Candidate
from .sources import Question as Question
from .sources import Source as Source
from .sources import Turn as Turn
