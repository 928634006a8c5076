"""发件箱：不请自来的消息都经过这里，一条一条慢慢发，说得清每一条的下落。"""

from .channels import Channel as Channel
from .collecting import collect_within as collect_within
from .courier import Courier as Courier
from .courier import Lane as Lane
from .forgetting import forget as forget
from .models import LATE_AFTER as LATE_AFTER
from .models import LATE_ROOM as LATE_ROOM
from .models import Content as Content
from .models import Delivery as Delivery
from .models import Form as Form
from .models import Outgoing as Outgoing
from .models import Refusal as Refusal
from .models import Status as Status
from .outbox import Outbox as Outbox
from .pace import CLOSES as CLOSES
from .pace import OPENS as OPENS
from .pace import Pace as Pace
from .pace import earliest as earliest
from .reporting import Reporting as Reporting
from .routes import AccountRoutes as AccountRoutes
from .service import DeliveryService as DeliveryService
from .webhook import WebhookChannel as WebhookChannel
from .webhook import parse_webhooks as parse_webhooks
from .wording import STATUS_NAMES as STATUS_NAMES
