"""The same content gives the same site, byte for byte, whatever the machine."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.companies import ROOT, TODAY, tree
from tests.conftest import environment


def _build(target: Path, project: Path, *, variables: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """The files of the demo company's site, built by a process of its own."""
    subprocess.run(
        [sys.executable, "-m", "okrsite", "build", "-q", "-C", project, "--today", TODAY, "-o", target],
        env=environment(variables or {}),
        cwd=target.parent,
        check=True,
        timeout=60,
    )
    return tree(target)


def _differing(one: Mapping[str, bytes], two: Mapping[str, bytes]) -> list[str]:
    return sorted(path for path in {*one, *two} if one.get(path) != two.get(path))


@pytest.fixture
def usual(demo_site: Path) -> dict[str, bytes]:
    """The demo company's site as it usually is."""
    files = tree(demo_site)
    assert len(files) > 250
    return files


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Pago_Pago", "LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONHASHSEED": "4242", "LC_ALL": "zh_CN.GB18030", "SOURCE_DATE_EPOCH": "0"},
    ],
    ids=lambda variables: " ".join(f"{name}={value}" for name, value in variables.items()),
)
def test_the_environment_changes_no_byte(
    tmp_path: Path, demo: Path, usual: dict[str, bytes], variables: Mapping[str, str]
) -> None:
    assert _differing(usual, _build(tmp_path / "site", demo, variables=variables)) == []


def test_a_checkout_elsewhere_gives_the_same_bytes(tmp_path: Path, demo: Path, usual: dict[str, bytes]) -> None:
    checkout = tmp_path / "deeper/and deeper/a checkout of 苏州"
    subprocess.run(["git", "clone", "-q", demo, checkout], check=True)
    assert _differing(usual, _build(tmp_path / "site", checkout)) == []


def test_files_written_in_another_order_and_at_another_time_give_the_same_bytes(
    tmp_path: Path, demo: Path, usual: dict[str, bytes]
) -> None:
    checkout = tmp_path / "checkout"
    shutil.copytree(demo / ".git", checkout / ".git")
    for path in sorted((demo / "content").rglob("*.md"), reverse=True):
        copy = checkout / path.relative_to(demo)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    shutil.copyfile(demo / "okrsite.toml", checkout / "okrsite.toml")
    assert _differing(usual, _build(tmp_path / "site", checkout)) == []


def test_a_second_build_over_the_first_changes_nothing(
    tmp_path: Path, demo: Path, usual: dict[str, bytes], demo_site: Path
) -> None:
    shutil.copytree(demo_site, tmp_path / "site")
    assert _differing(usual, _build(tmp_path / "site", demo)) == []


def test_an_export_is_the_same_for_every_hash_seed() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-m", "okrsite", "export", "-C", ROOT, "--today", TODAY],
            env=environment({"PYTHONHASHSEED": seed}),
            check=True,
            capture_output=True,
            timeout=60,
        ).stdout
        for seed in ("1", "4242")
    }
    assert len(said) == 1
