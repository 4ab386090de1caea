"""Decisions as notes: each reason once, in the order of the decisions, long lists cut short."""

from transfer_cli.rules import notes
from transfer_cli.rules.record import Decision, Refusal


def test_reasons_come_once_and_those_of_a_kind_together():
    refusals = [Refusal("b"), Refusal("x", kind="share", label="A"), Refusal("a"), Refusal("b"),
                Refusal("y", kind="share", label="B"),
                Refusal("z", kind="rank", label="C")]  # fmt: skip
    assert notes.reasons(refusals) == "b; a; shares do not add (A, B); ranks do not add (C)"


def test_long_lists_of_reasons_are_cut_short():
    shares = [Refusal("", kind="share", label=label) for label in "ABCDE"]
    assert notes.reasons(shares) == "shares do not add (A, B, C and 2 more)"
    assert notes.reasons(shares[:3]) == "shares do not add (A, B, C)"
    plain = [Refusal(f"r{number}") for number in range(8)]
    assert notes.reasons(plain) == "r0; r1; r2; r3; r4; r5; and 2 more"
    assert notes.reasons(plain[:6]) == "r0; r1; r2; r3; r4; r5"


def test_caveats_come_once_in_the_order_of_the_decisions():
    decisions = [Decision(caveats=("b", "a")), Decision(caveats=("c", "b"))]
    assert notes.caveats(decisions) == ["b", "a", "c"]


def test_figures_left_out_are_named_if_they_are_few():
    ids = [f"f{number}" for number in range(13)]
    assert notes.left_out("part", ids[:12], 12).endswith(f": {', '.join(ids[:12])}")
    assert notes.left_out("part", ids, 13).endswith(": 13 figures")
    assert notes.left_out("inside", ids[:1], 2).endswith(": 2 figures")
