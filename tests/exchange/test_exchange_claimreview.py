import json

from rows import many, row, written


def test_a_verdict_is_a_review_with_what_the_type_requires() -> None:
    content, told = written("claimreview", many())
    document = json.loads(content)
    assert document["@context"] == "https://schema.org"
    (review,) = document["@graph"]
    assert told.amount == 1
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == "the gate"
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "refuted"}
    assert review["author"] == {"@type": "Person", "name": "Ada"}
    assert review["datePublished"] == "2026-03-02"
    assert review["itemReviewed"]["appearance"] == {
        "@type": "NewsArticle",
        "headline": "The <gate> & the “tide”",
        "url": "https://example.org/a?b=c",
        "datePublished": "2023-03",
        "publisher": {"@type": "Organization", "name": "Gazette"},
    }


def test_without_a_target_the_words_are_the_claim_and_the_holder_its_author() -> None:
    content, _ = written(
        "claimreview",
        [row("holds", code="not_enough_evidence", scheme="verdict", holder="Ada", note="No record.")],
    )
    (review,) = json.loads(content)["@graph"]
    assert review["claimReviewed"] == "holds"
    assert review["itemReviewed"]["author"]["name"] == "Ada"
    assert review["reviewBody"] == "No record."
    assert "_" not in review["reviewRating"]["alternateName"]
