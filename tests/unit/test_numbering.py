"""字组的编号：与字典说的一样。"""

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.retrieval.numbering import Numbering

GRAMS = st.lists(st.text(max_size=6), unique=True, max_size=30)


@given(GRAMS, GRAMS, GRAMS)
def test_it_numbers_as_a_dictionary_would(
    first: list[str], later: list[str], sought: list[str]
) -> None:
    numbers = {gram: place for place, gram in enumerate(dict.fromkeys(first + later))}
    numbering = Numbering.of(first).widened(later)
    asked = first + later + sought
    found = [numbers.get(gram, -1) for gram in asked]
    assert numbering.find(asked).tolist() == found
    assert len(numbering) == len(numbers)


@given(GRAMS)
def test_hashes_in_order_make_the_same_numbering(grams: list[str]) -> None:
    numbering = Numbering.of(grams)
    again = Numbering.of_hashes(numbering.in_order())
    assert again.find(grams).tolist() == list(range(len(grams)))
