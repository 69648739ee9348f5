"""What was measured, as a table in Markdown."""

import statistics
from collections.abc import Mapping, Sequence
from typing import Final

from bench.cases import BARE, CHECK, CHECK_CHANGED, COLD, HUGO_COLD, VERSION, Runs
from bench.measuring import Compared, compare, percentile

_PARTNERS: Final = {VERSION: BARE, CHECK: COLD, CHECK_CHANGED: COLD}
"""What a case is compared with, where that is not Hugo's cold build."""


def render_builds(size: int, runs: Runs, peaks: Mapping[str, float]) -> str:
    """A row for each case: medians, and its ratios to its partner's, pair by pair."""
    turns = len(next(iter(runs.values())))
    lines = [
        f"{size:,} team-cycles, medians of {turns} turn(s); ratios are medians of each turn's own (lowest to highest)",
        "",
        "| case | wall s | cpu s | compared with | wall | cpu |",
        "| --- | --: | --: | --- | --: | --: |",
    ]
    for name, of_case in runs.items():
        wall, cpu = [run.wall for run in of_case], [run.cpu for run in of_case]
        partner = _PARTNERS.get(name, HUGO_COLD)
        row = [name, _seconds(statistics.median(wall)), _seconds(statistics.median(cpu))]
        if name in (HUGO_COLD, BARE):
            row += ["", "", ""]
        else:
            theirs = runs[partner]
            row += [partner, _ratio(compare(wall, [run.wall for run in theirs]))]
            row.append(_ratio(compare(cpu, [run.cpu for run in theirs])))
        lines.append(f"| {' | '.join(row)} |")
    if peaks:
        ours, theirs_peak = peaks[COLD], peaks[HUGO_COLD]
        memory = f"okrsite {ours:,.0f} MiB, Hugo {theirs_peak:,.0f} MiB, ratio {ours / theirs_peak:.2f}"
        lines += ["", f"Most memory held in a cold build, all processes together: {memory}"]
    return "\n".join([*lines, ""])


def render_edits(found: Mapping[str, Sequence[float]]) -> str:
    """From a save to the page, for each program that was tried."""
    lines = ["", "| from a save to the page, ms | median | 95 of 100 | edits |", "| --- | --: | --: | --: |"]
    for name, seconds in found.items():
        middle, late = statistics.median(seconds) * 1000, percentile(seconds, 0.95) * 1000
        lines.append(f"| {name} | {middle:,.0f} | {late:,.0f} | {len(seconds)} |")
    return "\n".join([*lines, ""])


def _seconds(value: float) -> str:
    return f"{value:,.3f}" if value < 10 else f"{value:,.1f}"


def _ratio(found: Compared) -> str:
    digits = 2 if found.middle >= 0.1 else 4
    return f"{found.middle:.{digits}f} ({found.lowest:.{digits}f} to {found.highest:.{digits}f})"
