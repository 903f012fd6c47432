"""The proof of derivatives: autodiff, backward pass and central differences."""

from typing import Final

from gui.panels.base import PanelEntry

PROOF: Final = PanelEntry("proof", "Proof", f"{__name__}.proof_panel", "ProofPanel")
