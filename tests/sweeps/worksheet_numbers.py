"""Measures the networks of lessons whose worksheets print numbers of a trained network.

Run as `python -m tests.sweeps.worksheet_numbers [KEY ...] [--write]`: measures anew and
says what differs from `worksheet.toml` in the lesson's folder; with --write it is
written. Numbers stand there as they are printed on the sheet.
"""

import argparse
import sys
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from core.experiment.presets import load_preset
from core.lessons.model import Scene
from core.network.numpy.forward import run_layers
from core.platform.asset_files import asset_path
from core.probes.requests import read_requests
from core.training.run import to_numpy
from core.values.parameter import Parameter
from tests.core.lessons.plain_network import PlainNetwork

FILE: Final = "worksheet.toml"
Record = dict[str, Any]


def network(preset: str, step: int, **changes: object) -> PlainNetwork:
    """A preset with changes, trained so far."""
    values = {key.replace("__", "."): value for key, value in changes.items()}
    experiment = load_preset(preset).experiment.with_values(values)
    return PlainNetwork(Scene(experiment, step=step))


def printed(values: object, digits: int) -> list[str]:
    """Numbers with so many digits after the point."""
    return [f"{float(v):.{digits}f}" for v in np.ravel(values)]


def test_outputs(found: PlainNetwork) -> np.ndarray:
    """The answer to each test example."""
    test = found.run.dataset.test
    inputs = test.network_inputs(np.arange(len(test)))
    *_, (_, z) = run_layers(found.run.spec, to_numpy(found.run.params), inputs.T)
    return np.argmax(z, axis=0)


def desired_changes() -> Record:
    found = network("digits", 100)
    test, params = found.run.dataset.test, to_numpy(found.run.params)
    answers = test_outputs(found)
    wrong = [k for k in range(len(test)) if answers[k] != test.labels[k]]
    order = [13, *(k for k in wrong if k != 13)][:12]
    examples = []
    for k in order:
        inputs = test.network_inputs(np.array([k]))
        layers = list(run_layers(found.run.spec, params, inputs.T))
        a, (_, z) = layers[-1][0][:, 0], layers[-1]
        shares = np.exp(z[:, 0] - z.max())
        label = int(test.labels[k])
        units = [0, 4, 7, 13, 15] if k == 13 else _units(a, params[-1][0][label])
        examples.append(
            {
                "number": k,
                "label": label,
                "shares": printed(shares / shares.sum(), 3),
                "units": units,
                "activations": printed(a[units], 3),
                "weights": printed(params[-1][0][label][units], 3),
            }
        )
    return {"step": 100, "example": examples}


def _units(a: np.ndarray, weights: np.ndarray) -> list[int]:
    """The brightest two, the most negative weight, the largest that is off, and one."""
    chosen = [int(k) for k in np.argsort(-a)[:2]]
    chosen.append(int(np.argmin(weights)))
    chosen.append(int(np.argmax(np.where(a == 0, weights, -np.inf))))
    chosen += [k for k in range(len(a)) if k not in chosen]
    return sorted(list(dict.fromkeys(chosen))[:5])


def mini_batches() -> Record:
    found = network("digits", 1)
    read = read_requests(found.run, found.run.before_last_step())
    requests = -read.deltas[0][:, 5]
    return {"requests": printed(requests, 2)}


def dials() -> Record:
    found = network("digits", 1)
    numbers = found.numbers()
    assert numbers.gradient is not None
    assert numbers.before is not None
    chosen = []
    for layer, (w, b) in enumerate(numbers.gradient, start=1):
        chosen += [Parameter(layer, int(k)) for k in np.argsort(-np.abs(b))[:6]]
        for flat in np.argsort(-np.abs(w).ravel())[:6]:
            unit, source = divmod(int(flat), w.shape[1])
            chosen.append(Parameter(layer, unit, source))
    rows = [
        {
            "layer": p.layer,
            "unit": p.unit,
            "source": -1 if p.source is None else p.source,
            "value": f"{p.value_in(numbers.before):.4f}",
            "nudge": f"{-p.value_in(numbers.gradient):.4f}",
        }
        for p in chosen
    ]
    films = network(
        "digits",
        0,
        network__activation="sigmoid",
        network__output="sigmoid",
        network__initializer="lecun",
        training__loss="squared-error",
    )
    test, params = films.run.dataset.test, to_numpy(films.run.params)
    inputs = test.network_inputs(np.arange(12))
    *_, (_, z) = run_layers(films.run.spec, params, inputs.T)
    outputs = 1 / (1 + np.exp(-z.T))
    costs = [
        {"number": k, "label": int(test.labels[k]), "outputs": printed(outputs[k], 2)}
        for k in range(12)
    ]
    return {"dial": rows, "cost": costs}


def test_run() -> Record:
    found = network("digits", 1875)
    test = found.run.dataset.test
    answers = test_outputs(found)
    table = np.zeros((10, 10), int)
    np.add.at(table, (test.labels, answers), 1)
    return {
        "right": int(np.sum(answers == test.labels)),
        "pictures": len(test),
        "table": table.tolist(),
        "labels": test.labels[:120].tolist(),
        "answers": answers[:120].tolist(),
    }


def random_labels() -> Record:
    runs = []
    for seed in range(3):
        row: Record = {"seed": seed}
        for name, shuffled in (("true", False), ("shuffled", True)):
            found = network(
                "random-labels",
                0,
                training__seed=seed,
                data__shuffled_labels=shuffled,
            )
            row[f"{name}_all"] = 0
            while found.run.step < 800:
                found.train(20)
                numbers = found.numbers()
                if not row[f"{name}_all"] and numbers.mistakes == 0:
                    row[f"{name}_all"] = found.run.step
                if found.run.step in (100, 800):
                    right = 500 - int(numbers.mistakes or 0)
                    row[f"{name}_train_{found.run.step}"] = right
                if found.run.step == 800:
                    row[f"{name}_test"] = f"{100 * (numbers.test_accuracy or 0):.1f}"
        runs.append(row)
    return {"run": runs}


def vanishing() -> Record:
    runs = []
    for seed in range(5):
        found = PlainNetwork(
            Scene(
                load_preset("vanishing-gradient").experiment.with_values(
                    {"training.seed": seed}
                )
            ),
            needs=frozenset({"health"}),
        )
        health = found.numbers().health
        assert health is not None
        norms = [f"{layer.gradient_norm:.3g}" for layer in health.layers]
        runs.append({"seed": seed, "norms": norms})
    return {"run": runs}


def hidden_units() -> Record:
    found = network("digits", 1875)
    test, params = found.run.dataset.test, to_numpy(found.run.params)
    inputs = test.network_inputs(np.arange(len(test))).T
    rates = []
    for unit in range(16):
        second = params[1][0].copy()
        second[:, unit] = 0
        silenced = (params[0], (second, params[1][1]), *params[2:])
        *_, (_, z) = run_layers(found.run.spec, silenced, inputs)
        rates.append(100 * float(np.mean(np.argmax(z, axis=0) == test.labels)))
    return {"accuracies": printed(rates, 1)}


def break_it() -> Record:
    curves: Record = {}
    kinds: dict[str, tuple[str, int, dict[str, object]]] = {
        "flat": ("digits", 200, {"training__learning_rate": 1.0}),
        "turns": ("overfitting", 400, {}),
        "leaps": (
            "digits",
            2000,
            {"training__batch_size": 1, "training__learning_rate": 0.1},
        ),
    }
    for name, (preset, steps, changes) in kinds.items():
        found = network(preset, 0, **changes)
        losses = []
        for _ in range(40):
            losses.append(float(found.numbers().test_loss or 0))
            found.train(steps // 40)
        curves[name] = printed(losses, 2)
    return curves


def overfitting() -> Record:
    runs = []
    for penalty in (0.0, 0.003, 0.03, 0.3):
        found = network("overfitting", 1000, training__l2=penalty)
        numbers = found.numbers()
        train = found.run.dataset.train
        inputs = train.network_inputs(np.arange(len(train))).T
        *_, (_, z) = run_layers(found.run.spec, to_numpy(found.run.params), inputs)
        z = z.T.astype(np.float64)
        picked = z[np.arange(len(train)), train.labels]
        costs = np.logaddexp.reduce(z, axis=1) - picked
        runs.append(
            {
                "penalty": f"{penalty:g}",
                "train": f"{float(np.mean(costs)):.3f}",
                "test": f"{numbers.test_loss:.2f}",
                "accuracy": f"{100 * (numbers.test_accuracy or 0):.1f}",
            }
        )
    return {"run": runs}


MEASURED: Final[Mapping[str, Callable[[], Record]]] = {
    "desired-changes": desired_changes,
    "mini-batches": mini_batches,
    "dials": dials,
    "test-run": test_run,
    "random-labels": random_labels,
    "vanishing": vanishing,
    "hidden-units": hidden_units,
    "overfitting": overfitting,
    "break-it": break_it,
}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("keys", nargs="*")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    faults = 0
    for key in options.keys or MEASURED:
        found = MEASURED[key]()
        path = asset_path("lessons", key, FILE)
        if options.write:
            path.write_text("\n".join(_lines(found)) + "\n", encoding="utf-8")
        known = tomllib.loads(path.read_text(encoding="utf-8"))
        faults += known != found
        print(f"{key}: {'as written' if known == found else 'differs'}", flush=True)
    return 1 if faults else 0


def _lines(record: Record) -> list[str]:
    plain = [f"{k} = {_value(v)}" for k, v in record.items() if not _is_table(v)]
    for name, rows in record.items():
        for row in rows if _is_table(rows) else ():
            plain += ["", f"[[{name}]]"]
            plain += [f"{k} = {_value(v)}" for k, v in row.items()]
    return plain


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


if __name__ == "__main__":
    sys.exit(main())
