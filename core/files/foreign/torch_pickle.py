"""The pickle inside a PyTorch file, read without pickle: nothing in it is ever called.

A pickle is a program for a small stack machine. This one knows only the instructions
that `torch.save` writes, counts them, and makes plain values and inert stand-ins: a
call of anything is a `Call` that holds its name and its arguments and does nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pickletools import genops
from typing import Any, Final

from core.files.tensors import UnreadableError
from core.values.words import tr

MOST_INSTRUCTIONS: Final = 2_000_000
_MOST_MEMOS: Final = 1_000_000
_PLAIN_KEYS: Final = (str, int, float, bool, bytes, type(None))


@dataclass(frozen=True, slots=True)
class Name:
    """A function or class that the pickle names."""

    module: str
    name: str

    @property
    def full(self) -> str:
        """As it is written in Python."""
        return f"{self.module}.{self.name}"


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """What would have been made by calling something; its attributes are left out."""

    function: Name
    arguments: tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Storage:
    """Numbers that lie in a file of their own in the archive."""

    kind: str
    key: str
    count: int


@dataclass(slots=True, eq=False)
class _Mark:
    """Where a group of values begins on the stack."""


@dataclass(slots=True, eq=False)
class _Machine:
    stack: list[Any] = field(default_factory=list)
    memos: dict[int, Any] = field(default_factory=dict)

    def pop(self) -> Any:
        value = self.stack.pop()
        if isinstance(value, _Mark):
            raise _damaged("a group without an end")
        return value

    def top(self) -> Any:
        return self.stack[-1]

    def group(self) -> list[Any]:
        """Everything above the last mark, which goes too."""
        for start in range(len(self.stack) - 1, -1, -1):
            if isinstance(self.stack[start], _Mark):
                values = self.stack[start + 1 :]
                del self.stack[start:]
                return values
        raise _damaged("a group without a beginning")

    def keep(self, index: int, value: Any) -> None:
        if len(self.memos) >= _MOST_MEMOS:
            raise _damaged("too many values that are used again")
        self.memos[index] = value


def contents(data: bytes) -> object:
    """The value that the pickle describes, of plain values and stand-ins.

    Raises:
        UnreadableError: damaged, or not what `torch.save` writes.
    """
    machine = _Machine()
    try:
        for count, (opcode, argument, _) in enumerate(genops(data)):
            if count > MOST_INSTRUCTIONS:
                raise _damaged("it has too many instructions")
            if opcode.name == "STOP":
                return machine.pop()
            _obey(machine, opcode.name, argument)
    except (ValueError, IndexError, KeyError, TypeError, OverflowError) as error:
        raise _damaged(str(error) or type(error).__name__) from None
    raise _damaged("it has no end")


def _damaged(what: str) -> UnreadableError:
    return UnreadableError(
        tr("the pickle in the archive is damaged ({what})", what=what)
    )


def _obey(machine: _Machine, name: str, argument: Any) -> None:
    if name in _VALUES:
        machine.stack.append(argument)
    elif name in _CONSTANTS:
        machine.stack.append(_CONSTANTS[name]())
    elif name in _ACTIONS:
        _ACTIONS[name](machine, argument)
    elif name not in _NOTHING:
        msg = tr(
            "the pickle in the archive has the instruction {name}, which is not read",
            name=name,
        )
        raise UnreadableError(msg)


def _mark(machine: _Machine, _argument: object) -> None:
    machine.stack.append(_Mark())


def _tuple_of(count: int) -> Callable[[_Machine, object], None]:
    def make(machine: _Machine, _argument: object) -> None:
        values = [machine.pop() for _ in range(count)]
        machine.stack.append(tuple(reversed(values)))

    return make


def _tuple(machine: _Machine, _argument: object) -> None:
    values = tuple(machine.group())
    machine.stack.append(values)


def _list(machine: _Machine, _argument: object) -> None:
    values = machine.group()
    machine.stack.append(values)


def _append(machine: _Machine, _argument: object) -> None:
    value = machine.pop()
    _extend(machine.top(), [value])


def _appends(machine: _Machine, _argument: object) -> None:
    values = machine.group()
    _extend(machine.top(), values)


def _extend(target: object, values: list[Any]) -> None:
    if isinstance(target, list):
        target += values
    elif not isinstance(target, Call):
        raise _damaged("a list is something else")


def _dict(machine: _Machine, _argument: object) -> None:
    values = machine.group()
    made: dict[Any, Any] = {}
    _set_all(made, values)
    machine.stack.append(made)


def _set_item(machine: _Machine, _argument: object) -> None:
    value, key = machine.pop(), machine.pop()
    _set_all(machine.top(), [key, value])


def _set_items(machine: _Machine, _argument: object) -> None:
    values = machine.group()
    _set_all(machine.top(), values)


def _set_all(target: object, values: list[Any]) -> None:
    if isinstance(target, Call):
        return
    if not isinstance(target, dict) or len(values) % 2:
        raise _damaged("a table is something else")
    for key, value in zip(values[::2], values[1::2], strict=True):
        # The hash of a tuple in a tuple in a tuple … would end the program.
        if isinstance(key, _PLAIN_KEYS):
            target[key] = value


def _global(machine: _Machine, argument: object) -> None:
    module, _, name = str(argument).partition(" ")
    machine.stack.append(Name(module, name))


def _stack_global(machine: _Machine, _argument: object) -> None:
    name, module = machine.pop(), machine.pop()
    machine.stack.append(Name(str(module)[:200], str(name)[:200]))


def _reduce(machine: _Machine, _argument: object) -> None:
    arguments, function = machine.pop(), machine.pop()
    if not isinstance(function, Name) or not isinstance(arguments, tuple):
        raise _damaged("a call of what has no name")
    machine.stack.append(_stand_in(function, arguments))


def _stand_in(function: Name, arguments: tuple[object, ...]) -> object:
    if function.full == "collections.OrderedDict":
        made: dict[Any, Any] = {}
        if arguments and isinstance(arguments[0], list):
            pairs = [
                p for p in arguments[0] if isinstance(p, list | tuple) and len(p) == 2
            ]
            _set_all(made, [value for pair in pairs for value in pair])
        return made
    if function.full in _PARAMETERS and arguments:
        return arguments[0]
    if function.full == "torch.Size" and arguments and isinstance(arguments[0], tuple):
        return arguments[0]
    return Call(function, arguments)


def _new_object(machine: _Machine, _argument: object) -> None:
    arguments, function = machine.pop(), machine.pop()
    if not isinstance(function, Name):
        raise _damaged("an object of what has no name")
    machine.stack.append(
        Call(function, arguments if isinstance(arguments, tuple) else ())
    )


def _new_object_with_names(machine: _Machine, argument: object) -> None:
    machine.pop()
    _new_object(machine, argument)


def _build(machine: _Machine, _argument: object) -> None:
    machine.pop()  # attributes, of which none is needed
    machine.top()


def _persistent(machine: _Machine, _argument: object) -> None:
    name = machine.pop()
    if not isinstance(name, tuple) or len(name) < 5 or name[0] != "storage":
        raise _damaged("a storage is something else")
    kind, key, count = name[1], name[2], name[4]
    if not (isinstance(kind, Name) and isinstance(key, str) and type(count) is int):
        raise _damaged("a storage is something else")
    machine.stack.append(Storage(kind.name, key, count))


def _put(machine: _Machine, argument: Any) -> None:
    machine.keep(int(argument), machine.top())


def _memoize(machine: _Machine, _argument: object) -> None:
    machine.keep(len(machine.memos), machine.top())


def _get(machine: _Machine, argument: Any) -> None:
    machine.stack.append(machine.memos[int(argument)])


def _pop(machine: _Machine, _argument: object) -> None:
    machine.stack.pop()


def _duplicate(machine: _Machine, _argument: object) -> None:
    machine.stack.append(machine.top())


_PARAMETERS: Final = (
    "torch._utils._rebuild_parameter",
    "torch._utils._rebuild_parameter_with_state",
)
_NOTHING: Final = ("PROTO", "FRAME")
_VALUES: Final = (
    "BININT", "BININT1", "BININT2", "LONG1", "LONG4", "INT", "LONG", "BINFLOAT",
    "FLOAT", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8", "UNICODE", "BINBYTES",
    "SHORT_BINBYTES", "BINBYTES8", "BINSTRING", "SHORT_BINSTRING",
)  # fmt: skip
_CONSTANTS: Final[dict[str, Callable[[], object]]] = {
    "NONE": lambda: None,
    "NEWTRUE": lambda: True,
    "NEWFALSE": lambda: False,
    "EMPTY_TUPLE": tuple,
    "EMPTY_LIST": list,
    "EMPTY_SET": list,
    "EMPTY_DICT": dict,
}
_ACTIONS: Final[dict[str, Callable[[_Machine, Any], None]]] = {
    "MARK": _mark,
    "TUPLE": _tuple,
    "TUPLE1": _tuple_of(1),
    "TUPLE2": _tuple_of(2),
    "TUPLE3": _tuple_of(3),
    "LIST": _list,
    "APPEND": _append,
    "APPENDS": _appends,
    "ADDITEMS": _appends,
    "FROZENSET": _list,
    "DICT": _dict,
    "SETITEM": _set_item,
    "SETITEMS": _set_items,
    "GLOBAL": _global,
    "STACK_GLOBAL": _stack_global,
    "REDUCE": _reduce,
    "NEWOBJ": _new_object,
    "NEWOBJ_EX": _new_object_with_names,
    "BUILD": _build,
    "BINPERSID": _persistent,
    "PUT": _put,
    "BINPUT": _put,
    "LONG_BINPUT": _put,
    "MEMOIZE": _memoize,
    "GET": _get,
    "BINGET": _get,
    "LONG_BINGET": _get,
    "POP": _pop,
    "DUP": _duplicate,
}
