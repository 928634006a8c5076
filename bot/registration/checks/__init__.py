"""验证：各字段的写法，汇总表的填写规则。"""

from .checker import CertificateNames as CertificateNames
from .checker import Checks as Checks
from .rules import rule_problems as rule_problems
from .rules import unfinished as unfinished
