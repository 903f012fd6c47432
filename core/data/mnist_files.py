"""Names, sources and checksums of the MNIST family's files."""

from dataclasses import dataclass
from typing import Final

from core.values.errors import DataError
from core.values.words import tr


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One file of a set as its authors published it.

    Attributes:
        name: the file's name, with ".gz".
        size: in bytes, packed.
        sha256: of the packed file, in hexadecimal.
    """

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ImageSet:
    """One data set of the family.

    Attributes:
        name: as in `data.name`.
        title: for the user.
        class_names: in label order.
        subfolders: usual names of a folder with the files, searched inside the
            folders that the user names.
        first_labels: of the training set: they identify the set, whatever its
            folder is called.
        files: training images and labels, test images and labels.
        mirrors: folders on the network, each with all four files.
    """

    name: str
    title: str
    class_names: tuple[str, ...]
    subfolders: tuple[str, ...]
    first_labels: bytes
    files: tuple[RemoteFile, ...]
    mirrors: tuple[str, ...]

    @property
    def download_size(self) -> int:
        """Bytes of all four files."""
        return sum(file.size for file in self.files)


# Sizes and SHA-256 as in the checksum lists of TensorFlow Datasets.
MNIST: Final = ImageSet(
    name="mnist",
    title="MNIST",
    class_names=tuple("0123456789"),
    subfolders=("mnist", "MNIST", "mnist/raw", "MNIST/raw"),
    first_labels=bytes([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]),
    files=(
        RemoteFile(
            "train-images-idx3-ubyte.gz",
            9_912_422,
            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        ),
        RemoteFile(
            "train-labels-idx1-ubyte.gz",
            28_881,
            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        ),
        RemoteFile(
            "t10k-images-idx3-ubyte.gz",
            1_648_877,
            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        ),
        RemoteFile(
            "t10k-labels-idx1-ubyte.gz",
            4_542,
            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        ),
    ),
    mirrors=(
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
        "https://raw.githubusercontent.com/fgnt/mnist/master/",
    ),
)
FASHION_MNIST: Final = ImageSet(
    name="fashion-mnist",
    title="Fashion-MNIST",
    class_names=(
        "T-shirt",
        "trousers",
        "pullover",
        "dress",
        "coat",
        "sandal",
        "shirt",
        "sneaker",
        "bag",
        "ankle boot",
    ),
    subfolders=(
        "fashion-mnist",
        "fashion_mnist",
        "fashion",
        "FashionMNIST",
        "FashionMNIST/raw",
    ),
    first_labels=bytes([9, 0, 0, 3, 0, 2, 7, 2, 5, 5]),
    files=(
        RemoteFile(
            "train-images-idx3-ubyte.gz",
            26_421_880,
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        ),
        RemoteFile(
            "train-labels-idx1-ubyte.gz",
            29_515,
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
        ),
        RemoteFile(
            "t10k-images-idx3-ubyte.gz",
            4_422_102,
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        ),
        RemoteFile(
            "t10k-labels-idx1-ubyte.gz",
            5_148,
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
        ),
    ),
    mirrors=(
        "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
        "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    ),
)
IMAGE_SETS: Final = (MNIST, FASHION_MNIST)


def image_set(name: str) -> ImageSet:
    """The set with this `data.name`.

    Raises:
        DataError: there is none.
    """
    for entry in IMAGE_SETS:
        if entry.name == name:
            return entry
    names = ", ".join(entry.name for entry in IMAGE_SETS)
    msg = tr(
        "no IDX files are known for {name!r}; there are {names}", name=name, names=names
    )
    raise DataError(msg)


def local_names(remote_name: str) -> tuple[str, ...]:
    """Names under which a file is searched: packed or not, with "-" or "."."""
    plain = remote_name.removesuffix(".gz")
    dotted = plain.replace("-idx", ".idx")
    return (plain, f"{plain}.gz", dotted, f"{dotted}.gz")
