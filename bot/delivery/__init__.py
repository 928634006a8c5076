"""发送：不请自来的消息都经过发件箱。"""

from .broadcast import Broadcasts as Broadcasts
from .channel import Channel as Channel
from .courier import Courier as Courier
from .courier import Lane as Lane
from .desks import Desks as Desks
from .drafts import BroadcastError as BroadcastError
from .drafts import read_draft as read_draft
from .members import Members as Members
from .models import TEXT_LIMIT as TEXT_LIMIT
from .models import WEBHOOK_PLATFORM as WEBHOOK_PLATFORM
from .models import Content as Content
from .models import Delivery as Delivery
from .models import Form as Form
from .models import Outgoing as Outgoing
from .models import Status as Status
from .outbox import Outbox as Outbox
from .pace import CLOSES as CLOSES
from .pace import OPENS as OPENS
from .pace import Pace as Pace
from .pace import earliest as earliest
from .pictures import PictureError as PictureError
from .service import DeliveryService as DeliveryService
from .splitting import split as split
from .webhook import WebhookChannel as WebhookChannel
from .webhook import parse_webhooks as parse_webhooks
