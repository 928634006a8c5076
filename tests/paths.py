"""测试里用到的路径。"""

from pathlib import Path

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"
