"""查得准不准：自备的问法、写坏的名称、不该答的话。"""

import csv
import random
import re
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from bot.answering import Candidate
from bot.answering.arbiter import ANSWER, UNASKED, UNASKED_OURS
from bot.directory import Directory, Key
from bot.text import normalise

from .conftest import ask

HERE = Path(__file__).parent
EVALUATION = HERE.parent / "evaluation"


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def best(directory: Directory, text: str) -> Candidate | None:
    found = directory.source.candidates(ask(text))
    return found[0] if found else None


def is_right(found: Candidate | None, expected: str) -> bool:
    if found is None or found.confidence < ANSWER:
        return False
    wanted, key = Key.read(expected), Key.read(found.key)
    same = (key.kind, key.name) == (wanted.kind, wanted.name)
    return same and set(wanted.attributes) <= set(key.attributes)


def test_own_look_ups(files: Directory) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    for row in rows("lookups.tsv"):
        if row["expected"] != "-":
            found = best(files, row["question"])
            right[row["kind"]].append(is_right(found, row["expected"]))
    counted = [ok for kind in right if kind != "别名" for ok in right[kind]]
    assert len(counted) >= 150
    assert len(right["破损"]) * 3 >= len(counted)
    assert all(right["原样"])
    assert sum(counted) >= 0.95 * len(counted)


def test_look_ups_are_not_copied_from_the_aliases(files: Directory) -> None:
    catalogue = files.snapshot.catalogue
    named = [*catalogue.certificates.values(), *catalogue.organisations.values()]
    formal = {normalise(record.name) for record in named}
    aliases = {normalise(a) for record in named for a in record.aliases} - formal
    for row in rows("lookups.tsv"):
        if row["kind"] in ("简称", "破损"):
            request = files.snapshot.reader.read(row["question"])
            assert request.asked not in aliases, row["question"]


def test_unknown_names_never_get_a_number(files: Directory) -> None:
    for row in rows("lookups.tsv"):
        if row["kind"] == "未知":
            found = best(files, row["question"])
            if found is not None and found.confidence >= ANSWER:
                answer = files.source.answer(found.key, ask(row["question"]))
                assert answer
                assert not re.search(r"1\d{10}(?!.*登记这)|@", answer.text), row


@pytest.mark.parametrize("row", rows("not_ours.tsv"), ids=lambda row: row["question"])
def test_what_is_not_a_look_up_is_left_to_others(
    files: Directory, row: dict[str, str]
) -> None:
    found = best(files, row["question"])
    assert found is None or found.confidence < float(row["addressed_limit"])


def test_does_not_take_questions_of_the_faq_nor_chatter(files: Directory) -> None:
    taken: list[str] = []
    for name in ("questions.tsv", "unaddressed.tsv", "chatter.txt"):
        for line in (EVALUATION / name).read_text(encoding="utf-8").splitlines():
            found = best(files, line.split("\t")[0])
            if found is None:
                continue
            assert found.confidence < UNASKED or found.ours < UNASKED_OURS, line
            if found.confidence >= ANSWER and not found.key.startswith("list:batch"):
                taken.append(line)
    assert taken == []


def test_no_filler_eats_a_part_of_a_name(files: Directory) -> None:
    catalogue = files.snapshot.catalogue
    for name in [*catalogue.certificates, *catalogue.organisations]:
        # 用没见过的写法：末尾重复一个字，逼着走模糊查找
        text = normalise(name)
        request = files.snapshot.reader.read(f"{text}{text[-1]}的电话")
        assert request.matches, name
        assert request.matches[0].entity.name == name


def damaged(name: str, how: str, chance: random.Random) -> str:
    """把名称写坏一处。"""
    place = chance.randrange(len(name))
    if how == "漏":
        return name[:place] + name[place + 1 :]
    if how == "倒":
        place = min(place, len(name) - 2)
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    same = [c for c in COMMON if lazy_pinyin(c) == lazy_pinyin(name[place])]
    return name[:place] + chance.choice(same or [name[place]]) + name[place + 1 :]


COMMON = (
    "里力利立平凭评为维围会快汇全权辆两量宋送松家加佳术数树城成程工公功用勇永"
    "务物误服福副护户互话画花建件间健安按案应英鹰运云韵开凯机鸡集技计记系细"
    "分份芬析西稀理礼电店点典站占战造照兆召年粘数树书信心新息席习模摸磨"
)


@pytest.mark.parametrize("how", ["漏", "倒", "音"])
def test_any_name_with_one_character_damaged(files: Directory, how: str) -> None:
    chance = random.Random(f"名录{how}")
    right = wrong = total = 0
    for certificate in files.snapshot.catalogue.certificates.values():
        name = normalise(certificate.name)
        if len(name) < 5:
            continue
        for _ in range(2):
            total += 1
            found = best(files, f"{damaged(name, how, chance)}电话")
            if found is None or found.confidence < ANSWER:
                continue
            if Key.read(found.key).name == certificate.name:
                right += 1
            else:
                wrong += 1
    assert wrong == 0
    assert right >= 0.95 * total, (right, total)


@given(data=st.data())
def test_blanks_width_brackets_and_suffix_do_not_matter(
    files: Directory, data: st.DataObject
) -> None:
    names = list(files.snapshot.catalogue.certificates)
    name = data.draw(st.sampled_from(names))
    shown = name.upper() if data.draw(st.booleans()) else name.lower()
    if data.draw(st.booleans()):
        shown = shown.translate(
            {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
        ).replace("　", "")
    place = data.draw(st.integers(0, len(shown)))
    # 空格不插在英文词中间
    if not shown[max(place - 1, 0) : place + 1].isascii():
        shown = f"{shown[:place]} {shown[place:]}"
    shown += data.draw(st.sampled_from(["", "证书", "职业技能等级证书"]))
    asked = data.draw(st.sampled_from(["电话", "的电话多少", " 电话？"]))
    found = best(files, shown + asked)
    assert found
    assert found.key == f"cert:{name}#phone"


@given(st.text(max_size=300))
def test_any_text_is_survived(files: Directory, text: str) -> None:
    files.source.candidates(ask(text))
    files.source.look_up(text, Key.read("cert:x").kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("previous", "text", "expected"),
    [
        ("cert:物流管理#email", "电话呢", "cert:物流管理#phone"),
        ("cert:物流管理#phone", "邮箱也发一下", "cert:物流管理#email"),
        ("cert:母婴护理#phone", "地址有吗", "cert:母婴护理#address"),
        ("cert:母婴护理#level", "那物流管理呢", "cert:物流管理#level"),
        ("cert:母婴护理#phone", "bim呢", "cert:建筑信息模型（BIM）#phone"),
        ("org:华为技术有限公司#certs", "联系人呢", "org:华为技术有限公司#contact"),
        ("cert:母婴护理#phone", "那华为呢", "org:华为技术有限公司#phone"),
        ("cert:母婴护理", "有几级", "cert:母婴护理#level"),
    ],
)
def test_follow_ups(files: Directory, previous: str, text: str, expected: str) -> None:
    found = files.source.candidates(ask(text, previous))
    assert found[0].key == expected
    assert found[0].confidence >= UNASKED


def test_without_a_previous_answer_an_attribute_alone_is_not_ours(
    files: Directory,
) -> None:
    for text in ("电话呢", "邮箱也发一下", "那呢", "地址有吗"):
        assert best(files, text) is None


def test_two_equally_good_matches_are_both_offered(files: Directory) -> None:
    found = files.source.candidates(ask("城市轨道交通电话"))
    names = {Key.read(candidate.key).name for candidate in found}
    assert names == {"城市轨道交通乘务", "城市轨道交通站务"}
    assert all(candidate.confidence < ANSWER for candidate in found)


def test_long_names_of_two_bodies(files: Directory) -> None:
    name = "中国社会福利与养老服务协会、北京中福长者文化科技有限公司"
    found = best(files, f"{name}电话")
    assert found
    assert found.key == f"org:{name}#phone"


@pytest.mark.parametrize(
    "text", ["食品检验管理 电话", "药品购销证书联系人", "某某科技有限公司电话"]
)
def test_a_missing_name_is_said_to_be_missing(files: Directory, text: str) -> None:
    found = best(files, text)
    assert found is not None
    assert found.confidence == ANSWER
    answer = files.source.answer(found.key, ask(text))
    assert answer
    assert answer.text.startswith("名录里没有「")


def test_near_names_are_only_asked(files: Directory) -> None:
    found = files.source.candidates(ask("网络安全评测电话"))
    assert 1 <= len(found) <= 3
    assert all(0.1 <= candidate.confidence < ANSWER for candidate in found)
