"""对中文文字做的事：规整、折叠、切成字组与拼音组；听出是不是在问、哪一年、哪里。"""

from .equivalents import Equivalents as Equivalents
from .folding import fold as fold
from .folding import normalise as normalise
from .folding import same_ways as same_ways
from .grams import char_grams as char_grams
from .grams import longest_shared as longest_shared
from .grams import pinyin_grams as pinyin_grams
from .grams import tokens as tokens
from .masking import Masker as Masker
from .masking import mask_text as mask_text
from .plain import plain as plain
from .plain import simplified as simplified
from .regions import Regions as Regions
from .speech import SMALL_WORDS as SMALL_WORDS
from .speech import TAIL_QUESTION as TAIL_QUESTION
from .speech import Speech as Speech
from .speech import ends_asking as ends_asking
from .speech import is_courtesy as is_courtesy
from .speech import is_question as is_question
from .speech import only_asks as only_asks
from .speech import speech_of as speech_of
from .speech import tell_apart as tell_apart
from .typed_sounds import SoundReader as SoundReader
from .years import without_story as without_story
from .years import year_meant as year_meant
from .years import years_in as years_in
