"""接着问与另起一问：说全了的名称从不接到刚谈过的头上，指着刚才的总在刚谈过的里面。"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory import Directory, Key
from bot.directory.matches import Kind
from bot.directory.phrases import Attribute

from .conftest import FOLDER, REGIONS, SPOKEN, ask

FILES = Directory(None, FOLDER, REGIONS, SPOKEN)
CATALOGUE = FILES.snapshot.catalogue
CERTIFICATES = sorted(CATALOGUE.certificates)
ASKED = {
    Attribute.PHONE: "的电话",
    Attribute.EMAIL: "的邮箱",
    Attribute.CONTACT: "的联系人",
    Attribute.ISSUER: "是哪家机构的",
    Attribute.BATCH: "是第几批",
}
REACHING = (Attribute.PHONE, Attribute.EMAIL, Attribute.CONTACT)

certificates = st.sampled_from(CERTIFICATES)
attributes = st.lists(st.sampled_from(REACHING), max_size=2, unique=True).map(tuple)
lists = st.one_of(
    st.sampled_from(sorted(CATALOGUE.fields)).map(lambda name: f"field:{name}"),
    st.sampled_from(sorted(CATALOGUE.batches)).map(lambda number: f"batch:{number}"),
)
from tests.weighing import weighed

spoken_of = st.one_of(
    st.builds(Key, st.just(Kind.CERTIFICATE), certificates, attributes),
    st.builds(
        Key,
        st.just(Kind.ORGANISATION),
        st.sampled_from(sorted(CATALOGUE.organisations)),
        attributes,
    ),
    st.builds(
        Key, st.just(Kind.PERSON), st.sampled_from(sorted(CATALOGUE.people)), attributes
    ),
    st.builds(Key, st.just("list"), lists),
    st.builds(Key, st.just("number"), st.sampled_from(sorted(CATALOGUE.numbers))),
    st.builds(Key, st.just("email"), st.sampled_from(sorted(CATALOGUE.emails))),
    st.builds(
        Key,
        st.just("same"),
        st.lists(certificates, min_size=2, max_size=3, unique=True).map("|".join),
        st.sampled_from([(Attribute.ISSUER,), (Attribute.BATCH,)]),
    ),
)


def best(text: str, previous: Key | None = None) -> str | None:
    """最有把握的候选的编号。"""
    found = weighed(FILES.source, ask(text, str(previous) if previous else ""))
    return found[0].key if found else None


@given(certificates, st.sampled_from(sorted(ASKED)), spoken_of)
def test_a_full_name_and_what_is_asked_of_it_stand_alone(
    name: str, attribute: Attribute, previous: Key
) -> None:
    text = name + ASKED[attribute]
    assert best(text, previous) == best(text)


@given(lists.filter(lambda topic: topic.startswith("field:")), spoken_of)
def test_a_list_asked_for_by_name_stands_alone(topic: str, previous: Key) -> None:
    text = f"{topic.removeprefix('field:')}方向有哪些证书"
    assert best(text, previous) == best(text)


@given(lists, st.integers(1, 6), st.sampled_from(REACHING))
def test_an_ordinal_is_the_one_in_that_place(
    topic: str, place: int, attribute: Attribute
) -> None:
    shown = [c.name for c in FILES.source.listed(topic)[0]]
    found = best(f"第{place}个{ASKED[attribute]}", Key("list", topic))
    expected = None
    if len(shown) > 1 and place <= len(shown):
        expected = str(Key(Kind.CERTIFICATE, shown[place - 1], (attribute,)))
    assert found == expected or (expected is None and "cert:" not in (found or ""))


@given(
    spoken_of, st.text("电话邮箱另一个里面的呢第二刚才那他们家同吗是这两", max_size=10)
)
def test_whatever_is_pointed_at_can_be_told(previous: Key, text: str) -> None:
    for candidate in weighed(FILES.source, ask(text, str(previous))):
        assert FILES.source.say(Key.read(candidate.key))
        assert FILES.source.title(Key.read(candidate.key))


@given(spoken_of)
def test_other_certificates_of_the_house_can_be_told(previous: Key) -> None:
    for text in ("他家还有别的证书没", "它们还管什么证", "同方向的还有哪些"):
        for candidate in weighed(FILES.source, ask(text, str(previous))):
            assert FILES.source.say(Key.read(candidate.key))


@given(st.lists(certificates, min_size=2, max_size=3, unique=True))
def test_after_comparing_the_house_is_one_of_theirs(names: list[str]) -> None:
    compared = Key("same", "|".join(names), (Attribute.ISSUER,))
    key = Key.read(best("他家还有别的证书没", compared) or "")
    assert key.kind == Kind.ORGANISATION
    assert key.name in {CATALOGUE.certificates[n].organisation for n in names}


def test_a_certificate_gone_from_the_directory_is_not_pointed_at() -> None:
    gone = Key(Kind.CERTIFICATE, "没有这个证书")
    for text in ("同方向的还有哪些", "他家还有别的证书没", "第三批的呢"):
        for candidate in weighed(FILES.source, ask(text, str(gone))):
            FILES.source.say(Key.read(candidate.key))
    assert best("同方向的证书还有哪些", gone) != str(gone)


@given(st.lists(certificates, min_size=2, max_size=3, unique=True))
def test_the_same_house_or_not(names: list[str]) -> None:
    told = FILES.source.say(Key("same", "|".join(names), (Attribute.ISSUER,)))
    houses = {CATALOGUE.certificates[name].organisation for name in names}
    assert told is not None
    assert told.startswith("是" if len(houses) == 1 else "不是")
    assert all(house in told for house in houses)


@pytest.mark.parametrize(
    "text", ["另一个的电话呢", "第二个的邮箱", "他电话多少", "里面做云计算的那个"]
)
def test_with_nothing_spoken_of_nothing_is_pointed_at(text: str) -> None:
    found = [Key.read(c.key) for c in weighed(FILES.source, ask(text))]
    assert all(key.kind in ("none", "list") for key in found)
