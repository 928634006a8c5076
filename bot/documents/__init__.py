"""文件库：通知、指南读进来，分成条，存着，拿来答题、提出改动。"""

from bot.reading import LARGEST as LARGEST
from bot.reading import Document as Document
from bot.reading import Unreadable as Unreadable

from . import telling as telling
from . import wording as wording
from .asking import AcceptingKind as AcceptingKind
from .asking import asking_slip as asking_slip
from .forgetting import forget as forget
from .imports import Imports as Imports
from .library import Library as Library
from .library import with_scope as with_scope
from .names import names_in as names_in
from .originals import Originals as Originals
from .proposals import ANSWERS as ANSWERS
from .proposals import Accepting as Accepting
from .proposals import Kind as Kind
from .proposals import Proposed as Proposed
from .proposals import Proposing as Proposing
from .proposals import Status as Status
from .received import Received as Received
from .received import ReceivedFiles as ReceivedFiles
from .relating import Relating as Relating
from .reminding import Reminding as Reminding
from .results import Brought as Brought
from .results import Settled as Settled
from .seeing import seen_in as seen_in
from .seeing import sees as sees
from .shelf import CONSOLE as CONSOLE
from .shelf import PAGE as PAGE
from .shelf import Draft as Draft
from .shelf import Imported as Imported
from .shelf import Stored as Stored
from .source import PassagesSource as PassagesSource
