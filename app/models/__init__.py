"""Storage: tables, mapping and migrations. The only room that knows SQL."""
