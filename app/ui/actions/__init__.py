"""What the menus do: each module carries out one kind of wish, asking with dialogs and calling the store."""
