"""The list of all rules says what the rules say."""

from pathlib import Path

import pytest

from toolkit.assess.proposals.screening import RULES as SCREENING
from toolkit.assess.renewal.reendorsement import RULES as WITHOUT_TARGETS
from toolkit.assess.renewal.rules import RULES as RENEWAL
from toolkit.assess.review.rules import RULES as REVIEW
from toolkit.assess.rulebook import list_all_rules, list_conditions
from toolkit.files.documents import rules_page
from toolkit.files.policy import read_policy
from toolkit.model.sheets import BY_NAME
from toolkit.model.vocabulary import DecisionPoint

ROOT = Path(__file__).parents[2]
TEXT = rules_page(list_all_rules(read_policy(ROOT / "data" / "policy.toml")), list_conditions())
RULES = (*REVIEW, *SCREENING, *RENEWAL, *WITHOUT_TARGETS)
LINES = [line for line in TEXT.splitlines() if line.startswith("| ")]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.ref))
def test_every_rule_is_listed_with_what_it_proposes(rule):
    assert any(line.startswith(f"| {rule.ref.name} | {rule.decision} |") for line in LINES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.ref))
def test_a_rule_rests_on_columns_that_a_workbook_has(rule):
    subject = "Proposals" if rule.point == DecisionPoint.D1 else "Agreements"
    places = [name.split(".") if "." in name else (subject, name) for name in rule.columns]
    assert all(column in BY_NAME[sheet].names for sheet, column in places), places


def test_the_numbers_are_those_of_the_policy():
    assert "it scores 60 or more" in TEXT
    assert "{" not in TEXT
