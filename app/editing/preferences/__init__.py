"""设置: what this office has settled once for all its forms. Values, their text in a file and back; nothing of windows."""
