"""名录：培训评价组织、联系人、证书与等级。"""

from . import wording as wording
from .catalogue import Catalogue as Catalogue
from .catalogue import build as build
from .catalogue import check as check
from .certificates import CertificateNaming as CertificateNaming
from .edits import Edit as Edit
from .forgetting import forget as forget
from .kinds import UndoKind as UndoKind
from .kinds import UpdateKind as UpdateKind
from .kinds import undo_slip as undo_slip
from .kinds import update_slip as update_slip
from .looking_up import look_up as look_up
from .matches import Key as Key
from .matches import Kind as Kind
from .records import Certificate as Certificate
from .sending_list import send_list as send_list
from .service import Change as Change
from .service import Directory as Directory
from .source import DirectorySource as DirectorySource
from .source import Snapshot as Snapshot
from .tables import read_folder as read_folder
from .updating import propose as propose
from .workbook import export as export
from .workbook import read_workbook as read_workbook
