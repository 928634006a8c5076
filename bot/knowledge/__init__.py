"""知识：文件里的条目、词表，以及秘书处在其上的改动。"""

from .exporting import export_local as export_local
from .forgetting import forget as forget
from .layer import Knowledge as Knowledge
from .lexicon import Lexicon as Lexicon
from .local import LOCAL_PREFIX as LOCAL_PREFIX
from .local import Change as Change
from .local import Cited as Cited
from .local import LocalEdit as LocalEdit
from .local import is_taught as is_taught
from .lookups import Lookup as Lookup
from .lookups import LookupKind as LookupKind
from .lookups import lookup_paths as lookup_paths
from .lookups import read_lookups as read_lookups
from .models import FILES as FILES
from .models import Entry as Entry
from .models import Phrasing as Phrasing
from .models import Source as Source
from .phrasings import phrasing_paths as phrasing_paths
from .phrasings import phrasings_folder as phrasings_folder
from .phrasings import with_phrasings as with_phrasings
from .reader import explain as explain
from .reader import faq_paths as faq_paths
from .reader import line_of as line_of
from .reader import load_yaml as load_yaml
from .reader import read_entries as read_entries
from .tidying import mask_kept as mask_kept
