"""A network as a script in PyTorch: a module, its state_dict, and training."""

from collections.abc import Iterator
from typing import Final

from core.files.export.code.activations import code_of
from core.files.export.code.losses import costs_code, loss_code
from core.files.export.code.parts import (
    Section,
    classify_code,
    in_units,
    optimiser_text,
    predict_text,
    targets_code,
    training_arguments,
)
from core.files.export.network import Network

IMPORTS: Final = ("import numpy as np", "import torch")
_HELPERS: Final = """
def log_softmax(z):
    return torch.log_softmax(z, dim=1)


def softplus(z):
    return torch.logaddexp(z, torch.zeros_like(z))
"""
_LEARNING: Final = '''
def loss(rows, answers, network=None):
    """The mean of C over rows of the file."""
    network = NETWORK if network is None else network
    z = network(torch.from_numpy(prepare(rows)))
    return costs(z, activated(z), torch.from_numpy(targets_of(answers))).mean()


def train(rows, answers, network=None, *, {arguments}):
    """{text}

    Changes the network and returns it.
    """
    network = NETWORK if network is None else network
    x, t = torch.from_numpy(prepare(rows)), torch.from_numpy(targets_of(answers))
    optimiser = torch.optim.SGD(network.parameters(), lr=learning_rate)
    random = np.random.default_rng(seed)
    for _ in range(epochs):
        order = random.permutation(len(x))
        for start in range(0, len(x), batch_size):
            batch = torch.from_numpy(order[start : start + batch_size])
            optimiser.zero_grad()
            z = network(x[batch])
            costs(z, activated(z), t[batch]).mean().backward()
            optimiser.step()
    return network
'''


def sections(network: Network) -> Iterator[Section]:
    """The network, what it answers, and how it learns."""
    spec, training = network.spec, network.training
    yield Section("The network", f"{_HELPERS.strip()}\n\n\n{module_code(network)}")
    outputs = in_units(network, "outputs.numpy()")
    predict = f'''
@torch.no_grad()
def predict(rows, network=None):
    """{predict_text(network)}"""
    network = NETWORK if network is None else network
    outputs = activated(network(torch.from_numpy(prepare(rows))))
    return {outputs}
'''
    yield Section("What it answers", _joined([predict, classify_code(network)]))
    code = loss_code(training.loss, spec.activations[-1], training.rho, spec.n_outputs)
    cost = costs_code(training.loss, code, "torch")
    learning = _LEARNING.replace("{arguments}", training_arguments(network))
    learning = learning.replace("{text}", optimiser_text(network))
    yield Section("How it learns", _joined([targets_code(network), cost, learning]))


def module_code(network: Network) -> str:
    """The module whose state_dict has the names of Glassbox's own tensors."""
    spec = network.spec
    layers = []
    for k, (n_out, n_in) in enumerate(spec.weight_shapes):
        bias = "" if spec.biases[k] else ", bias=False"
        layers.append(f"                torch.nn.Linear({n_in}, {n_out}{bias}),")
    forward = []
    for k, name in enumerate(spec.activations[:-1]):
        forward.append(f"        z = self.layers[{k}](x)")
        forward.append(f"        x = {code_of(name).torch}")
    last = f"        return self.layers[{spec.n_layers - 1}](x)"
    return "\n".join(
        [
            "class Network(torch.nn.Module):",
            f'    """{spec}; gives the z of the outputs."""',
            "",
            "    def __init__(self):",
            "        super().__init__()",
            "        self.layers = torch.nn.ModuleList(",
            "            [",
            *layers,
            "            ]",
            "        )",
            "",
            "    def forward(self, x):",
            *forward,
            last,
            "",
            "",
            "def activated(z):",
            f'    """The outputs: {spec.activations[-1]}."""',
            f"    return {code_of(spec.activations[-1]).torch}",
        ]
    )


def network_code(network: Network) -> str:
    """NETWORK, made of PARAMS."""
    spec = network.spec
    lines = ["NETWORK = Network()", "with torch.no_grad():"]
    lines.append(
        "    for layer, (weight, bias) in zip(NETWORK.layers, PARAMS, strict=True):"
    )
    lines.append("        layer.weight.copy_(torch.from_numpy(weight))")
    copy = "layer.bias.copy_(torch.from_numpy(bias))"
    if all(spec.biases):
        lines.append(f"        {copy}")
    else:
        lines += ["        if layer.bias is not None:", f"            {copy}"]
    return "\n".join(lines)


def _joined(parts: list[str]) -> str:
    return "\n\n\n".join(part.strip() for part in parts if part)
