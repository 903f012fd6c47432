"""The proof of derivatives: autodiff, backward pass and central differences."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

PROOF: Final = PanelEntry("proof", tr("Proof"), f"{__name__}.proof_panel", "ProofPanel")
