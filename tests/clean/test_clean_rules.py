"""Each cleaning rule catches its own examples and leaves its counter-examples alone."""

import re

import pytest

from reader.clean.plain.spam import spam_runs
from reader.clean.rules import Rule, ruleset

RULES = [rule for rule in ruleset().all if rule.where != "function"]
CAUGHT = [pytest.param(rule, line, id=f"{rule.id}: {line}") for rule in RULES for line in rule.drops]
LEFT = [pytest.param(rule, line, id=f"{rule.id}: {line}") for rule in RULES for line in rule.keeps]


def rules_that_match(place: Rule, line: str) -> set[str]:
    """The ids of the rules of the same place that catch this line."""
    rules = ruleset()
    if place.where == "words":
        return {run.rule for run in spam_runs(line, [(0, len(line))])}
    if place.where == "anywhere":
        return {
            found.rule.id
            for needs, matcher in rules.anywhere
            if needs in line.lower()
            for found in matcher.anywhere(line, 0, len(line))
        }
    if place.where == "cue":
        return {found.rule.id for found in rules.cue.anywhere(line, 0, len(line))}
    if place.where == "sentence":
        found = rules.sentence.at(line, 0, len(line))
        return {found.rule.id} if found else set()
    matcher = rules.kept if place.verdict == "keep" else getattr(rules, place.where)
    rule = matcher.whole(line)
    return {rule.id} if rule else set()


@pytest.mark.parametrize(("rule", "line"), CAUGHT)
def test_a_rule_catches_its_examples(rule: Rule, line: str) -> None:
    assert rule.id in rules_that_match(rule, line)


@pytest.mark.parametrize(("rule", "line"), LEFT)
def test_a_rule_leaves_its_counter_examples(rule: Rule, line: str) -> None:
    assert rule.id not in rules_that_match(rule, line)


def test_every_rule_has_both_kinds_of_examples_and_a_name_of_its_own() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert not [rule.id for rule in RULES if not rule.keeps]
    assert not [rule.id for rule in RULES if not rule.drops]


def test_every_rule_that_hides_text_tells_why() -> None:
    assert not [rule.id for rule in RULES if rule.verdict != "keep" and not rule.reason]


def test_what_ignores_case_is_written_in_lower_case() -> None:
    asked_whole = ("line", "head", "tail", "thread", "element", "notice")
    assert not [
        pattern
        for rule in RULES
        if rule.where in asked_whole and not rule.minds_case
        for pattern in rule.patterns
        if (bare := re.sub(r"\\.", "", pattern)) != bare.lower()
    ]
