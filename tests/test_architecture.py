"""The rules of the whole code base that no single module can hold by itself."""

import ast
import subprocess
import sys
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path for part in ("core", "gui", "tests") for path in (ROOT / part).rglob("*.py")
)


def modules_after(statement: str) -> set[str]:
    """Top-level modules that a fresh interpreter holds after that statement."""
    code = f"{statement}\nimport sys\nprint(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_the_contracts_between_the_packages_hold() -> None:
    pytest.importorskip("importlinter")
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "module", ["gui.window.main_window", "gui.launch.app", "gui.__main__"]
)
def test_the_window_is_there_before_jax(module: str) -> None:
    loaded = modules_after(f"import {module}")
    assert "gui" in loaded
    assert not loaded & {"jax", "jaxlib", "optax"}


def imported_modules(path: Path) -> set[str]:
    """What a file imports of this project, inside functions too."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules |= {node.module}
            modules |= {f"{node.module}.{alias.name}" for alias in node.names}
    return modules


def folders_imported(root: Path) -> dict[str, set[str]]:
    """For each folder below `root` the others that its files import.

    A folder and those inside it are one room, as far as they import each other; files
    beside the folders stand for themselves.
    """
    homes = {}
    for part in ("core", "gui"):
        for path in (root / part).rglob("*.py"):
            name = ".".join(path.relative_to(root).with_suffix("").parts)
            folder = ".".join(path.relative_to(root).parent.parts)
            homes[name.removesuffix(".__init__")] = name if folder == part else folder
    graph: dict[str, set[str]] = defaultdict(set)
    for module, home in homes.items():
        path = root / module.replace(".", "/")
        source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        for other in imported_modules(source):
            target = homes.get(other, home)
            if not f"{target}.".startswith(f"{home}.") and not f"{home}.".startswith(
                f"{target}."
            ):
                graph[home].add(target)
    return graph


def test_no_folders_import_each_other_in_a_ring() -> None:
    graph = folders_imported(ROOT)
    assert len(graph) > 30
    list(TopologicalSorter(graph).static_order())  # raises CycleError, naming the ring


def test_a_ring_of_folders_would_be_found(tmp_path: Path) -> None:
    for folder, other in (("a", "b"), ("b", "c"), ("c", "a")):
        (tmp_path / "core" / folder).mkdir(parents=True)
        text = f"from core.{other} import {other}\n"
        (tmp_path / "core" / folder / f"{folder}.py").write_text(text)
        (tmp_path / "core" / folder / "__init__.py").write_text("")
    with pytest.raises(CycleError):
        list(TopologicalSorter(folders_imported(tmp_path)).static_order())


def test_the_core_needs_no_window() -> None:
    loaded = modules_after("import core.runner.loop, core.cli.main, core.files.weights")
    assert "jax" in loaded
    assert not loaded & {"gui", "PySide6", "pyqtgraph", "superqt"}


def test_no_file_has_more_than_six_hundred_lines() -> None:
    assert len(SOURCES) > 150
    lengths = {path: len(path.read_text().splitlines()) for path in SOURCES}
    assert not [f"{p}: {n}" for p, n in lengths.items() if n > 600]


def test_layouts_are_put_into_layouts_without_keeping_their_items() -> None:
    """See gui/runtime/layout_items.py."""
    gui = ROOT / "gui"
    found = {p.name for p in gui.rglob("*.py") if ".addLayout(" in p.read_text("utf-8")}
    assert found == {"layout_items.py"}


def test_what_is_put_into_the_clipboard_is_made_by_qt() -> None:
    """See gui/runtime/clipboard.py."""
    gui = ROOT / "gui"
    assert not [p.name for p in gui.rglob("*.py") if "QMimeData()" in p.read_text()]


def test_nothing_that_is_read_from_a_file_is_ever_executed() -> None:
    words = ("import pickle", "pickle.load", "allow_pickle=True", " eval(", " exec(")
    found = [
        f"{path.name}: {word}"
        for path in SOURCES
        if path != Path(__file__)
        for word in words
        if word in path.read_text()
    ]
    assert not found


RECORDS = ("core/network/numpy/activations", "core/network/numpy/losses")
NAMES = {"relu", "sigmoid", "tanh", "softmax", "cross-entropy", "hinge", "perceptron"}


def compared_texts(path: Path) -> set[str]:
    """Texts that a file compares with, or takes from a table by."""
    nodes = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Compare | ast.Dict)
    ]
    return {
        part.value
        for node in nodes
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def test_nothing_but_its_record_knows_an_activation_or_a_loss_by_name() -> None:
    switches = {
        str(path.relative_to(ROOT)): sorted(found)
        for part in ("core", "gui")
        for path in sorted((ROOT / part).rglob("*.py"))
        if not path.relative_to(ROOT).as_posix().startswith(RECORDS)
        and (found := compared_texts(path) & NAMES)
    }
    # "tanh" is a function of formulas there; the form's defaults for other data here;
    # and what other programs and languages call activations and losses.
    assert set(switches) <= {
        "core/experiment/formula.py",
        "core/files/export/code/activations.py",
        "core/files/export/code/losses.py",
        "core/files/export/onnx_form.py",
        "core/files/foreign/keras_layers.py",
        "core/files/foreign/onnx_nodes.py",
        "gui/session/document/dependent_edits.py",
    }


def test_what_is_run_by_hand_imports_only_modules_that_are_there() -> None:
    # No test imports a benchmark or the monkey, so a module that moves breaks them.
    missing = []
    for path in Path(__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            if node.module.split(".")[0] not in ("core", "gui", "tests"):
                continue
            place = Path(__file__).parents[1].joinpath(*node.module.split("."))
            if not (place.is_dir() or place.with_suffix(".py").is_file()):
                missing.append(f"{path.name}: {node.module}")
    assert missing == []


def test_no_test_waits_for_a_time_or_asserts_one() -> None:
    words = ("qtbot.wait(", "qWait(", "time.perf_counter(", "time.thread_time(")
    found = [
        f"{path.name}: {word}"
        for path in (ROOT / "tests").rglob("test_*.py")
        if path != Path(__file__)
        for word in words
        if word in path.read_text()
    ]
    assert not found
