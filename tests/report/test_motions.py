"""The motions of the annual review: grouped, one for each kind; what was decided is noted."""

from dataclasses import replace

from factory import TODAY, agreement, day, make_portfolio, mou, results_of

from toolkit.model.decisions import Motion, find_word
from toolkit.model.results import Table
from toolkit.model.vocabulary import RenewalWord, ReviewWord
from toolkit.report.markup import Heading
from toolkit.report.motions import DIRECTS, GROUP_OF, Directed, Named, motions

DECIDED = {"subject_id": "A-1", "year": 2025, "decision_point": "review", "decision": "Sunset"}


def parts(policy, *agreements, **sheets):
    result = results_of(make_portfolio(policy, *agreements, **sheets), policy)
    asked = (result.proposals, result.readiness, result.priorities, result.renewals)
    return motions(result.review, result.decisions, *asked, by=TODAY).parts


def test_each_proposal_is_a_motion_under_the_heading_of_its_group(policy):
    groups = [part.text for part in parts(policy, agreement(), mou()) if isinstance(part, Heading)]
    assert groups == ["Reclassify", "Direct staff"]


def test_a_motion_directs_and_names_its_agreements_with_their_reasons(policy):
    first, second = (p for p in parts(policy, agreement(), mou()) if isinstance(p, Directed))
    assert first.text.startswith("That Council direct staff to report by 31 December 2025 on the")
    assert second.text.endswith("what is missing at, the agreement with:")
    assert [item.names[0] for item in second.items] == ["City A-1"]
    assert second.items[0].reason


def test_motions_are_numbered_throughout(policy):
    found = [p.number for p in parts(policy, agreement(), mou()) if isinstance(p, Directed)]
    assert found == [1, 2]


def test_agreements_that_share_a_reason_share_a_line(policy):
    shown = Directed(1, "That Council keep:", (Named(("A",), "Same."), Named(("B",), "Same.")))
    assert "<strong>A and B</strong>" in shown._repr_html_()


def test_what_was_decided_is_noted_and_not_moved_again(policy):
    decided = DECIDED | {"decided_by": "Council", "decided_on": day("2025-11-04")}
    sheets = {"Decisions": [decided | {"rationale": "No result."}]}
    heading, noted = parts(policy, agreement(), **sheets)
    assert (heading.text, noted.text) == (
        "Receive",
        "That Council note the 1 decision taken already:",
    )
    assert noted.items == (
        Named(("City A-1",), "No result.", ": Sunset by Council on 4 November 2025"),
    )


def test_every_word_of_the_review_has_a_motion():
    silent = {ReviewWord.NOT_REVIEWED, ReviewWord.KEEP_BY_DIRECTION}
    spoken = {*ReviewWord, *RenewalWord} - silent
    assert {find_word(word).motion for word in spoken} <= set(DIRECTS)


def test_every_motion_belongs_to_one_group():
    assert set(GROUP_OF) == set(DIRECTS) == set(Motion)


def test_a_notice_that_runs_is_not_given_again(policy):
    result = results_of(make_portfolio(policy, agreement()), policy)
    (reviewed,) = result.review
    review = [replace(reviewed, decision=ReviewWord.ON_NOTICE, reason="Idle.")]
    (asked,) = [row for row in result.decisions if row.point == "review"]
    running = replace(asked, proposed="On notice", standing="On notice, for 2024, until 2026-06-30")
    asked_of = (result.proposals, result.readiness, result.priorities, result.renewals)
    tables = Table(type(reviewed), review), Table(type(asked), [running])
    (told,) = (p for p in motions(*tables, *asked_of, by=TODAY).parts if isinstance(p, Directed))
    assert told.text == "That Council let run on the notice that was given to:"
    assert told.items == (Named(("City A-1",), running.why_proposed, ": until 30 June 2026"),)
