"""What tests share: the policies, and the reference vectors and corpus where they are."""

import os
from pathlib import Path

import pytest

from toolkit.files.policy import read_policy
from toolkit.files.shipped import ROOT


@pytest.fixture(scope="session")
def policy():
    return read_policy(ROOT / "data" / "policy.toml")


@pytest.fixture(scope="session")
def policy_2024():
    return read_policy(ROOT / "data" / "policy-2024.toml")


@pytest.fixture(scope="session")
def policy_neutral():
    return read_policy(ROOT / "data" / "policy-neutral.toml")


@pytest.fixture(scope="session")
def shared():
    folder = Path(os.environ.get("PARTNERSHIPS_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the reference vectors and corpus are not beside the project")
    return folder
