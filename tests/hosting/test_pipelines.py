"""One pipeline file a forge: each runs the two commands of the README, and puts in place only what passed."""

from __future__ import annotations

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
TWO = ["make site", "make test"]
AUDIT = "make audit"
"""Fails for a known weakness, and not where nobody can be asked (tests/audit)."""


def read(name):
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def test_github_publishes_the_site_that_passed_both_commands():
    jobs = read(".github/workflows/site.yml")["jobs"]
    steps = jobs["build"]["steps"]
    run = [step.get("run") for step in steps]
    assert [one for one in run if one in TWO] == TWO and run.index(AUDIT) > run.index(TWO[1])
    published = next(number for number, step in enumerate(steps) if "upload-pages-artifact" in step.get("uses", ""))
    assert published > run.index("make test") and steps[published]["with"] == {"path": "site"}
    assert jobs["publish"]["needs"] == "build" and "pull_request" in jobs["publish"]["if"]


def test_github_gives_nobody_more_than_reading_but_the_step_that_publishes():
    whole = read(".github/workflows/site.yml")
    assert whole["permissions"] == {"contents": "read"} and "permissions" not in whole["jobs"]["build"]
    assert set(whole["jobs"]["publish"]["permissions"]) == {"pages", "id-token"}
    assert not any("run" in step for step in whole["jobs"]["publish"]["steps"])
    assert "secrets." not in (ROOT / ".github/workflows/site.yml").read_text("utf-8")


def test_gitee_puts_a_build_in_place_only_after_both_commands():
    stages = read(".workflow/site.yml")["stages"]
    assert [stage["steps"][0]["script"] for stage in stages] == [[*TWO, AUDIT], ["make hosting", "make deploy"]]


def test_every_command_of_a_pipeline_is_one_of_the_makefile():
    targets = {line.split(":")[0] for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if ": " in line}
    for name in (".github/workflows/site.yml", ".workflow/site.yml"):
        words = (ROOT / name).read_text("utf-8").split("\n")
        called = {line.split("make ")[1].strip() for line in words if line.strip().startswith(("- make ", "- run: make "))}
        assert called and called <= targets, name
