"""Windows of their own for work that needs room: preview, import, handing over."""
