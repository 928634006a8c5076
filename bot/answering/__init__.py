"""回答：一句问话进，一个答案出。"""

from .arbiter import Arbiter as Arbiter
from .arbiter import Decision as Decision
from .arbiter import Outcome as Outcome
from .conversation import Conversation as Conversation
from .conversation import Response as Response
from .faq import FaqSource as FaqSource
from .following import is_correction as is_correction
from .forgetting import forget as forget
from .given import DeliveredAnswers as DeliveredAnswers
from .given import Given as Given
from .memory import Memory as Memory
from .memory import Remembered as Remembered
from .posting import POSTED as POSTED
from .posting import may_post as may_post
from .retrieval.shipped import LEARNT as LEARNT
from .sources import Answer as Answer
from .sources import Candidate as Candidate
from .sources import Question as Question
from .sources import Source as Source
from .sources import Turn as Turn
from .teaching import Lesson as Lesson
from .teaching import Teaching as Teaching
from .teaching import TeachingKind as TeachingKind
from .unanswered import OpenQuestion as OpenQuestion
from .unanswered import UnansweredQuestions as UnansweredQuestions
from .unanswered import place_of as place_of
