"""由一份文件提出改动：比出来、存着、接受、撤销。"""

from . import store as store
from .accepting import Accepting as Accepting
from .accepting import Changes as Changes
from .contacts import contact_of as contact_of
from .models import ANSWERS as ANSWERS
from .models import Kind as Kind
from .models import Proposed as Proposed
from .models import Status as Status
from .models import Suggestion as Suggestion
from .proposing import Proposing as Proposing
