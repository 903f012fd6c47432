"""No picture without words: whatever is painted is described, or named here."""

import ast
from pathlib import Path
from typing import Final

import gui

BUTTONS: Final = frozenset(
    {
        *("MarkButton", "FindButton", "ReceivedImage", "_Swatch", "StageChip"),
        *("Segment", "LessonRow", "AnswerRow"),
    }
)
"""Controls of Qt's kinds, which have a name and a state of their own."""
GROUND: Final = frozenset(
    {
        "MessageBar",
        "WorkspaceTabs",
        "RacerTable",
        "EffectLabel",
        "StageChips",
        "SegmentedControl",
        "TipWindow",
        "FeatureBox",
        "Strip",
        "ChosenValue",
        "MapSample",
        "PaletteCard",
        "Door",
        "FirstSheet",
        "Veil",
        "ProgressLine",
        "QuestionCard",
        "_Content",
    }
)
"""What they hold are widgets, or what they paint stands in their accessible name."""
DECORATION: Final = frozenset({"Hairline", "BrushDot", "Mark", "Ring", "FocusRing"})
BASES: Final = frozenset({"HealthPicture", "JobCanvas", "ViewCanvas"})
"""Their children are described."""


def painting_classes() -> dict[str, set[str]]:
    """Names of the methods of each class that paints itself."""
    found = {}
    for path in Path(gui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases = {b.id for b in node.bases if isinstance(b, ast.Name)}
                methods = {f.name for f in node.body if isinstance(f, ast.FunctionDef)}
                if "paintEvent" in methods or bases & (BASES | {"CurvePlot"}):
                    found[node.name] = methods
    return found


def test_every_picture_is_described_in_words() -> None:
    wordless = {
        name
        for name, methods in painting_classes().items()
        if "described" not in methods
    }
    inherited = {"MemberPlot"}
    assert wordless == BUTTONS | GROUND | DECORATION | BASES | inherited
