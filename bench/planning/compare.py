"""Runs ours and the peers, holds the values against each other, and judges the gates.

Usage: compare.py PROGRAM FOLDER RUNS
Writes bench/results/plan.md and bench/results/plan.json.
"""

import json
import os
import platform
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE.parent / "results"
SEED = 7
HIGHS_SECONDS_MAX = 240

# (what is compared, the least or most ratio, which way it has to be)
GATES = [
    ("OR-tools min-cost flow / ours at 100k", "or-100000", 40, "at least"),
    ("OR-tools min-cost flow / ours at 1M", "or-1000000", 80, "at least"),
    ("HiGHS linear program / ours at 100k", "highs-100000", 120, "at least"),
    ("re-plan of the costliest component / whole plan at 100k", "replan-100000", 0.25, "at most"),
]


def run(*command):
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def same_value(name, size, ours, theirs):
    """Equal to the unit; an interior point ends beside the corner, by less than one part in 10^9."""
    difference = abs(Decimal(ours) - Decimal(theirs))
    tolerance = Decimal(0) if name == "OR-tools" else Decimal(ours) / 10**9
    if difference > tolerance:
        raise SystemExit(f"{name} at {size}: {theirs}, ours {ours}")


def measure(program, folder, runs):
    sizes = {}
    for size in (1_000, 10_000, 100_000, 1_000_000):
        path = folder / f"{size}.txt"
        stated = run(program, "generate", size, SEED, path)
        ours = run(program, "time", path, max(runs * 3, 9))
        peers = {"OR-tools": run(sys.executable, HERE / "peer.py", "ortools", path, runs if size < 1_000_000 else 1)}
        if size <= 100_000:
            peers["HiGHS"] = run(sys.executable, HERE / "peer.py", "highs", path, 1, HIGHS_SECONDS_MAX)
        for name, peer in peers.items():
            if "value" in peer:
                same_value(name, size, ours["value"], peer["value"])
        sizes[size] = {"stated": stated, "ours": ours, "peers": peers}
        print(f"{size}: values equal; ours {ours['whole_ms']['median']:.2f} ms, "
              + ", ".join(f"{name} {shown(peer)}" for name, peer in peers.items()), flush=True)
        path.unlink()
    return sizes


def shown(peer):
    if "median" not in peer:
        return f"over {peer['timed_out_after_seconds']:.0f} s (limit)"
    median = peer["median"]
    return f"{median:.1f} ms" if median < 1000 else f"{median / 1000:.2f} s"


def ratios(sizes):
    found = {}
    for size, one in sizes.items():
        whole = one["ours"]["whole_ms"]["median"]
        for key, name in (("or", "OR-tools"), ("highs", "HiGHS")):
            peer = one["peers"].get(name)
            if peer is None:
                continue
            # A peer that was stopped took at least this long.
            took = peer.get("median", peer.get("timed_out_after_seconds", 0) * 1000)
            found[f"{key}-{size}"] = took / whole
        found[f"replan-{size}"] = one["ours"]["replan_costliest_ms"]["median"] / whole
    return found


def report(sizes, found, held):
    lines = [
        "# Planning: coverage against OR-tools and HiGHS",
        "",
        "Written by `make bench-plan`. Processor time of one thread, medians, in milliseconds; peers by their",
        "solve call alone, ours from the grouped suppliers to the whole answer. Every value is equal to the",
        "unit (HiGHS to one part in 10^9). OR-tools is asked in two ways, HiGHS by simplex and interior point;",
        "the faster one counts.",
        "",
        f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the end; seed {SEED}.",
        "",
        "| advocates | usable | groups | components (largest) | ours | OR-tools | HiGHS | re-plan: costliest / median component | worth of every profile |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for size, one in sizes.items():
        ours, stated, peers = one["ours"], one["stated"], one["peers"]
        lines.append(
            f"| {size:,} | {stated['usable']:,} | {stated['groups']:,} | {ours['components']} ({ours['largest_nodes']} nodes) "
            f"| {ours['whole_ms']['median']:.2f} | {shown(peers['OR-tools'])} "
            f"| {shown(peers['HiGHS']) if 'HiGHS' in peers else 'not run'} "
            f"| {ours['replan_costliest_ms']['median']:.3f} / {ours['replan_median_ms']['median']:.4f} "
            f"| {ours['worth_of_every_profile_ms']['median']:.2f} |"
        )
    lines += ["", "| gate | wanted | measured | |", "| --- | --- | --- | --- |"]
    for (name, key, limit, way), is_held in held:
        lines.append(f"| {name} | {way} {limit} | {found[key]:.2f} | {'held' if is_held else 'MISSED'} |")
    count = sum(is_held for _, is_held in held)
    lines += ["", f"gates held: {count} of {len(held)}", ""]
    return "\n".join(lines)


def main():
    program, folder, runs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    sizes = measure(program, folder, runs)
    found = ratios(sizes)
    held = []
    for gate in GATES:
        _, key, limit, way = gate
        held.append((gate, found[key] >= limit if way == "at least" else found[key] <= limit))
    RESULTS.mkdir(exist_ok=True)
    text = report(sizes, found, held)
    (RESULTS / "plan.md").write_text(text, encoding="utf-8")
    (RESULTS / "plan.json").write_text(json.dumps({"sizes": sizes, "ratios": found}, indent=1) + "\n", encoding="utf-8")
    print(text)
    print(f"gates held: {sum(is_held for _, is_held in held)} of {len(held)}")
    if not all(is_held for _, is_held in held):
        raise SystemExit(1)


main()
