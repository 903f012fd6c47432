"""In a lecture the picture of a workspace is not smaller than it was before."""

import pytest

from tests.gui.support.whole_window import Glass, GlassMaker

SIZES = (
    (1280, 720),
    pytest.param((1600, 1000), marks=pytest.mark.long),
    pytest.param((1920, 1080), marks=pytest.mark.long),
)
Size = tuple[float, float]


def stage(glass: Glass) -> Size:
    """What the network is drawn on, without what is written around it."""
    canvas = glass.panel("network").canvas
    return canvas.width(), canvas.layout_shown.stage.height


def requests(glass: Glass) -> Size:
    grid = glass.panel("requests").grid
    return grid.width(), grid.height()


def pad(glass: Glass) -> Size:
    pad = glass.panel("draw").pad
    side = min(pad.width(), pad.height())
    return side, side


def landscape(glass: Glass) -> Size:
    area = glass.panel("landscape").map.plot_area()
    return area.width(), area.height()


def race(glass: Glass) -> Size:
    area = glass.panel("race").map.plot_area()
    return area.width(), area.height()


def compare(glass: Glass) -> Size:
    plot = glass.panel("compare").plot
    return plot.width(), plot.height()


def plane(glass: Glass) -> Size:
    panel = glass.panel("plane")
    return panel.width(), panel.height()


IN_BOTH_WAYS = {
    "train": (stage,),
    "step": (stage,),
    "batch": (requests,),
    "backprop": (stage,),
    "health": (stage,),
    "digits": (stage, pad),
    "playground": (stage, plane),
    "compare": (compare,),
}
IN_AREA = {"landscape": (landscape,), "race": (race,)}
"""They have all of the height already, of which a lecture's bars take more."""


def measured(
    glass: Glass, size: tuple[int, int]
) -> dict[tuple[str, str], tuple[Size, bool]]:
    """The pictures of all workspaces, and whether only their area counts."""
    found = {}
    for key in (*IN_BOTH_WAYS, *IN_AREA):
        glass.window.resize(*size)
        glass.show_workspace(key)
        if key == "compare":
            glass.wait_until(lambda: glass.panel("compare").plot.isVisible())
        if key == "race":
            # Only then the lines have names, which take room.
            glass.wait_until(lambda: len(glass.panel("race").paths) > 5)
        glass.layout_at_rest()
        for picture in IN_BOTH_WAYS.get(key, IN_AREA.get(key, ())):
            found[key, picture.__name__] = (picture(glass), key in IN_AREA)
    return found


@pytest.mark.parametrize("size", SIZES)
def test_no_picture_of_a_lecture_is_smaller_than_it_was(
    glass: GlassMaker, size: tuple[int, int]
) -> None:
    made = glass("digits", size=size)
    before = measured(made, size)
    made.window.actions_by_key["lecture_mode"].trigger()
    after = measured(made, size)
    for picture, ((width, height), is_area) in before.items():
        now, _ = after[picture]
        if is_area:
            assert now[0] * now[1] >= width * height, picture
        else:
            # The line between two panels is a pixel wider.
            assert now[0] >= width - 2, picture
            assert now[1] >= height - 2, picture


def test_the_pad_of_a_lecture_leaves_what_is_received_its_place(
    glass: GlassMaker,
) -> None:
    made = glass("digits", size=(1280, 720))
    made.show_workspace("digits")
    made.window.actions_by_key["lecture_mode"].trigger()
    made.layout_at_rest()
    draw = made.panel("draw")
    content = draw.pad.parentWidget()
    images = (draw.averaged, draw.normalised)
    assert draw.pad.height() > 300
    assert all(image.y() > draw.pad.geometry().bottom() for image in images)
    assert all(image.geometry().bottom() < content.height() for image in images)
    assert all(image.image.height() >= 48 for image in images)


def test_what_gives_way_in_a_lecture_is_behind_a_button(glass: GlassMaker) -> None:
    made = glass("digits", size=(1280, 720), lecture_mode="yes")
    made.show_workspace("race")
    race = made.panel("race")
    made.wait_until(lambda: race.paths)
    assert not race.racers.isVisible()
    assert race.key.isVisible()
    assert race.key.titles == tuple(path.racer.title for path in race.paths)
    race.table_button.click()
    assert race.racers.isVisible()
    assert not race.key.isVisible()
    made.show_workspace("compare")
    compare = made.panel("compare")
    made.wait_until(lambda: compare.plot.isVisible())
    assert not compare.table.isVisible()
    compare.table_button.click()
    assert compare.table.isVisible()
    made.window.actions_by_key["lecture_mode"].trigger()
    made.layout_at_rest()
    assert not compare.table_button.isVisible()
    assert compare.table.isVisible()
