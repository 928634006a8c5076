"""确认台：凡是等着人说“确认”的事都在这里。"""

from . import wording as wording
from .changing import Swap as Swap
from .changing import loose_swap as loose_swap
from .changing import swap_in as swap_in
from .desk import Desk as Desk
from .models import After as After
from .models import Kind as Kind
from .models import NotReady as NotReady
from .models import Proposal as Proposal
from .models import Status as Status
from .models import settle_with as settle_with
from .shared import SecretariatKind as SecretariatKind
from .store import Slip as Slip
from .store import forget as forget
from .store import opened as opened
from .store import put as put
from .store import settle as settle
from .store import show as show
from .store import unfulfilled as unfulfilled
from .store import waiting as waiting
