"""Evaluation toolkit for a city's international agreements: review, reclassification, outcomes."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("partnerships")
except PackageNotFoundError:  # a clone that was not installed yet
    __version__ = "0 (not installed)"
