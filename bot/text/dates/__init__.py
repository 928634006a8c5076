"""日期的写法：一套窄而严的语法，读不懂就拒绝，从不猜。

不写年份的取今天起的下一个；起止都不写年份的，取今天还没结束的那一段。
"""

from .mentions import clock_mentions as clock_mentions
from .mentions import clock_spans as clock_spans
from .mentions import date_mentions as date_mentions
from .mentions import date_spans as date_spans
from .mentions import day_spans as day_spans
from .models import WEEKDAYS as WEEKDAYS
from .models import DateError as DateError
from .models import Moment as Moment
from .models import Span as Span
from .phrases import parse_moment as parse_moment
from .spans import parse_closing as parse_closing
from .spans import parse_opening as parse_opening
from .spans import parse_span as parse_span
from .trailing import split_trailing as split_trailing
