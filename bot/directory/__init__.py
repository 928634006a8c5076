"""名录：培训评价组织、联系人、证书与等级。"""

from .catalogue import Catalogue as Catalogue
from .catalogue import check as check
from .index import Kind as Kind
from .keys import Key as Key
from .layer import Edit as Edit
from .service import Change as Change
from .service import Directory as Directory
from .source import DirectorySource as DirectorySource
from .updating import propose as propose
