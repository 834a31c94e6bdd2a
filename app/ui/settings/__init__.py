"""编辑 → 设置: the dialog, and how the program goes by what is chosen in it."""
