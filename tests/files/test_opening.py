"""A case is one programme, one year and a day of it; anything else is told before it misleads."""

import pytest

from toolkit.files.opening import open_case, open_previous
from toolkit.files.shipped import ROOT
from toolkit.model.issues import InputError

SAMPLE = str(ROOT / "data" / "sample.xlsx")


def test_a_date_outside_the_reporting_year_is_refused():
    with pytest.raises(InputError, match="Name a day from 2025-01-01 to 2025-12-31"):
        open_case(SAMPLE, "data/policy.toml", 2025, "2019-06-30")


def test_last_years_workbook_of_another_programme_is_refused():
    case = open_case(SAMPLE, "data/policy.toml", 2025)
    other = str(ROOT / "data" / "toronto-2018.xlsx")
    with pytest.raises(InputError, match="of the same programme"):
        open_previous(other, case.policy, case.portfolio)
    assert open_previous("", case.policy, case.portfolio) is None
