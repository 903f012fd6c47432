"""A proof in parts, so that training and commands continue between them."""

import time
from collections.abc import Generator, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from core.arrays import RealArray, RealParams
from core.protocol.side_jobs.proofs import (
    DECADES,
    PRECISIONS,
    SMALLEST_DECADE,
    TOLERANCES,
    Counts,
    OneProof,
    Precision,
    ProofProgress,
    ProofReport,
    ProofRow,
    ProofTask,
)
from core.side_jobs.finite import require_finite
from core.side_jobs.proofs.autodiff import autodiff_gradient
from core.side_jobs.proofs.differences import (
    DerivativeContext,
    Differences,
    rows_at_once,
)
from core.values.network_spec import flat_blocks
from core.values.parameter import Parameter

MOST_CHECKED: Final = 200_000
"""Up to this many parameters all are checked; of more, a random sample."""
SAMPLE: Final = 100_000
WORST: Final = 10


def prove_in_parts(
    task: ProofTask,
) -> Generator[OneProof | ProofProgress | ProofReport, None, None]:
    """The proof of a task, with the progress of a long one.

    Raises:
        GlassboxError: the weights are not finite.
    """
    require_finite(task.params, task.step)
    if task.parameter is not None:
        yield OneProof(task, prove_one(task, task.parameter))
        return
    for part in prove_all(task):
        if isinstance(part, ProofReport):
            yield part
        else:
            yield ProofProgress(part, count_to_check(task))


def prove_one(task: ProofTask, parameter: Parameter) -> tuple[ProofRow, ...]:
    """One derivative by three methods, in each precision."""
    return tuple(_one_row(task, parameter, precision) for precision in PRECISIONS)


def prove_all(task: ProofTask) -> Iterator[int | ProofReport]:
    """Yield how many parameters are done after each part, and finally the report."""
    tally = _Tally(task)
    begun = time.perf_counter()
    ground = DerivativeContext(task, task.precision)
    autodiff = autodiff_gradient(task, task.precision)
    seconds = time.perf_counter() - begun
    yield 0
    for layer, units, sources in _parts(task):
        begun = time.perf_counter()
        found = ground.differences(layer, units, sources)
        by_jax = _picked(autodiff, layer, units, sources)
        tally.add(layer, units, sources, found, by_jax)
        seconds += time.perf_counter() - begun
        yield tally.checked
    yield tally.report(seconds)


def count_to_check(task: ProofTask) -> int:
    """Parameters that `prove_all` goes through."""
    total = task.spec.parameter_count
    return total if total <= MOST_CHECKED else SAMPLE


def _one_row(task: ProofTask, parameter: Parameter, precision: Precision) -> ProofRow:
    layer, units = parameter.layer, np.array([parameter.unit], np.intp)
    source = parameter.source
    sources = None if source is None else np.array([source], np.intp)
    found = DerivativeContext(task, precision).differences(layer, units, sources)
    by_jax = _picked(autodiff_gradient(task, precision), layer, units, sources)
    return _row(parameter, precision, found, by_jax, 0)


def _row(
    parameter: Parameter,
    precision: Precision,
    found: Differences,
    by_jax: RealArray,
    k: int,
) -> ProofRow:
    return ProofRow(
        parameter,
        precision,
        float(by_jax[k]),
        float(found.explicit[k]),
        float(found.central[k]),
        float(found.steps[k]),
        float(found.rounding[k]),
        bool(found.kinks[k]),
    )


Part = tuple[int, npt.NDArray[np.intp], npt.NDArray[np.intp] | None]


def _parts(task: ProofTask) -> Iterator[Part]:
    """Parameters of one layer and kind each: layer, units, sources (None: biases)."""
    spec = task.spec
    chosen = None
    if spec.parameter_count > MOST_CHECKED:
        rng = np.random.default_rng(0)
        ids = rng.choice(spec.parameter_count, SAMPLE, replace=False, shuffle=False)
        chosen = np.sort(ids)
    for layer, is_bias, start, stop in flat_blocks(spec):
        n_in = spec.layer_sizes[layer - 1]
        block = np.arange(start, stop)
        if chosen is not None:
            block = chosen[(chosen >= start) & (chosen < stop)]
        size = rows_at_once(spec, layer)
        for first in range(0, len(block), size):
            places = block[first : first + size] - start
            if is_bias:
                yield layer, places, None
            else:
                yield layer, places // n_in, places % n_in


def _picked(
    gradient: RealParams,
    layer: int,
    units: npt.NDArray[np.intp],
    sources: npt.NDArray[np.intp] | None,
) -> RealArray:
    weights, biases = gradient[layer - 1]
    return biases[units] if sources is None else weights[units, sources]


class _Tally:
    """Counts and the worst rows so far."""

    def __init__(self, task: ProofTask) -> None:
        self._task = task
        self.checked = 0
        self._zeros = self._kinks = self._agreeing = self._blurred = 0
        self._worst: list[tuple[bool, float, ProofRow]] = []
        self._autodiff_errors = np.zeros(DECADES, np.int64)
        self._difference_errors = np.zeros(DECADES, np.int64)

    def add(
        self,
        layer: int,
        units: npt.NDArray[np.intp],
        sources: npt.NDArray[np.intp] | None,
        found: Differences,
        by_jax: RealArray,
    ) -> None:
        explicit = found.explicit.astype(np.float64)
        central, jax_ = found.central.astype(np.float64), by_jax.astype(np.float64)
        smooth = ~found.kinks
        larger = np.maximum(np.abs(explicit), np.maximum(np.abs(central), np.abs(jax_)))
        slack = TOLERANCES[self._task.precision] * larger
        agrees = np.abs(jax_ - explicit) <= slack
        distance = np.abs(central - explicit)
        agrees &= distance <= slack + found.rounding
        self._blurred += int(np.count_nonzero(agrees & smooth & (distance > slack)))
        zero = (explicit == 0) & (central == 0) & (jax_ == 0)
        self.checked += len(units)
        self._zeros += int(np.count_nonzero(zero & smooth))
        self._kinks += int(np.count_nonzero(found.kinks))
        self._agreeing += int(np.count_nonzero(agrees & smooth))
        by_jax_error = relative_errors(jax_, explicit)
        error = relative_errors(central, explicit)
        counted = smooth & ~zero
        self._autodiff_errors += by_decade(by_jax_error[counted])
        self._difference_errors += by_decade(error[counted])
        rank = np.where(agrees, 0, 1e6) + np.nan_to_num(
            np.maximum(error, by_jax_error), nan=1e9, posinf=1e9
        )
        rank[~smooth] = -1
        for k in np.argsort(-rank, kind="stable")[:WORST]:
            if rank[k] >= 0:
                source = None if sources is None else int(sources[k])
                parameter = Parameter(layer, int(units[k]), source)
                row = _row(parameter, self._task.precision, found, by_jax, int(k))
                self._worst.append((not agrees[k], float(rank[k]), row))
        self._worst.sort(key=lambda item: item[:2], reverse=True)
        del self._worst[WORST:]

    def report(self, seconds: float) -> ProofReport:
        return ProofReport(
            self._task,
            self._task.spec.parameter_count,
            self.checked,
            self._zeros,
            self._kinks,
            self._agreeing,
            self._blurred,
            tuple(row for _, _, row in self._worst),
            self._autodiff_errors,
            self._difference_errors,
            seconds,
        )


def relative_errors(
    a: npt.NDArray[np.float64], b: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """|a - b| over the larger; 0 where both are 0."""
    larger = np.maximum(np.abs(a), np.abs(b))
    with np.errstate(invalid="ignore", divide="ignore"):
        errors: npt.NDArray[np.float64] = np.abs(a - b) / larger
    errors[larger == 0] = 0
    return errors


def by_decade(errors: npt.NDArray[np.float64]) -> Counts:
    """Counts in each decade; NaN counts as the largest."""
    with np.errstate(divide="ignore"):
        decades = np.floor(np.log10(np.nan_to_num(errors, nan=np.inf)))
    last = SMALLEST_DECADE + DECADES - 1
    places = np.clip(decades, SMALLEST_DECADE, last).astype(np.intp)
    counts: Counts = np.bincount(places - SMALLEST_DECADE, minlength=DECADES)
    return counts
