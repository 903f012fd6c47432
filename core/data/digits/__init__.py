"""The bundled digits: handwritten-looking 28x28 images that Glassbox draws itself."""

from core.data.digits.cache import load_digits

__all__ = ["load_digits"]
