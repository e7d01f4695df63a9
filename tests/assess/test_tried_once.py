"""What was tried on an agreement is not tried again, and never stands where it would be another."""

import random
from dataclasses import replace

import pytest

from toolkit.assess.record.relationships import relationship_key
from toolkit.files.opening import DEFAULT_POLICY
from toolkit.files.tried import TRIED, keep_tried
from toolkit.model.sheets import Agreement, Engagement, Partner, PeriodResult, Profile
from toolkit.review import open_results, tried_before

SEED, SLICE = 20251231, 6


@pytest.fixture(scope="module")
def sample():
    results = open_results("data/sample.xlsx", DEFAULT_POLICY, 2025)
    assert results.what_would_change
    return results


def is_related(row, other):
    return relationship_key(row) == relationship_key(other)


def again(results, portfolio):
    """Return the results of another portfolio, with what was tried on the first."""
    return replace(results, portfolio=portfolio, tried=dict(results.tried))


def changed(results, kind, number, /, **values):
    rows = list(results.portfolio.rows(kind))
    rows[number] = replace(rows[number], **values)
    return again(results, results.portfolio.with_rows(kind, rows))


def tried_anew(before, after):
    """Return the agreements on which something is tried again."""
    assert after.what_would_change
    return {key for key in after.facts if after.tried.get(key) is not before.tried.get(key)}


def test_the_same_record_is_tried_once(sample):
    assert tried_anew(sample, again(sample, sample.portfolio)) == set()


def test_a_cell_is_tried_on_its_own_relationship_alone(sample):
    row = sample.portfolio.rows(PeriodResult)[4]
    after = changed(sample, PeriodResult, 4, actual=(row.actual or 0) + 1)
    own = sample.portfolio.get(Agreement, sample.portfolio.agreement_of(row))
    related = {r for r in sample.portfolio.rows(Agreement) if is_related(r, own)}
    assert tried_anew(sample, after) == {r.agreement_id for r in related}
    assert len(related) < 3


def test_a_row_that_moved_is_tried_again(sample):
    row = sample.portfolio.rows(Agreement)[0]
    moved = replace(row.place, number=row.place.number + 1)
    after = changed(sample, Agreement, 0, place=moved)
    assert tried_anew(sample, after) == {row.agreement_id}


def test_a_partner_concerns_those_that_name_it(sample):
    partner = sample.portfolio.rows(Partner)[0].partner_id
    after = changed(sample, Partner, 0, name="Another Foundation")
    engaged = {r.agreement_id for r in sample.portfolio.rows(Engagement) if r.partner_id == partner}
    named = {r.agreement_id for r in sample.portfolio.rows(Agreement) if r.owner == partner}
    assert engaged | named
    assert (engaged | named) & set(after.facts) <= tried_anew(sample, after) < set(after.facts)


def test_a_new_partner_concerns_all(sample):
    rows = sample.portfolio.rows(Partner)
    new = replace(rows[0], partner_id="AP-NEW")
    after = again(sample, sample.portfolio.with_rows(Partner, [*rows, new]))
    assert tried_anew(sample, after) == set(after.facts)


def test_another_policy_is_tried_on_all(sample):
    policy = replace(sample.policy, sha256="0" * 64)
    after = replace(sample, policy=policy, tried=dict(sample.tried))
    assert tried_anew(sample, after) == set(after.facts)


def test_it_is_kept_and_read_as_it_was(sample, tmp_path):
    keep_tried(tmp_path, sample.tried)
    assert tried_before(tmp_path, sample.policy) == sample.tried
    names = [row.partner.agreement_id for row in sample.what_would_change]
    kept = tried_before(tmp_path, sample.policy)
    assert [row.partner.agreement_id for _, rows in kept.values() for row in rows] == names


@pytest.mark.parametrize("content", [b"", b"[]", b'{"toolkit": "another", "tried": {}}', b"\xff"])
def test_what_cannot_be_read_is_tried_again(content, sample, tmp_path):
    (tmp_path / TRIED).write_bytes(content)
    assert tried_before(tmp_path, sample.policy) == {}


def random_change(results, dice):
    """Return the results once one cell is blank, or holds what another row has in it."""
    kinds = [kind for kind, rows in results.portfolio.sheets.items() if rows]
    kind = dice.choice([*kinds, Agreement, Profile, PeriodResult])
    rows = results.portfolio.rows(kind)
    number, other = dice.randrange(len(rows)), dice.choice(rows)
    free = [name for name in kind.sheet.names if name not in kind.sheet.key]
    column = dice.choice(free)
    is_needed = kind.sheet.column(column).required
    value = getattr(other, column) if is_needed or dice.random() < 0.5 else None
    return changed(results, kind, number, **{column: value})


@pytest.mark.long
@pytest.mark.parametrize("number", range(SLICE))
def test_with_what_was_tried_before_all_is_as_without(number, sample):
    after = random_change(sample, random.Random(SEED + number))
    anew = replace(after, tried={})
    assert after.what_would_change == anew.what_would_change
