"""verl: a reward manager that waits until a whole group is there, for rewards that compare its samples.

verl 0.9 sends each response to a reward worker as soon as it is written. This manager holds it until all
`actor_rollout_ref.rollout.n` responses to the prompt are there, and scores them in one call of `compute_scores`.

```yaml
reward:
  num_workers: 1
  reward_manager:
    source: importlib
    name: GroupRewardManager
    module:
      path: pkg://codepaint_env.trainers.verl
  custom_reward_function:
    path: pkg://codepaint_env.trainers.verl
    name: compute_scores
    reward_kwargs:
      reward: gated(0.3*coverage + 0.7*winrate(games=4, judge={'model':'MODEL'}), gate=renders)
```
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from rewards.errors import MachineError, SpecError

PATIENCE_S = 3600.0  # for the last response of a group
AT_ONCE = 1000  # calls that an asynchronous actor of Ray has under way


@dataclass(eq=False)
class _Arrived:
    """The responses of a group so far: the keywords of each, and the future that its sender awaits."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    futures: list[asyncio.Future[Any]] = field(default_factory=list)
    alarm: asyncio.TimerHandle | None = None


class GroupRewardManager:
    """Scores the responses to a prompt together; verl makes it by its configuration, which docs/verl.md shows.

    If a response of a group does not come within an hour, because its rollout failed, each of the others raises
    `MachineError`: they have no score, and verl's default trainer leaves them out.

    Args:
        config: verl's own.
        tokenizer: Decodes responses.
        compute_score: `compute_scores` with its `reward_kwargs`.
        reward_router_address: Passed on if verl serves a reward model.
        reward_model_tokenizer: Likewise.

    Raises:
        SpecError: The configuration would send responses of a group to several workers, or let them wait for each other
            for ever.
    """

    def __init__(
        self,
        config: Any,
        tokenizer: Any,
        compute_score: Callable[..., Any] | None,
        reward_router_address: str | None = None,
        reward_model_tokenizer: Any = None,
    ) -> None:
        rollout = config.actor_rollout_ref.rollout
        self.size = _checked_size(config, int(rollout.n))
        if compute_score is None:
            raise SpecError(
                "reward.custom_reward_function.name is not set; name compute_scores of codepaint_env.trainers.verl."
            )
        self._compute = compute_score
        self._tokenizer = tokenizer
        served = reward_router_address is not None
        self._served = (
            {"reward_router_address": reward_router_address, "reward_model_tokenizer": reward_model_tokenizer}
            if served
            else {}
        )
        self._arrived: dict[str, _Arrived] = {}
        self.patience_s = PATIENCE_S

    async def run_single(self, data: Any) -> dict[str, Any]:
        """Returns the score of one response, once its whole group is there."""
        item = data[-1:][0]
        told = item.non_tensor_batch
        if "uid" not in told:
            raise SpecError(
                "verl told no 'uid' beside a response, so its group is unknown; take verl's default trainer "
                "(trainer.use_v1=True)."
            )
        loop = asyncio.get_running_loop()
        row = {
            "data_sources": told["data_source"],
            "solution_strs": await loop.run_in_executor(None, self._decoded, item),
            "ground_truths": told["reward_model"]["ground_truth"],
            "extra_infos": _extra_info(told),
        }
        key = str(told["uid"])
        group = self._arrived.setdefault(key, _Arrived())
        future: asyncio.Future[Any] = loop.create_future()
        group.rows.append(row)
        group.futures.append(future)
        if group.alarm is None:
            group.alarm = loop.call_later(self.patience_s, self._give_up, key, group)
        if len(group.rows) == self.size:
            await self._settle(key, group)
        found = await future
        if isinstance(found, BaseException):
            raise found
        return {"reward_score": found["score"], "reward_extra_info": dict(found)}

    @classmethod
    def assemble_rm_scores(cls, data: Any, scores: list[float]) -> Any:
        """Returns the scores on the last token of each response, as verl's own managers do."""
        from verl.experimental.reward_loop.reward_manager.base import RewardManagerBase

        return RewardManagerBase.assemble_rm_scores(data, scores)

    async def _settle(self, key: str, group: _Arrived) -> None:
        """Scores a group that is whole."""
        del self._arrived[key]
        if group.alarm is not None:
            group.alarm.cancel()
        columns = {name: [row[name] for row in group.rows] for name in group.rows[0]}
        score = partial(self._compute, **columns, group_size=self.size, return_failures=True, **self._served)
        try:
            found = list(await asyncio.get_running_loop().run_in_executor(None, score))
        except Exception as error:  # noqa: BLE001 (whatever it is, each of the group is told)
            found = [error] * self.size
        for future, each in zip(group.futures, found, strict=True):
            if not future.done():  # its sender may have gone
                future.set_result(each)

    def _give_up(self, key: str, group: _Arrived) -> None:
        if self._arrived.get(key) is group:
            del self._arrived[key]
        for future in group.futures:
            if not future.done():
                future.set_result(
                    MachineError(
                        f"{len(group.rows)} of {self.size} responses of a group came within {self.patience_s:g} s; "
                        "those that came cannot be compared with the others."
                    )
                )

    def _decoded(self, item: Any) -> str:
        ids = item.batch["responses"]
        length = int(item.batch["attention_mask"][-ids.shape[-1] :].sum())
        return str(self._tokenizer.decode(ids[:length], skip_special_tokens=True))


def _extra_info(told: Any) -> dict[str, Any]:
    """Returns what the row says, and what the rollout adds: a copy, since one mapping is handed to a whole group."""
    added = told.get("tool_extra_fields")
    return dict(told.get("extra_info") or {}) | dict(added or {})


def _checked_size(config: Any, size: int) -> int:
    """Returns how many responses a group has, if they can all come to one worker."""

    def told(name: str, default: Any) -> Any:
        found = config
        for part in name.split("."):
            found = None if found is None else found.get(part)
        return default if found is None else found

    if size < 2:
        raise SpecError(f"actor_rollout_ref.rollout.n is {size}; a group that is compared has at least 2.")
    if told("reward.num_workers", 1) != 1:
        raise SpecError(
            f"reward.num_workers is {told('reward.num_workers', 1)}, which splits groups: verl gives each response to "
            "one of them by chance. Set it to 1, and renderer.workers to the cores there are."
        )
    validates = told("trainer.test_freq", -1) > 0 or told("trainer.val_before_train", False)
    if validates and told("actor_rollout_ref.rollout.val_kwargs.n", size) != size:
        raise SpecError(
            f"actor_rollout_ref.rollout.val_kwargs.n is {told('actor_rollout_ref.rollout.val_kwargs.n', size)} and "
            f"rollout.n is {size}; give both the same, or turn validation off (trainer.test_freq=-1, "
            "trainer.val_before_train=False): a validation would wait for responses that never come."
        )
    at_once = told("data.train_batch_size", 0) * size
    if at_once > AT_ONCE:
        raise SpecError(
            f"data.train_batch_size x rollout.n is {at_once}, and a reward worker holds {AT_ONCE} responses: groups "
            "could wait for each other for ever. Take smaller batches."
        )
    return size
