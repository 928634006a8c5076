"""检索的数字：索引、特征、排序、把关与训练；不认识对话。"""

from . import prior as prior
from . import shipped as shipped
from .cache import MatcherCache as MatcherCache
from .corpus import Unit as Unit
from .corpus import by_matter as by_matter
from .corpus import fingerprint as fingerprint
from .corpus import make_unit as make_unit
from .corpus import make_units as make_units
from .gates import EVIDENCE as EVIDENCE
from .gates import LISTED as LISTED
from .matcher import Hit as Hit
from .matcher import Matcher as Matcher
from .matcher import Ranking as Ranking
from .sparse import Floats as Floats
from .training import rebuild as rebuild
from .training import train as train
from .training_process import TrainingProcess as TrainingProcess
