"""申报窗口、双周报与提醒。"""

from .calendar import Calendar as Calendar
from .calendar import read_calendar as read_calendar
from .changes import Change as Change
from .changes import PutReport as PutReport
from .changes import PutWindow as PutWindow
from .changes import RemoveWindow as RemoveWindow
from .hearing_done import Done as Done
from .hearing_done import read_done as read_done
from .models import ALL as ALL
from .models import HolidayRule as HolidayRule
from .models import Kind as Kind
from .models import Occurrence as Occurrence
from .models import RegisteredSchools as RegisteredSchools
from .models import ReportSetting as ReportSetting
from .models import Rule as Rule
from .models import School as School
from .models import Window as Window
from .models import kind_of as kind_of
from .models import report_key as report_key
from .models import window_key as window_key
from .planning import LATEST as LATEST
from .planning import plan as plan
from .planning import schedule as schedule
from .service import Deadlines as Deadlines
from .source import DeadlinesSource as DeadlinesSource
from .timer import Timer as Timer
