"""量时间与内存；需要互不影响的，各在一个新进程里量。"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
KNOWLEDGE = ROOT / "knowledge"
UNKNOWN = "-"

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def apart(
    function: Callable[_Arguments, _Result],
    *arguments: _Arguments.args,
    **options: _Arguments.kwargs,
) -> _Result:
    """在一个新进程里执行，返回它的结果。"""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments, **options).result()


def resident_mb(process: int | None = None) -> float | None:
    """进程（默认自己）占用的物理内存；没有 /proc 的系统为 `None`。"""
    try:
        text = Path(f"/proc/{process or os.getpid()}/statm").read_text()
    except OSError:
        return None
    return int(text.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def cpu_seconds(process: int) -> float | None:
    """别的进程至今用的处理器时间；没有 /proc 的系统为 `None`。"""
    try:
        text = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return None
    user, system = text.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def conditions() -> str:
    """量的时候机器忙不忙：负载超过核数，时间就不可信了。"""
    cores = os.cpu_count() or 1
    if not hasattr(os, "getloadavg"):
        return f"本机 {cores} 核。"
    return f"本机 {cores} 核，量完时近一分钟的负载 {os.getloadavg()[0]:.1f}。"


def p50_p99_ms(seconds: Sequence[float]) -> tuple[float, float]:
    """中位数与 99 分位，毫秒。"""
    p50, p99 = np.percentile(np.array(seconds) * 1000, [50, 99])
    return float(p50), float(p99)


def megabytes(value: float | None) -> str:
    """内存数的写法。"""
    return UNKNOWN if value is None else f"{value:.0f}"
