"""Networks that other programs wrote, with how many test images they have right.

The counts are those of the libraries themselves (PyTorch, onnxruntime) on the same 250
test images, or of their tensors read by h5py and msgpack and computed by PyTorch; none
comes from Glassbox.
"""

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from core.data.dataset import Dataset, Split
from core.data.mnist_files import MNIST
from core.experiment.model import DataSettings
from tests.core.support.idx_files import write_set

FOLDER: Final = Path(__file__).parent / "networks"
_SAMPLE: Final = Path(__file__).parent / "mnist_sample.npz"
RIGHT: Final = {
    "checkpoint_model_optimizer_epoch.pt": 235,
    "dataparallel.pt": 235,
    "float16.pt": 235,
    "flat_views.pt": 224,
    "normalised_deep.pt": 230,
    "tanh_deep.safetensors": 215,
    "tied.pt": 223,
    "tied.safetensors": 223,
    "pixels255.safetensors": 234,
    "transposed.safetensors": 222,
    "inverted.safetensors": 215,
    "transposed_normalised.safetensors": 219,
    "tanh_normalised.safetensors": 234,
    "other_data.safetensors": 12,
    "labels_from_1.safetensors": 229,
    "eleven_outputs.safetensors": 231,
    "is_it_a_3.safetensors": 244,
    "torch_dynamo_external.onnx": 233,
    "normalised_inside.onnx": 228,
    "batchnorm_logsoftmax.onnx": 228,
    "gelu.onnx": 233,
    "skl_scaler_mlp.onnx": 218,
    "skl_binary.onnx": 242,
    "flax_params.msgpack": 223,
    "flax_params.npz": 223,
    "equinox_leaves.eqx": 230,
    "keras_weights.weights.h5": 226,
    "keras_sequential.h5": 226,
    "keras_rescaling.keras": 232,
    "keras_gelu_silu.keras": 225,
    "keras_batchnorm.keras": 231,
    "keras_batchnorm_after.weights.h5": 221,
    "keras_normalization.keras": 232,
}
"""Of 250, by the file; read without a word from the user."""
RIGHT_WHEN_SAID: Final = {
    ("minus1to1.safetensors", "-1..1", ""): 218,
    ("gelu_deep.pt", "", "gelu"): 224,
}
"""The same where the user says the inputs or the activation."""


def network(name: str) -> Path:
    """The file of that name."""
    return FOLDER / name


@cache
def _arrays() -> dict[str, np.ndarray]:
    with np.load(_SAMPLE) as file:
        return {name: file[name] for name in file.files}


@cache
def sample_dataset() -> Dataset:
    """300 training and 250 test images of MNIST."""
    arrays = _arrays()
    train, test = (
        Split(arrays[kind], arrays[f"{kind}_labels"].astype(np.int32))
        for kind in ("train", "test")
    )
    return Dataset("mnist", train, test, MNIST.class_names, (28, 28))


def load_sample(_settings: DataSettings) -> Dataset:
    """Stands in for loading MNIST."""
    return sample_dataset()


def write_sample(folder: Path) -> Path:
    """The same images as IDX files, as MNIST comes; returns the folder."""
    arrays = _arrays()
    files = {}
    for kind, prefix in (("train", "train"), ("test", "t10k")):
        files[f"{prefix}-images-idx3-ubyte"] = arrays[kind].reshape(-1, 28, 28)
        files[f"{prefix}-labels-idx1-ubyte"] = arrays[f"{kind}_labels"]
    write_set(folder, files, packed=False)
    return folder
