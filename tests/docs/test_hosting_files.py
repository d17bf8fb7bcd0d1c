"""Files for those who host, cite and ship codepaint: each is what its reader takes, and names what is there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib

import pytest
from hatch_metadata import REPOSITORY, Published

from codepaint_env.cli.serve import serve
from places import ROOT

yaml = pytest.importorskip("yaml", reason="PyYAML, which Ray brings, is not installed")

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def read(name):
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_the_citation_is_of_this_version():
    told = read("CITATION.cff")
    assert {"cff-version", "message", "title", "authors"} <= set(told)
    assert (told["version"], told["license"]) == (PROJECT["version"], "Apache-2.0")
    assert [each["name"] for each in told["authors"]] == [each["name"] for each in PROJECT["authors"]]


@pytest.mark.parametrize("name", ["bug", "reward"])
def test_a_form_for_issues_has_what_the_host_asks_for(name):
    told = read(f".github/ISSUE_TEMPLATE/{name}.yml")
    assert {"name", "description", "body"} <= set(told)
    for field in told["body"]:
        assert field["type"] in ("textarea", "input", "dropdown", "markdown", "checkboxes")
        assert field["attributes"]["label"]
    ids = [field["id"] for field in told["body"]]
    assert len(ids) == len(set(ids))


def test_the_workflow_runs_what_a_change_must_pass():
    [job] = read(".github/workflows/ci.yml")["jobs"].values()
    assert ".ci/run" in [step.get("run") for step in job["steps"]]
    assert all("uses" in step or "run" in step for step in job["steps"])


def test_the_image_runs_as_an_ordinary_user_and_serves():
    lines = DOCKERFILE.replace("\\\n", " ").splitlines()
    bases = [line.split()[1] for line in lines if line.startswith("FROM")]
    assert all(re.fullmatch(r"python:\d+\.\d+-slim-\w+", base) for base in bases)
    last = lines[max(i for i, line in enumerate(lines) if line.startswith("FROM")) :]
    [user] = [line.split()[1] for line in last if line.startswith("USER")]
    assert f"useradd --create-home --uid 10001 {user}" in DOCKERFILE
    [command] = [line.removeprefix("CMD ") for line in last if line.startswith("CMD")]
    words = yaml.safe_load(command)
    with serve.make_context("serve", words[1:]) as context:
        assert (words[0], context.params["host"], context.params["port"]) == ("serve", "0.0.0.0", 8000)


def test_what_a_build_of_the_image_needs_is_not_left_out():
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert all((ROOT / name).exists() for name in sent)
    assert {"src", "reference_pool", "pyproject.toml", "hatch_build.py", "hatch_metadata.py"} <= sent
    assert {"README.md", *PROJECT["license-files"]} <= sent


def test_the_page_on_the_index_has_whole_links_where_the_repository_is_named(monkeypatch):
    here = "https://example.org/codepaint"
    monkeypatch.setenv(REPOSITORY, f"{here}/")
    told = {}
    Published(str(ROOT), {}).update(told)
    links = re.findall(r"\]\(([^)\s]+)\)", told["readme"]["text"])
    ours = [link for link in links if link.startswith(here)]
    assert all(re.match(r"[a-z]+:", link) for link in links)
    assert f"{here}/raw/HEAD/docs/triptych.webp" in ours
    assert f"{here}/blob/HEAD/reference_pool/README.md" in ours
    for link in [*ours, *told["urls"].values()]:
        path = re.sub(r"(raw|blob)/HEAD/", "", link.removeprefix(here)).partition("#")[0].strip("/")
        assert (ROOT / path).exists() or path == "issues", link
        assert ("/raw/" in link) == link.endswith((".webp", ".svg"))


def test_a_build_that_knows_no_repository_names_none(monkeypatch):
    monkeypatch.delenv(REPOSITORY, raising=False)
    told = {}
    Published(str(ROOT), {}).update(told)
    assert (told["urls"], told["readme"]["text"]) == ({}, (ROOT / "README.md").read_text(encoding="utf-8"))


def docker_runs() -> bool:
    """Tells whether a Docker daemon answers: the client alone builds nothing."""
    return (
        shutil.which("docker") is not None
        and not subprocess.run(["docker", "info"], capture_output=True).returncode
    )


@pytest.mark.full
@pytest.mark.skipif(not docker_runs(), reason="no Docker daemon answers here, so that no image can be built")
def test_the_image_is_built_and_paints():
    def docker(words):
        return subprocess.run(["docker", *shlex.split(words)], cwd=ROOT, capture_output=True, text=True)

    built = docker("build --quiet --tag codepaint-test .")
    assert built.returncode == 0, built.stderr
    told = docker("run --rm codepaint-test doctor")
    assert "isolation" in told.stdout, told.stderr
    painted = docker("run --rm codepaint-test demo --canvas svg --episodes 2")
    assert painted.returncode == 0, painted.stderr
