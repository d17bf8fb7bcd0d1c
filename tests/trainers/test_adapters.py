"""What holds for every trainer's adapter."""

import subprocess
import sys
from pathlib import Path

import codepaint_env.trainers

ROOMS = sorted(path.parent.name for path in Path(codepaint_env.trainers.__path__[0]).glob("*/__init__.py"))
HEAVY = (
    *(
        "trl",
        "torch",
        "datasets",
        "transformers",
        "peft",
        "PIL",
        "verl",
        "ray",
        "omegaconf",
        "openrlhf",
        "vllm",
    ),
    *(
        "aiohttp",
        "verifiers",
        "openai",
        "openenv",
        "fastapi",
        "uvicorn",
        "stable_baselines3",
        "gepa",
        "litellm",
    ),
)


def test_loading_an_adapter_loads_no_trainer():
    assert {"openrlhf", "trl", "verl"} <= set(ROOMS)
    code = "import sys, importlib\n"
    code += "".join(f"importlib.import_module('codepaint_env.trainers.{room}')\n" for room in ROOMS)
    code += f"print(sorted(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
