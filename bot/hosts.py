"""主机名：哪些只在本机。"""

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """是不是本机的名字或地址；IPv6 可以带方括号。"""
    name = host.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def without_port(netloc: str) -> str:
    """`主机:端口` 里的主机，如 Host 请求头。"""
    host, colon, port = netloc.rpartition(":")
    return host if colon and port.isdecimal() and host else netloc
