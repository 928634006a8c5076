"""命令行：不带参数就跑全部不需要外部文件的项目；带项目名只跑那一项。

每个项目是本包里的一个模块，有 `main(arguments: Sequence[str] = ())`；
名单里还没有写出来的自动略过。
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

BENCHMARKS = (
    "engines",
    "scale",
    "roundtrip",
    "burst",
    "holding",
    "learning",
    "directory",
    "registration",
    "delivery",
)


def main(arguments: Sequence[str]) -> int:
    """跑指定的或全部项目，返回退出码。"""
    available = [name for name in BENCHMARKS if find_spec(f"benchmarks.{name}")]
    if not arguments:
        for name in available:
            import_module(f"benchmarks.{name}").main()
        return 0
    name, *rest = arguments
    if name not in available:
        print(
            f"没有「{name}」这一项，可选：{'、'.join(available)}。"
            "例如 python -m benchmarks engines 问题.json --variants 5",
            file=sys.stderr,
        )
        return 2
    run = import_module(f"benchmarks.{name}").main
    run(rest) if rest else run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
