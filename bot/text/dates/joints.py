"""起止的说法：开始、截止、之前、至。"""

import re

from .numbers import NUMBER

WORK = r"(?:报名|申报|补报|填报|上报|报送|提交|登记|受理|征集)"
STARTS = rf"(?:(?:开始|起始|启动|开放|开启)|起)(?:{WORK}|时间|日期|日)?"
CLOSES = (
    rf"(?:(?:最[后终晚迟])?(?:截止|截至|结束|终止|关闭)(?:{WORK})?(?:时间|日期|日)?"
    r"|最[晚迟](?:时间|日期)?|不[晚迟]于|直到|(?i:deadline|ddl))"
)
ENDING = r"(?:(?:当天)?下班之?前(?:截止)?|截止|截至|结束|关闭|为止|止|之前|以前|前)"
DONE = rf"(?:{WORK}完?|[交报做]?[完齐]|[交报]|完成)"
_PLEASE = r"(?:请|要|须|需|应)?(?:大家|各位|各学?校|各院校)?(?:务必)?[于在]"
BEFORE = re.compile(
    rf"(?:{CLOSES}[是为在于:]? ?[至到]?|[至到]|{_PLEASE}):?"
    rf"(?P<day>.+?)(?P<side>{ENDING})?{DONE}?"
)
AFTER = re.compile(rf"(?P<day>.+?)(?P<side>{ENDING}){DONE}?")
CUT = re.compile(
    rf"(?:{WORK}?{STARTS})?,?直?[至到]|{WORK}?{STARTS},?|{WORK},| ?[-—–~]{{1,3}} ?|"
    r"(?<=\d) (?=20\d\d)"
)
LABELLED = re.compile(
    rf"(?P<one>{STARTS}|{CLOSES})[:是为在于]*(?P<first>.+?)[,; ]*"
    rf"{WORK}?(?P<other>{STARTS}|{CLOSES})[:是为在于]*(?P<last>.+)"
)
"""“开始：… 截止：…”，次序随意。"""
AFTERWARDS = re.compile(
    rf"从?(?:(?P<starts>.+?){STARTS}|[到至]?(?P<closes>.+?)(?:{CLOSES}|为止|止))[,; ]+"
    rf"从?(?:(?P<began>.+?){STARTS}|[到至]?(?P<ended>.+?)(?:{CLOSES}|为止|止))"
)
"""“…截止，从…开始”，次序随意。"""
LENGTH = re.compile(
    rf"(?:为期|[共持]续?|的)?(?P<n>{NUMBER})(?P<unit>天|周|个?星期|个?礼拜|个月)"
    r"(?:时间|之内|以内|内)?"
)
"""“3月1日起三周”的后一半。"""
