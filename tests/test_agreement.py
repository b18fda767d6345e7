"""The measures of agreement, against nltk's and krippendorff's and by their own laws."""

import krippendorff
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask  # type: ignore[import-untyped]

from reader.agreement import (
    SpanCount,
    cohen_kappa,
    count_spans,
    krippendorff_alpha,
    overlap,
    paired,
    united,
)
from reader.model import Span

labels = st.sampled_from("abc")
pairs = st.lists(st.tuples(labels, labels), min_size=2, max_size=30)
units = st.lists(
    st.dictionaries(st.sampled_from(["Ada", "Ben", "Cy"]), labels, min_size=1), min_size=2, max_size=20
)
spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: Span(p[0], p[0] + p[1])))


@given(pairs)
def test_kappa_is_that_of_nltk(given_pairs: list[tuple[str, str]]) -> None:
    kappa = cohen_kappa(given_pairs)
    assume(kappa is not None)
    task = AnnotationTask(
        [
            (who, item, label)
            for item, pair in enumerate(given_pairs)
            for who, label in zip("AB", pair, strict=True)
        ]
    )
    assert kappa == pytest.approx(task.kappa())


@given(units)
def test_alpha_is_that_of_nltk_also_with_labels_missing(given_units: list[dict[str, str]]) -> None:
    alpha = krippendorff_alpha([list(unit.values()) for unit in given_units])
    assume(alpha is not None)
    task = AnnotationTask(
        [
            (who, item, label)
            for item, unit in enumerate(given_units)
            if len(unit) > 1
            for who, label in unit.items()
        ]
    )
    assert alpha == pytest.approx(task.alpha())


@given(units)
def test_alpha_is_that_of_krippendorff_also_with_labels_missing(given_units: list[dict[str, str]]) -> None:
    alpha = krippendorff_alpha([list(unit.values()) for unit in given_units])
    assume(alpha is not None)
    data = [[unit.get(who, "*") for unit in given_units] for who in ("Ada", "Ben", "Cy")]
    theirs = krippendorff.alpha(
        [[float("nan") if label == "*" else float("abc".index(label)) for label in row] for row in data],
        level_of_measurement="nominal",
    )
    assert alpha == pytest.approx(theirs)


@pytest.mark.parametrize("measure", [cohen_kappa, krippendorff_alpha])
def test_what_is_not_defined_is_none(measure: object) -> None:
    assert callable(measure)
    assert measure([]) is None
    assert measure([("a", "a"), ("a", "a")]) is None
    assert measure([("a", "a"), ("b", "b")]) == 1


def test_units_of_one_annotator_do_not_count() -> None:
    assert krippendorff_alpha([("a",), ("b",)]) is None
    assert krippendorff_alpha([("a", "a"), ("b", "b"), ("c",)]) == 1


@given(pairs)
def test_kappa_and_alpha_do_not_depend_on_who_is_first_nor_on_the_order(
    given_pairs: list[tuple[str, str]],
) -> None:
    turned = [(other, one) for one, other in reversed(given_pairs)]
    for measure in (cohen_kappa, krippendorff_alpha):
        one, other = measure(given_pairs), measure(turned)
        assert one == (None if other is None else pytest.approx(other))


def test_overlap_is_the_share_of_the_text_covered() -> None:
    assert overlap(Span(0, 10), Span(0, 10)) == 1
    assert overlap(Span(0, 10), Span(5, 10)) == 0.5
    assert overlap(Span(0, 10), Span(10, 20)) == overlap(Span(0, 1), Span(5, 6)) == 0


@given(spans, spans, st.sampled_from([0.5, 0.8, 1.0]))
def test_each_span_is_in_one_pair_at_most_and_every_pair_overlaps(
    ones: list[Span], others: list[Span], least: float
) -> None:
    found = paired(ones, others, least)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
    assert all(overlap(ones[i], others[j]) >= least for i, j in found)
    left = [s for i, s in enumerate(ones) if i not in dict(found)]
    right = [s for j, s in enumerate(others) if j not in {j for _, j in found}]
    assert not any(overlap(one, other) >= least for one in left for other in right)


@given(st.lists(spans, min_size=1, max_size=4), st.sampled_from([0.5, 0.8, 1.0]))
def test_each_span_is_in_one_unit_and_any_two_of_a_unit_overlap(
    several: list[list[Span]], least: float
) -> None:
    found = united(several, least)
    marked = [(who, at) for unit in found for who, at in unit.items()]
    assert sorted(marked) == [(who, at) for who, theirs in enumerate(several) for at in range(len(theirs))]
    for unit in found:
        inside = [several[who][at] for who, at in unit.items()]
        assert all(overlap(one, other) >= least for one in inside for other in inside)
    # Nor is anything left apart that could be one.
    for one in found:
        for other in found:
            if one is not other and one.keys().isdisjoint(other):
                assert not all(
                    overlap(several[a][i], several[b][j]) >= least
                    for a, i in one.items()
                    for b, j in other.items()
                )


def test_three_who_mark_the_same_are_one_unit() -> None:
    ada, ben, cy = [Span(0, 10), Span(20, 30)], [Span(0, 9), Span(40, 50)], [Span(1, 10), Span(21, 30)]
    assert united([ada, ben, cy], 0.5) == [{0: 0, 1: 0, 2: 0}, {0: 1, 2: 1}, {1: 1}]


@given(spans, spans)
def test_equal_spans_are_counted_as_often_as_both_have_them(ones: list[Span], others: list[Span]) -> None:
    from collections import Counter

    both = (Counter(ones) & Counter(others)).total()
    count = count_spans(ones, others, 1)
    assert count == SpanCount(both, len(ones), len(others))
    precision = both / len(others) if others else 0
    recall = both / len(ones) if ones else 0
    if both:
        assert count.f1 == pytest.approx(2 * precision * recall / (precision + recall))


def test_f1_of_no_spans_is_not_defined() -> None:
    assert count_spans([], [], 1).f1 is None
    assert count_spans([Span(0, 1)], [], 1).f1 == 0
