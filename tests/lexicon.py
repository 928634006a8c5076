"""随项目发布的词表，各处测试共用。"""

from bot.knowledge import Lexicon

from .paths import KNOWLEDGE

LEXICON = Lexicon(KNOWLEDGE / "lexicon")
REGIONS = LEXICON.regions
