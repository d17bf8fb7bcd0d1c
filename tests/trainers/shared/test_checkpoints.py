"""The last whole checkpoint is found behind those that a kill, a full disk or a power cut has spoilt."""

import io
import json
import shutil
import zipfile

import pytest

from codepaint_env.trainers.trl import last_whole_checkpoint


def tensors():
    header = json.dumps(
        {"__metadata__": {"format": "pt"}, "w": {"dtype": "U8", "shape": [9], "data_offsets": [0, 9]}}
    )
    return len(header).to_bytes(8, "little") + header.encode() + bytes(9)


def archive():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        written.writestr("data.pkl", bytes(99))
    return file.getvalue()


@pytest.fixture
def run(tmp_path):
    """A run that saved its steps 2, 9 and 10, and something else."""
    for step in (2, 9, 10):
        folder = tmp_path / f"checkpoint-{step}"
        folder.mkdir()
        (folder / "model.safetensors").write_bytes(tensors())
        (folder / "optimizer.pt").write_bytes(archive())
        (folder / "rng_state.pth").write_bytes(archive())
        (folder / "trainer_state.json").write_text(json.dumps({"global_step": step}))
    (tmp_path / "checkpoint-best").mkdir()
    (tmp_path / "README.md").write_text("a model card")
    return tmp_path


def test_the_highest_number_is_taken_where_all_are_whole(run):
    assert last_whole_checkpoint(run) == last_whole_checkpoint(str(run)) == str(run / "checkpoint-10")


@pytest.mark.parametrize("name", ["trainer_state.json", "model.safetensors", "optimizer.pt", "rng_state.pth"])
def test_a_file_that_is_cut_short_anywhere_spoils_its_checkpoint(run, name, caplog):
    file = run / "checkpoint-10" / name
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert last_whole_checkpoint(run) == str(run / "checkpoint-9"), length
    assert f"{run / 'checkpoint-10'} was not written to its end" in caplog.text


@pytest.mark.parametrize("state", ['{"global_step": 9}', "{}", "[]", "null"])
def test_a_state_that_is_not_of_its_step_spoils_its_checkpoint(run, state):
    (run / "checkpoint-10" / "trainer_state.json").write_text(state)
    assert last_whole_checkpoint(run) == str(run / "checkpoint-9")


def test_a_checkpoint_that_was_half_removed_is_none(run):
    for name in ("model.safetensors", "optimizer.pt", "rng_state.pth"):
        (run / "checkpoint-10" / name).unlink()
    assert last_whole_checkpoint(run) == str(run / "checkpoint-9")


def test_files_of_other_makers_are_not_looked_into(run):
    (run / "checkpoint-10" / "training_args.bin").write_bytes(b"")
    assert last_whole_checkpoint(run) == str(run / "checkpoint-10")


def test_without_a_whole_one_the_training_begins_anew(run):
    for folder in run.glob("checkpoint-*"):
        (folder / "trainer_state.json").unlink(missing_ok=True)
    assert last_whole_checkpoint(run) is None
    shutil.rmtree(run)
    assert last_whole_checkpoint(run) is None
