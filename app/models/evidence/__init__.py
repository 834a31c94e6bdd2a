"""The files of 佐证材料 in the data folder: kept by what is in them, and named for a package. Knows no database."""
