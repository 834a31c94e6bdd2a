"""帮助 → 关于: which versions run here, where the data lie, and under which licences the parts of others come."""
