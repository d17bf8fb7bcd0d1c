"""A tool that failed ends the training where no later rollout would fare better; TRL itself goes on after any error."""

import pytest

from codepaint_env.trainers.trl import EnvironmentFactory, reward_funcs
from rewards.errors import MissingPart


class NotSetUp:
    """A renderer that misses what it draws with."""

    def render(self, jobs):
        raise MissingPart("no browser is set up")


def rollout(environment):
    environment.reset(prompt="a poppy")
    with pytest.raises(MissingPart):
        environment.paint("aaa")
    return environment


def test_a_part_that_is_missing_ends_the_training_by_the_first_reward_that_is_asked():
    environment = rollout(EnvironmentFactory(renderer=NotSetUp())())
    for function in reward_funcs("0.5*renders + 0.5*coverage", renderer=NotSetUp(), probe=False):
        with pytest.raises(MissingPart, match="no browser is set up"):
            function(["a poppy"], ["said"], environments=[environment])


def test_a_part_that_is_missing_ends_the_training_of_environments_that_score_themselves():
    environment = rollout(EnvironmentFactory(reward="coverage", renderer=NotSetUp())())
    with pytest.raises(MissingPart, match="no browser is set up"):
        environment.get_reward()
