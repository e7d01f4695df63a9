"""Evaluation toolkit for a city's international agreements: review, reclassification, outcomes."""

import os
from importlib.metadata import PackageNotFoundError, version

os.environ["OPENPYXL_LXML"] = "False"  # where lxml is installed, workbooks would have other bytes
try:
    __version__ = version("partnerships")
except PackageNotFoundError:  # a clone that was not installed yet
    __version__ = "0 (not installed)"
