"""登记：校级联系人与试点情况，从一条消息到工作簿。"""

from . import wording as wording
from .drafts import Draft as Draft
from .drafts import Record as Record
from .fields import PERSONAL as PERSONAL
from .fields import Field as Field
from .fields import Kind as Kind
from .notices import notify as notify
from .pilot import CertificateNames as CertificateNames
from .places import region_named as region_named
from .reading import Reading as Reading
from .service import Confirmation as Confirmation
from .service import Registrations as Registrations
from .vocabulary import COURTESY as COURTESY
from .workbooks import YEARS as YEARS
from .workbooks import export_folder as export_folder
from .workbooks import file_name as file_name
from .workbooks import write_contacts as write_contacts
from .workbooks import write_summary as write_summary
