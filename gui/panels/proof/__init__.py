"""What the proof panel is made of."""

from typing import Final

from gui.panels.base import PanelEntry

PROOF: Final = PanelEntry("proof", "Proof", f"{__name__}.proof_panel", "ProofPanel")
