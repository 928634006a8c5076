"""`nb run` 的入口，与 `python -m bot` 一样。"""

import sys

from bot.__main__ import main

if __name__ == "__main__":
    sys.exit(main([]))
