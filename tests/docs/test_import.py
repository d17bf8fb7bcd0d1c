"""Importing `codepaint_env` is quick and light, and a user's own `rewards.py` cannot hide ours unnoticed."""

import statistics
import subprocess
import sys

import pytest

HEAVY = ("torch", "playwright", "py_mini_racer", "transformers", "openai", "PIL")


def python(*arguments, **kwargs):
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, **kwargs)


def test_importing_takes_under_half_a_second_of_a_core_beyond_gymnasium_and_numpy():
    code = """
import time
import numpy, gymnasium
started = time.process_time()
import codepaint_env
print(time.process_time() - started)
"""
    seconds = [float(python("-c", code).stdout) for _ in range(3)]
    assert statistics.median(seconds) < 0.5, seconds


@pytest.mark.parametrize(
    "code",
    [
        "import codepaint_env",
        "import codepaint_env, rewards, codepaint_env.types; codepaint_env.system_prompt()",
        "import gymnasium; gymnasium.make('codepaint_env:codepaint/P5Brush-v0').reset()",
        "import gymnasium; gymnasium.make_vec('codepaint_env:codepaint/P5Brush-v0', num_envs=2).reset()",
    ],
)
def test_nothing_heavy_is_imported_before_the_first_step(code):
    done = python("-c", f"{code}\nimport sys; print([name for name in {HEAVY} if name in sys.modules])")
    assert done.stdout.strip() == "[]", done.stderr


def test_painting_needs_no_browser_and_no_v8_in_this_process():
    code = """
import gymnasium, sys
env = gymnasium.make('codepaint_env:codepaint/P5Brush-v0', renderer={'disk_cache': False})
env.reset(seed=0)
print(env.step(env.action_space.sample())[4]['status'], [n for n in ('playwright', 'py_mini_racer') if n in sys.modules])
"""
    done = python("-c", code)
    assert done.stdout.strip() == "ok []", done.stderr


def test_importing_registers_the_id_and_starts_no_thread():
    code = """
import threading, gymnasium
before = set(gymnasium.registry)
import codepaint_env
print(sorted(set(gymnasium.registry) - before), threading.active_count())
"""
    assert (
        python("-c", code).stdout.strip()
        == "['codepaint/HTML-v0', 'codepaint/P5Brush-v0', 'codepaint/SVG-v0'] 1"
    )


@pytest.fixture
def script(tmp_path):
    """A training script beside a `rewards.py` of the user's."""
    (tmp_path / "rewards.py").write_text("def my_reward(x): return 1\n", encoding="utf-8")
    path = tmp_path / "train.py"
    path.write_text("import codepaint_env\nprint('imported')\n", encoding="utf-8")
    return path


def test_a_rewards_file_beside_the_script_is_named_with_the_way_out(script):
    done = python(str(script))
    hiding = str(script.parent / "rewards.py")
    assert done.returncode == 1
    assert done.stderr.strip().endswith(
        f"ImportError: {hiding!r} hides codepaint's package 'rewards'; rename it or run with python -P"
    )


def test_the_way_out_works(script):
    assert python("-P", str(script)).stdout.strip() == "imported"


def test_a_rewards_file_that_was_imported_before_is_named_too(script):
    script.write_text(f"import rewards\nprint(rewards.my_reward(3))\n{script.read_text()}", encoding="utf-8")
    done = python(str(script))
    assert done.stdout.strip() == "1"
    assert f"{str(script.parent / 'rewards.py')!r} hides codepaint's package 'rewards'" in done.stderr


def test_a_rewards_package_in_the_working_folder_is_named_too(tmp_path):
    package = tmp_path / "rewards"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    done = python("-c", "import codepaint_env", cwd=tmp_path)
    assert f"ImportError: {str(package / '__init__.py')!r} hides codepaint's package 'rewards'" in done.stderr


def test_a_rewards_module_made_by_hand_is_refused_too():
    code = "import sys, types; sys.modules['rewards'] = types.ModuleType('rewards'); import codepaint_env"
    assert "hides codepaint's package 'rewards'" in python("-c", code).stderr


def test_a_folder_called_rewards_without_code_hides_nothing(tmp_path):
    (tmp_path / "rewards").mkdir()
    done = python("-c", "import codepaint_env; print('imported')", cwd=tmp_path)
    assert done.stdout.strip() == "imported", done.stderr


def test_our_own_package_imported_before_is_welcome():
    assert python("-c", "import rewards, codepaint_env; print('imported')").stdout.strip() == "imported"


def test_rewards_can_be_used_without_gymnasium():
    code = "import sys, rewards; print('gymnasium' in sys.modules, 'codepaint_env' in sys.modules)"
    assert python("-c", code).stdout.strip() == "False False"
