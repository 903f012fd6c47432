"""What is asked of a GPU: the share of its peak, and a stream that does not stall."""

import time

import jax

from core.training.run import TrainingRun, to_numpy
from tests.benchmarks.engines import glassbox_headless
from tests.benchmarks.engines.problem import Problem
from tests.benchmarks.report import Row, spread

PEAKS = {
    "T4": 8.1,
    "L4": 60.0,
    "A10": 62.5,
    "A100": 156.0,
    "L40S": 183.0,
    "H100": 494.7,
    "H200": 494.7,
    "B200": 1100.0,
}
"""TFLOP/s of dense TF32 products, which XLA makes of float32 ones; T4 has none of it,
so float32. NVIDIA's data sheets, SXM versions."""
SNAPSHOT_SECONDS = 1 / 30
PLAYING_SECONDS = 2.0
ROUNDS = 5


def peak_of(device: jax.Device) -> float | None:
    """By the longest name that is part of the device's; None when it is unknown."""
    words = device.device_kind.replace("-", " ").split()
    return next((PEAKS[name] for name in PEAKS if name in words), None)


def with_peak(
    rows: list[Row], problem: Problem, device: jax.Device, peak: float | None
) -> list[Row]:
    """The rows with the achieved TFLOP/s and their share of the chip's peak."""
    peak = peak_of(device) if peak is None else peak
    richer = []
    for row in rows:
        seconds = float(str(row["microseconds_per_step"])) / 1e6
        reached = problem.flop_per_step / seconds / 1e12
        share = None if peak is None else round(reached / peak, 4)
        more: Row = {"tflop_per_second": round(reached, 3), "share_of_peak": share}
        richer.append({**row, **more})
    return richer


def compare_snapshots(problem: Problem, device: jax.Device) -> Row:
    """Steps a second with and without 30 host copies of all weights a second."""
    run = glassbox_headless.make_run(problem, device)
    play(run, snapshots=True)
    figures: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(ROUNDS):
        for snapshots, rates in figures.items():
            rates.append(play(run, snapshots=snapshots))
    without, taking = (spread(figures[key])["median"] for key in (False, True))
    return {
        "network": str(problem.spec),
        "optimizer": problem.optimizer,
        "steps_per_second": without,
        "with_snapshots": taking,
        "ratio": round(float(str(taking)) / float(str(without)), 3),
    }


def play(run: TrainingRun, *, snapshots: bool) -> float:
    """Steps a second of a run that copies its weights while the device goes on."""
    begun = copied = time.perf_counter()
    first = run.step
    before = run.advance(1)
    while time.perf_counter() - begun < PLAYING_SECONDS:
        params = run.params
        due = snapshots and time.perf_counter() - copied > SNAPSHOT_SECONDS
        if due:
            copied = time.perf_counter()
            jax.tree.map(lambda array: array.copy_to_host_async(), params)
        after = run.advance(64)
        before.losses.block_until_ready()
        if due:
            to_numpy(params)
        before = after
    before.losses.block_until_ready()
    return (run.step - first) / (time.perf_counter() - begun)
