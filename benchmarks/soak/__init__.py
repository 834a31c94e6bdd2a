"""A user without a plan: thousands of clicks, keys, pastes, menus and dialogs at the real window, and what went wrong."""
