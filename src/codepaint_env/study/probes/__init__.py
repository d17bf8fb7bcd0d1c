"""Adversarial programs and pictures, each with an honest picture that a person would prefer: what fools a reward."""

from codepaint_env.study.probes.fooled import ProbeScores, scores
from codepaint_env.study.probes.probe import Probe, probes
from codepaint_env.study.probes.recorded import Pair, record_pairs, record_probes

__all__ = ["Pair", "Probe", "ProbeScores", "probes", "record_pairs", "record_probes", "scores"]
