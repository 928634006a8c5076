"""广播：先预览，确认后逐群发，随时可看可停。"""

from .broadcasts import BroadcastKind as BroadcastKind
from .broadcasts import Broadcasts as Broadcasts
from .contents import Contents as Contents
from .contents import PictureError as PictureError
from .models import CORRECTION as CORRECTION
from .options import BroadcastError as BroadcastError
from .options import read_draft as read_draft
