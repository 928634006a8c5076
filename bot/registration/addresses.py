"""邮箱与网址的验证。"""

import re

from email_validator import EmailNotValidError, validate_email
from rapidfuzz.distance import OSA

from .invalid import Invalid

_HAN = "\u4e00-\u9fff"
_MAIL_DOMAINS = (
    "qq.com 163.com 126.com 139.com 189.cn sina.com sohu.com foxmail.com gmail.com "
    "outlook.com hotmail.com yeah.net aliyun.com 188.com vip.qq.com live.com icloud.com"
).split()
_BAD_TLDS = frozenset(
    "con cmo ocm comm cim vom xom coom cpm om conm c0m comn cnm ccom ner nte".split()
)


def email(raw: str) -> str:
    """邮箱；域名像是写错的给出提示。"""
    text = re.sub(r"\s+", "", raw).removeprefix("mailto:")
    local, at, domain = text.partition("@")
    if not at:
        raise Invalid("邮箱里没有 @")
    if "@" in domain:
        raise Invalid("邮箱里有两个 @")
    if not local:
        raise Invalid("@ 前面没有内容")
    if not domain:
        raise Invalid("@ 后面没有内容，请写全，如 @qq.com")
    if any(mark in domain for mark in ",，"):
        fixed = re.sub("[,，]", ".", domain)
        raise Invalid(f"@ 后面有逗号，是不是 {fixed}")
    if ".." in text:
        raise Invalid("有连着的两个点")
    if found := re.search(r"[^\x21-\x7e]", text):
        position = found.start() + 1
        raise Invalid(f"第 {position} 个字是“{found[0]}”，邮箱里应是字母、数字和符号")
    _check_domain(domain.lower())
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        part = "@ 前面" if _domain_ok(domain) else "@ 后面"
        raise Invalid(f"{part}的写法不对，应像 zhangsan@example.com") from None


def _domain_ok(domain: str) -> bool:
    label = r"[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?"
    return re.fullmatch(rf"(?:{label}\.)+{label}", domain) is not None


def _check_domain(domain: str) -> None:
    stem, dot, tld = domain.rpartition(".")
    if not dot:
        known = next((d for d in _MAIL_DOMAINS if d.split(".")[0] == domain), None)
        hint = f"，是不是 {known}" if known else "，应像 qq.com"
        raise Invalid(f"@ 后面缺少 .com 之类的结尾{hint}")
    if tld in _BAD_TLDS:
        raise Invalid(f"没有 .{tld} 这样的域名，是不是 {stem}.com")
    if tld.isdecimal():
        raise Invalid(f"@ 后面的结尾是 {tld}，应像 .com、.cn")


def website(raw: str) -> str:
    """网址；可以不带 http。"""
    text = raw.strip()
    if re.search(r"[,，]", text):
        raise Invalid(f"网址里有逗号，是不是 {re.sub('[,，]', '.', text)}")
    if "@" in text:
        raise Invalid("这像邮箱，网址应像 www.example.edu.cn")
    if found := re.match(r"https?(?!s?://)", text, re.I):
        rest = text[found.end() :].lstrip(":;/\\")
        raise Invalid(f"{found[0]} 后面应是 ://，是不是 {found[0].lower()}://{rest}")
    host = re.sub(r"^https?://", "", text, flags=re.I).split("/")[0].split(":")[0]
    short = host.lower().startswith("www.") and host.count(".") < 2
    if short or not re.fullmatch(
        rf"(?:[\w\-{_HAN}]+\.)+(?:[A-Za-z]{{2,}}|[{_HAN}]{{2,4}})", host
    ):
        raise Invalid("看不出网址，应像 www.example.edu.cn")
    return text


def mail_cautions(mail: str) -> list[str]:
    """有效、但域名像是写错的，只提醒。"""
    domain = mail.rpartition("@")[2]
    near = next((d for d in _MAIL_DOMAINS if OSA.distance(d, domain) == 1), None)
    if near is None or domain in _MAIL_DOMAINS:
        return []
    return [f"邮箱域名 {domain} 是不是 {near}？没错就不用管"]
