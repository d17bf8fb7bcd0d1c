"""The public kit: numbered laws against which any reward can be checked, and mutants that check the laws."""

from rewards.testing.check import check_reward, laws_for
from rewards.testing.law import Broken, Subject
from rewards.testing.report import Outcome, Report

__all__ = ["Broken", "Outcome", "Report", "Subject", "check_reward", "laws_for"]
