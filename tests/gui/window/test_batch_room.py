"""In a low window Batch leaves the network enough of it to read the answer."""

import pytest

from tests.gui.support.whole_window import GlassMaker


@pytest.mark.parametrize("preset", ["digits", "spiral"])
def test_the_network_below_the_requests_is_high_enough(
    glass: GlassMaker, preset: str
) -> None:
    made = glass(preset, size=(1280, 720))
    made.show_workspace("batch")
    made.session.take_steps(1)
    made.rest_at(1)
    made.layout_at_rest()
    network, requests = made.panel("network"), made.panel("requests")
    assert not network.strip.isVisible()
    assert network.canvas.layout_shown.stage.height >= 150
    # The heads of the columns, and four rows at the least.
    assert requests.grid.height() >= 62 + 4 * 28
