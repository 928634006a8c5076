"""听懂用自己的话说的要办的事，写成口令，交给口令去办。"""

from .clerk import Clerk as Clerk
from .facts import Facts as Facts
from .hearing import LEARNT_CLASSES as LEARNT_CLASSES
from .hearing import LEARNT_ORDERS as LEARNT_ORDERS
from .hearing import Hearing as Hearing
from .kind import Obedience as Obedience
from .kind import OrderKind as OrderKind
from .responses import LEARNT_REACTIONS as LEARNT_REACTIONS
from .responses import Responses as Responses
from .writing import ORDERS as ORDERS
