"""对中文文字做的事：规整、折叠、切成字组与拼音组，认地区。"""

from .folding import fold as fold
from .folding import normalise as normalise
from .grams import char_grams as char_grams
from .grams import pinyin_grams as pinyin_grams
from .grams import tokens as tokens
from .regions import Regions as Regions
