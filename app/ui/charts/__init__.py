"""概览 in the window: the tab, its charts, pictures of them, and the years they are compared with."""
