"""Image sets that a folder holds: KMNIST, QMNIST, EMNIST and CIFAR-10, by their names.

They have no preset place to be downloaded from; a set is recognised by the names of its
files, or by its folder's.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from core.data.cifar import cifar_files, read_cifar
from core.data.dataset import Dataset
from core.data.idx import read_idx_start
from core.data.idx_folder import IdxSet, idx_sets, read_chosen_set
from core.data.mnist_family import DATA_VARIABLE, search_folders
from core.data.mnist_files import IMAGE_SETS
from core.experiment.data_shape import DATA_SHAPES
from core.experiment.model import DataSettings
from core.experiment.rules import CIFAR_10, FAMILY_DATASETS
from core.values.errors import DataError, MissingDataError
from core.values.words import tr


def load_family(
    settings: DataSettings, data_folders: Sequence[str | Path] = ()
) -> Dataset:
    """Find and read a set of FAMILY_DATASETS.

    Raises:
        MissingDataError: it is in none of the folders; says what is.
        DataError: its files are damaged, or not what its name says.
    """
    name = settings.name
    roots = (
        (Path(settings.path).expanduser(),)
        if settings.path
        else search_folders(data_folders)
    )
    seen: list[str] = []
    # What is left out here is done to all sets of images alike, once they are read.
    whole = replace(settings, path="", train_fraction=None, scaling="")
    for root in filter(_is_folder, roots):
        if name == CIFAR_10:
            if cifar_files(root):
                return _checked(read_cifar(root, whole).dataset, root)
            continue
        sets = idx_sets(root)
        chosen = _chosen(sets, name) or _unnamed(sets, name)
        if chosen is not None:
            named = replace(chosen, title=name)
            return _checked(read_chosen_set(root, named, whole).dataset, root)
        titles = ", ".join(sorted(entry.title for entry in sets.values()))
        seen += [f"{root} contains {titles}"] if titles else []
    places = ", ".join(map(str, roots)) or "no folder"
    found = f" ({'; '.join(seen)})" if seen else ""
    msg = tr(
        "{name} is not in {places}{found}; name the folder with its "
        "files with --data, data.path or {data_variable}",
        name=name,
        places=places,
        found=found,
        data_variable=DATA_VARIABLE,
    )
    raise MissingDataError(msg)


def holds_family(folder: Path) -> tuple[str, ...]:
    """The sets of FAMILY_DATASETS in a folder."""
    if not _is_folder(folder):
        return ()
    sets = idx_sets(folder)
    found = [name for name in FAMILY_DATASETS if _chosen(sets, name) is not None]
    return (*found, CIFAR_10) if cifar_files(folder) else tuple(found)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _chosen(sets: dict[str, IdxSet], name: str) -> IdxSet | None:
    """The set of that name; "emnist-letters" is not "emnist-letters-small"."""
    for entry in sets.values():
        title = entry.title.replace("_", "-")
        if title == name or title.replace("-", "") == name.replace("-", ""):
            return entry
    words = set(name.split("-"))
    fitting = [
        entry
        for entry in sets.values()
        if words <= set(entry.title.replace("_", "-").split("-"))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _unnamed(sets: dict[str, IdxSet], name: str) -> IdxSet | None:
    """KMNIST has the file names of MNIST: another folder's name may be the user's own.

    What is known to be another set is none, by its name or by its first labels.
    """
    if name != "kmnist" or set(sets) != {""}:
        return None
    entry = sets[""]
    labels = entry.files.get("train labels")
    if "mnist" in entry.title or labels is None:
        return None
    longest = max(len(known.first_labels) for known in IMAGE_SETS)
    start = read_idx_start(labels, longest)
    is_other = any(start.startswith(known.first_labels) for known in IMAGE_SETS)
    return None if is_other else entry


def _checked(dataset: Dataset, root: Path) -> Dataset:
    shape = DATA_SHAPES[dataset.name]
    if dataset.n_inputs != shape.n_inputs:
        msg = tr(
            "{root}: pictures of {n_inputs:,} values; {name} has {n_inputs_2:,}",
            root=root,
            n_inputs=dataset.n_inputs,
            name=dataset.name,
            n_inputs_2=shape.n_inputs,
        )
        raise DataError(msg)
    return dataset
