"""What is found in a text."""

from typing import Literal, NamedTuple, TypeAlias

from reader.model import Span, Voice

Kind: TypeAlias = Literal["statement", "quote", "figure", "forecast", "denial"]

KINDS: tuple[Kind, ...] = ("statement", "quote", "figure", "forecast", "denial")
"""Why a sentence is likely to hold a claim, in the order in which the reasons are told."""


class Reason(NamedTuple):
    """One reason why a sentence is likely to hold a claim."""

    kind: Kind
    cue: Span
    """The words that say so."""


class Proposal(NamedTuple):
    """Whose words a span is likely to be, for a person to take or leave."""

    holder: str = ""
    """Empty where nobody is named, or where it is not certain who."""
    voice: Voice = ""
    via: str = ""
    """Who passes it on, where that is another: the agency that reports what the ministry said."""


class Claim(NamedTuple):
    """A sentence that is likely to hold a claim."""

    span: Span
    reasons: tuple[Reason, ...]
    """At least one; the first of each kind, in the order of `KINDS`."""
    proposal: Proposal
