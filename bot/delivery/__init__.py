"""发送：不请自来的消息都经过发件箱。"""

from .courier import Channel as Channel
from .courier import Courier as Courier
from .courier import guarded as guarded
from .models import WEBHOOK_PLATFORM as WEBHOOK_PLATFORM
from .models import Delivery as Delivery
from .models import Form as Form
from .models import Outgoing as Outgoing
from .models import Status as Status
from .outbox import Outbox as Outbox
from .pace import CLOSES as CLOSES
from .pace import OPENS as OPENS
from .pace import Pace as Pace
from .pace import earliest as earliest
