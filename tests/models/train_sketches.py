"""A small training as a process of its own, to be killed.

    python tests/models/train_sketches.py RUN REWARDS engine        goes on from the last whole checkpoint in RUN

It paints on the path that is named last. Each step's rewards are appended to the file REWARDS as a line of JSON, `[step, [reward, ...]]`, before TRL hears them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sketch_policy import sketch_tokenizer, trainer_of

from codepaint_env.trainers.trl import last_whole_checkpoint, reward_funcs

STEPS = 6
TASKS = [f"{count} poppies" for count in range(2 * STEPS)]  # TRL takes two a step, and no task twice


def main(run: str, rewards: str, path: str) -> None:
    """Trains six steps and saves each."""
    renderer = {"path": path, "workers": 2, "disk_cache": False}
    [function] = reward_funcs("coverage", renderer=renderer, probe=False)

    def coverage(**told):
        values = function(**told)
        with Path(rewards).open("a", encoding="utf-8") as file:
            file.write(json.dumps([told["trainer_state"].global_step, values]) + "\n")
        return values

    saving = {"max_steps": STEPS, "save_strategy": "steps", "save_steps": 1}
    trainer = trainer_of([coverage], sketch_tokenizer(), run, tasks=TASKS, **saving)
    trainer.train(resume_from_checkpoint=last_whole_checkpoint(run))


if __name__ == "__main__":
    main(*sys.argv[1:])
