"""全部数据表。"""

from .base import Base as Base
from .base import UtcDateTime as UtcDateTime
from .confirming import Proposal as Proposal
from .deadlines import Mark as Mark
from .deadlines import ReminderHold as ReminderHold
from .deadlines import ReminderRule as ReminderRule
from .deadlines import ReportRow as ReportRow
from .deadlines import ReportTick as ReportTick
from .deadlines import WindowRow as WindowRow
from .delivery import Desk as Desk
from .delivery import Membership as Membership
from .delivery import OutboxRow as OutboxRow
from .directory import DirectoryChange as DirectoryChange
from .directory import DirectoryEdit as DirectoryEdit
from .groups import Grant as Grant
from .groups import Group as Group
from .knowledge import Delivered as Delivered
from .knowledge import Edit as Edit
from .knowledge import LocalEntry as LocalEntry
from .knowledge import Unanswered as Unanswered
from .registration import ListedSchool as ListedSchool
from .registration import Registration as Registration
from .registration import RegistrationAudit as RegistrationAudit
from .registration import RegistrationVersion as RegistrationVersion
from .registration import RemovedRegistration as RemovedRegistration
