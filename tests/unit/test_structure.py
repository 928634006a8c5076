"""房子的结构：模块之间不绕圈（只为类型的也算），bot 不认识 plugins。"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
Graph = Mapping[str, set[str]]


def modules(folder: str) -> dict[str, Path]:
    """一个文件夹里的全部模块：模块名 → 文件。"""
    found: dict[str, Path] = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules("bot")


def imports(name: str, path: Path) -> Iterator[tuple[str, str, str]]:
    """一个文件里的全部 import，不论在哪一层：（从哪个模块，取什么，叫什么）。"""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "", alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")
            base = above[: len(above) - node.level + 1] if node.level else []
            origin = ".".join([*base, *filter(None, [node.module])])
            for alias in node.names:
                yield origin, alias.name, alias.asname or alias.name


IMPORTS = {name: list(imports(name, path)) for name, path in MODULES.items()}


def home(origin: str, taken: str) -> str:
    """取的东西住在哪个模块：包的门面只是转手，要找到真正写它的地方。"""
    if f"{origin}.{taken}" in MODULES:
        return f"{origin}.{taken}"
    if origin in MODULES and MODULES[origin].name == "__init__.py":
        for source, name, known_as in IMPORTS[origin]:
            if taken and known_as == taken:
                return home(source, name)
    return origin


def graph() -> Graph:
    """谁认识谁。"""
    return {
        name: {
            target
            for origin, taken, _ in IMPORTS[name]
            if (target := home(origin, taken)) in MODULES and target != name
        }
        for name in MODULES
    }


def by_room(known: Graph) -> Graph:
    """哪个房间认识哪个房间。"""
    rooms: dict[str, set[str]] = defaultdict(set)
    for name, targets in known.items():
        rooms[room(name)] |= {room(target) for target in targets} - {room(name)}
    return rooms


def room(name: str) -> str:
    """bot 下的一个包或一个文件。"""
    return ".".join(name.split(".")[:2])


def circles(known: Graph) -> set[frozenset[str]]:
    """绕成圈的各组。"""
    reach = {name: reachable(known, known[name]) for name in known}
    return {
        frozenset(other for other in reach[name] if name in reach[other])
        for name in known
        if name in reach[name]
    }


def reachable(known: Graph, start: Iterable[str]) -> set[str]:
    """顺着 import 走得到的。"""
    found: set[str] = set()
    ahead = list(start)
    while ahead:
        if (name := ahead.pop()) not in found:
            found.add(name)
            ahead += known.get(name, ())
    return found


def test_modules_do_not_import_in_circles() -> None:
    assert circles(graph()) == set()


def test_rooms_do_not_import_in_circles() -> None:
    assert circles(by_room(graph())) == set()


def test_bot_knows_no_plugins() -> None:
    reaching = {
        name
        for name, found in IMPORTS.items()
        if any(origin.split(".")[0] == "plugins" for origin, _, _ in found)
    }
    assert reaching == set()


def test_text_and_storage_know_no_feature() -> None:
    known = by_room(graph())
    ground = {"bot.clock", "bot.errors"}
    assert known["bot.text"] - ground == set()
    assert known["bot.storage"] - ground == set()


def test_a_circle_is_seen_through_the_face_of_a_package() -> None:
    """门面转手的也看得穿：`from bot.text import fold` 认识的是 folding。"""
    assert home("bot.text", "fold") == "bot.text.folding"
    assert "bot.text.folding" in reachable(graph(), {"bot.directory.service"})
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == {
        frozenset("abc")
    }
