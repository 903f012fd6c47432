"""Words of plain letters, which no text of a pseudo-language has, and exceptions."""

import re
from typing import Final

_LEFT_OUT: Final = re.compile(
    r"<style.*?</style>|<[^<>]*>|&\w+;|`[^`]*`"  # rich text, and what is typed
    r"|https?://\S+|[\w./~-]*/[\w./~-]+|\b\w+\.\w+\b|--[\w-]+"  # places, files, options
    r"|\b\w*[\d_₀-₉]\w*\b",  # symbols with an index
    re.DOTALL,
)
_WORD: Final = re.compile(r"(?<!\w)[A-Za-z]{2,}(?!\w)")
KEYS: Final = frozenset(
    {
        "Ctrl",
        "Shift",
        "Alt",
        "Meta",
        "Space",
        "Return",
        "Enter",
        "Esc",
        "Tab",
        "Home",
        "End",
        "PgUp",
        "PgDown",
        "Del",
        "Delete",
        "Ins",
        "Backspace",
        "Left",
        "Right",
        "Up",
        "Down",
    }
)
NAMES: Final = frozenset(
    {
        "Glassbox",
        "JAX",
        "NumPy",
        "PyTorch",
        "Keras",
        "ONNX",
        "TOML",
        "CSV",
        "JSON",
        "PNG",
        "SVG",
        "PDF",
        "GIF",
        "WebP",
        "Qt",
        "PySide",
        "Python",
        "CPU",
        "GPU",
        "MNIST",
        "EMNIST",
        "KMNIST",
        "QMNIST",
        "CIFAR",
        "Fashion",
        "IDX",
        "XOR",
        "xor",
        "ReLU",
        "ELU",
        "GELU",
        "SiLU",
        "SELU",
        "tanh",
        "sigmoid",
        "softmax",
        "softplus",
        "SGD",
        "Adam",
        "AdamW",
        "RMSprop",
        "AdaGrad",
        "Nesterov",
        "He",
        "Glorot",
        "LeCun",
        "English",
        "cpu",
        "gpu",
        "MB",
        "GB",
        "KB",
        "ms",
        "nats",
        "nan",
        "inf",
        "sin",
        "cos",
        "tan",
        "exp",
        "log",
        "sqrt",
        "abs",
        "sign",
        "floor",
        "min",
        "max",
        "pi",
        "ln",
        "safetensors",
        "npz",
    }
)


def plain_words(text: str) -> list[str]:
    """Words of a text that are in no language but English."""
    bare = _LEFT_OUT.sub(" ", text)
    return [word for word in _WORD.findall(bare) if word not in KEYS | NAMES]
