"""对人说的话：在话该在的文件里，一个口气。"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
HAN = re.compile("[\u4e00-\u9fff]{2}")
SAID = [
    path
    for folder in ("bot", "plugins")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path.stem in ("wording", "replies", "cards", "answers")
]
PLUGINS = [
    path
    for path in sorted((ROOT / "plugins").rglob("*.py"))
    if path not in SAID and "sandbox" not in path.parts
]
"""沙盒演的是网关，它说的是网关的话。"""


def spoken(path: Path) -> Iterator[str]:
    """一个文件里的文字，文档字符串除外。"""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in documents:
            if isinstance(node.value, str):
                yield node.value


def said_outright(path: Path) -> Iterator[str]:
    """直接写在 `Reply(…)`、`raise …(…)` 里的话。"""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        call = node.exc if isinstance(node, ast.Raise) else node
        if not isinstance(call, ast.Call):
            continue
        if isinstance(node, ast.Raise) or ast.unparse(call.func) == "Reply":
            for given in call.args:
                parts = given.values if isinstance(given, ast.JoinedStr) else [given]
                for part in parts:
                    text = part.value if isinstance(part, ast.Constant) else ""
                    if isinstance(text, str) and HAN.search(text):
                        yield text


def test_one_voice() -> None:
    wrong = {
        f"{path.relative_to(ROOT)}：{text}"
        for path in SAID
        for text in spoken(path)
        if re.search("[“”你]", text)
    }
    assert wrong == set()


def test_plugins_take_their_words_from_the_wording() -> None:
    outright = {path: list(said_outright(path)) for path in PLUGINS}
    assert {path: texts for path, texts in outright.items() if texts} == {}


def test_a_sentence_said_outright_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "plugin.py"
    path.write_text(
        'def f(x):\n    """你“好”。"""\n    return Reply(f"不行{x}")\n', "utf-8"
    )
    assert list(said_outright(path)) == ["不行"]
    assert list(spoken(path)) == ["不行"]
