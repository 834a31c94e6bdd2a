"""A QR code as a square of dark and light modules.

Decides its size and strength: upper case letters and digits take the least room, a quarter of it may be unreadable.
Only the modules are computed by the library; whoever draws a page draws them.
"""

from functools import lru_cache

Modules = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=4)
def qr_modules(text: str) -> Modules:
    """Rows of modules, dark ones True, without the light margin of 4 modules that must be around them."""
    # A third of a second to load, for final forms only.
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel  # noqa: PLC0415

    code = QRCode(None, QRErrorCorrectLevel.Q)
    code.addData(text.upper())
    code.make()
    return tuple(tuple(bool(module) for module in row) for row in code.modules)
