"""Any sequence of changes, undone and redone, over restarts, against a model in memory."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from libraries import add, library, mark

from reader.errors import NotFoundError
from reader.model import Annotation, Article, Metadata, Span, Stance
from reader.query import parse
from reader.store import Store

ARTICLES = ["First text of some words.", "Second text of other words."]

codes = st.sampled_from(["support", "oppose", "discuss"])
targets = st.sampled_from(["", "tax", "war"])
spans = st.tuples(st.integers(0, 10), st.integers(11, 20))
which = st.integers(0, 1)
picks = st.integers(0, 1 << 16)
words = st.sampled_from(["", "alpha", "beta", "gamma delta"])

State = tuple[dict[str, Annotation], dict[str, Any]]
"""An article's living annotations by id, and what is known of it."""


def plain(annotation: Annotation) -> Annotation:
    return replace(annotation, updated_at="")


class Done(NamedTuple):
    """A change that was made: when, in which article, and its state before and after."""

    turn: int
    article: int
    before: State
    after: State


class Changes(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "l.db"
        self.store: Store = library(self.path)
        self.articles: list[Article] = [add(self.store, text, title="Title") for text in ARTICLES]
        self.now: list[State] = [({}, {"title": "Title", "starred": False, "read": False}) for _ in ARTICLES]
        self.turn = 0
        self.done: list[Done] = []
        self.undone: list[Done] = []

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    def record(self, article: int, after: State) -> None:
        before = self.now[article]
        if before != after:
            self.turn += 1
            self.done.append(Done(self.turn, article, before, after))
            self.undone = [entry for entry in self.undone if entry.article != article]
            self.now[article] = after

    def saved(self, article: int, annotation: Annotation) -> None:
        annotations, details = self.now[article]
        self.record(article, ({**annotations, annotation.id: plain(annotation)}, details))

    def known(self, article: int, **details: Any) -> None:  # noqa: ANN401 - fields of an article
        annotations, before = self.now[article]
        self.record(article, (annotations, {**before, **details}))

    def pick(self, article: int, pick: int) -> Annotation | None:
        found = self.store.annotations.of(self.articles[article].id)
        return found[pick % len(found)] if found else None

    @rule(article=which, span=spans, code=codes, toward=targets, note=words)
    def annotate(self, article: int, span: tuple[int, int], code: str, toward: str, note: str) -> None:
        self.saved(
            article, mark(self.store, self.articles[article], *span, code=code, target=toward, note=note)
        )

    @rule(article=which, pick=picks, code=codes, toward=targets)
    def restance(self, article: int, pick: int, code: str, toward: str) -> None:
        if annotation := self.pick(article, pick):
            others = [stance for stance in annotation.stances if stance.target != toward]
            stances = sorted(
                (*others, Stance(target=toward, scheme="stance", code=code)), key=lambda s: s.target
            )
            self.saved(article, self.store.annotations.save(replace(annotation, stances=tuple(stances)), "→"))

    @rule(article=which, pick=picks, note=words, tags=st.lists(words.filter(bool), unique=True), span=spans)
    def change(self, article: int, pick: int, note: str, tags: list[str], span: tuple[int, int]) -> None:
        if annotation := self.pick(article, pick):
            exact = ARTICLES[article][span[0] : span[1]]
            anchor = annotation.anchor._replace(span=Span(*span), exact=exact)
            changed = replace(annotation, note=note, tags=tuple(tags), anchor=anchor, holder=note)
            self.saved(article, self.store.annotations.save(changed, "changed"))

    @rule(article=which, pick=picks)
    def delete(self, article: int, pick: int) -> None:
        if annotation := self.pick(article, pick):
            self.store.annotations.delete(annotation.id, "deleted a mark")
            annotations, details = self.now[article]
            self.record(
                article, ({key: one for key, one in annotations.items() if key != annotation.id}, details)
            )

    @rule(article=which, title=words.filter(bool))
    def retitle(self, article: int, title: str) -> None:
        self.store.articles.edit(self.articles[article].id, Metadata(title=title))
        self.known(article, title=title)

    @rule(article=which, value=st.booleans())
    def star(self, article: int, value: bool) -> None:
        self.store.articles.set_starred(self.articles[article].id, value)
        self.known(article, starred=value)

    @rule(article=which, value=st.booleans())
    def read(self, article: int, value: bool) -> None:
        self.store.articles.set_read(self.articles[article].id, value, asked=True)
        self.known(article, read=value)

    @rule(article=st.one_of(st.none(), which))
    def undo(self, article: int | None) -> None:
        entries = [entry for entry in self.done if article in (None, entry.article)]
        here = None if article is None else self.articles[article].id
        if not entries:
            with pytest.raises(NotFoundError):
                self.store.history.undo(here)
            return
        entry = entries[-1]
        assert self.store.history.undo(here).article_id == self.articles[entry.article].id
        self.done.remove(entry)
        self.undone.append(entry)
        self.now[entry.article] = entry.before

    @rule(article=st.one_of(st.none(), which))
    def redo(self, article: int | None) -> None:
        entries = [entry for entry in self.undone if article in (None, entry.article)]
        here = None if article is None else self.articles[article].id
        if not entries:
            with pytest.raises(NotFoundError):
                self.store.history.redo(here)
            return
        entry = entries[-1]
        assert self.store.history.redo(here).article_id == self.articles[entry.article].id
        self.undone.remove(entry)
        # It is undone again in the order in which it was done first.
        self.done = sorted([*self.done, entry], key=lambda done: done.turn)
        self.now[entry.article] = entry.after

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = library(self.path)

    @precondition(lambda self: hasattr(self, "store"))
    @invariant()
    def agrees(self) -> None:
        for article, (annotations, details) in zip(self.articles, self.now, strict=True):
            found = self.store.annotations.of(article.id)
            assert {one.id: plain(one) for one in found} == annotations
            now = self.store.articles.get(article.id)
            assert {"title": now.metadata.title, "starred": now.starred, "read": now.read} == details
            assert self.store.articles.rows([article.number])[0].claims == len(annotations)
            for word in ("alpha", "delta", "tax"):
                said = [details["title"]]
                for one in annotations.values():
                    said += [one.note, one.holder, *one.tags, *(stance.target for stance in one.stances)]
                expected = any(word in words for words in said)
                assert (article.number in self.store.search.numbers(parse(word))) == expected, word

    @rule()
    def whole(self) -> None:
        assert self.store.check() == []


TestChanges = Changes.TestCase
TestChanges.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
