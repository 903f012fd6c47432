"""The settings of the window: one frozen value, and the one table that describes them.

The dialog, the command palette and the file all draw on this table.
"""

from dataclasses import dataclass, fields, replace
from typing import Final, NamedTuple, Self

from core.values.words import tr
from gui.style.language.choice import ENGLISH, SYSTEM, own_name, translated_languages

Value = str | int


class Choice(NamedTuple):
    """A value that a setting may have, and what it is called."""

    value: Value
    title: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        key: its name in `Preferences` and in the file.
        section: its group in the dialog.
        title: its name for people.
        meaning: what it does, and when.
        choices: the values that it may have; none for a folder.
    """

    key: str
    section: str
    title: str
    meaning: str
    choices: tuple[Choice, ...] = ()

    def title_of(self, value: object) -> str:
        """What a value is called."""
        titles = [one.title for one in self.choices if one.value == value]
        return titles[0] if titles else str(value)

    def is_possible(self, value: object) -> bool:
        """Whether the setting may have this value."""
        if not self.choices:
            return isinstance(value, str)
        return any(
            type(value) is type(one.value) and value == one.value
            for one in self.choices
        )


@dataclass(frozen=True, slots=True)
class Preferences:
    """All settings; each one's meaning is in `SETTINGS`.

    Attributes:
        shortcuts: keys of actions with the key sequences that the user gave them,
            those that are as they came left out; empty for no key.
    """

    theme: str = "system"
    colour_maps: str = "usual"
    font_scale: int = 100
    picture_scale: int = 100
    frames: int = 0
    decimal_sign: str = "point"
    first_unit: int = 0
    motion: str = "system"
    language: str = SYSTEM
    data_folder: str = ""
    device: str = "auto"
    shortcuts: tuple[tuple[str, str], ...] = ()

    def value(self, key: str) -> Value:
        """Of a setting, by its key."""
        found = getattr(self, key)
        assert isinstance(found, str | int)
        return found

    def with_value(self, key: str, value: Value) -> Self:
        """The same with another value of a setting.

        Raises:
            ValueError: the setting cannot have it.
        """
        setting = setting_of(key)
        if not setting.is_possible(value):
            offered = ", ".join(str(one.value) for one in setting.choices)
            msg = tr(
                "{key} cannot be {value!r} (choose from {offered})",
                key=key,
                value=value,
                offered=offered or tr("any text"),
            )
            raise ValueError(msg)
        return replace(self, **{key: value})  # type: ignore[arg-type]

    def shortcut(self, key: str, usual: str) -> str:
        """The key sequence of an action; `usual` where the user gave it none."""
        return dict(self.shortcuts).get(key, usual)

    def with_shortcut(self, key: str, keys: str, usual: str) -> Self:
        """The same with another key sequence for an action."""
        others = [pair for pair in self.shortcuts if pair[0] != key]
        own = [] if keys == usual else [(key, keys)]
        return replace(self, shortcuts=tuple(sorted([*others, *own])))


_SCALES: Final = tuple(Choice(n, f"{n} %") for n in (100, 110, 125, 150))
APPEARANCE, NUMBERS, MACHINE = tr("Appearance"), tr("Numbers"), tr("Data and device")
NEXT_START: Final = tr("from the next start of a run")

SETTINGS: Final = (
    Setting(
        "theme",
        APPEARANCE,
        tr("Theme"),
        tr("Dark or light, or as the system has it"),
        (
            Choice("system", tr("As the system")),
            Choice("dark", tr("Dark")),
            Choice("light", tr("Light")),
        ),
    ),
    Setting(
        "colour_maps",
        APPEARANCE,
        tr("Colour maps"),
        tr("Colours of positive and negative that your eyes tell apart best"),
        (
            Choice("usual", tr("Usual")),
            Choice("deutan", tr("Deutan: green is hard to see")),
            Choice("protan", tr("Protan: red is hard to see")),
            Choice("tritan", tr("Tritan: blue is hard to see")),
        ),
    ),
    Setting(
        "font_scale",
        APPEARANCE,
        tr("Size of text"),
        tr("Text, buttons and fields, in all of the window"),
        _SCALES,
    ),
    Setting(
        "picture_scale",
        APPEARANCE,
        tr("Size in pictures"),
        tr("Text, lines and marks in pictures, times the size of text"),
        _SCALES,
    ),
    Setting(
        "frames",
        APPEARANCE,
        tr("Most frames per second"),
        tr("Fewer leave more to training; the numbers are the same"),
        (
            Choice(0, tr("As the screen")),
            *(Choice(n, str(n)) for n in (60, 30, 15, 5)),
        ),
    ),
    Setting(
        "motion",
        APPEARANCE,
        tr("Motion"),
        tr("Whether what opens moves into place; reduced shows it at once"),
        (
            Choice("system", tr("As the system")),
            Choice("full", tr("Full")),
            Choice("reduced", tr("Reduced")),
        ),
    ),
    Setting(
        "language",
        APPEARANCE,
        tr("Language"),
        tr("Of all texts, from the next start of Glassbox"),
        (
            Choice(SYSTEM, tr("As the system")),
            Choice(ENGLISH, tr("English")),
            *(Choice(one, own_name(one)) for one in translated_languages()),
        ),
    ),
    Setting(
        "decimal_sign",
        NUMBERS,
        tr("Decimal sign"),
        tr("In labels and in fields; files always have a point"),
        (
            Choice("system", tr("As the system")),
            Choice("point", tr("Point: 13,002.5")),
            Choice("comma", tr("Comma: 13 002,5")),
        ),
    ),
    Setting(
        "first_unit",
        NUMBERS,
        tr("First unit"),
        tr(
            "The number of the first unit of a layer, also in symbols such as z₀; "
            "columns of numbers in files count from 0"
        ),
        (Choice(0, "0"), Choice(1, "1")),
    ),
    Setting(
        "data_folder",
        MACHINE,
        tr("Data folder"),
        tr("Where data sets are looked for first, {next_start}", next_start=NEXT_START),
    ),
    Setting(
        "device",
        MACHINE,
        tr("Device"),
        tr("What training computes on; {next_start}", next_start=NEXT_START),
        (
            Choice("auto", tr("A GPU if there is one")),
            Choice("cpu", "CPU"),
            Choice("gpu", "GPU"),
        ),
    ),
)


def setting_of(key: str) -> Setting:
    """The row of the table with this key."""
    return next(one for one in SETTINGS if one.key == key)


KEYS: Final = tuple(one.name for one in fields(Preferences))
