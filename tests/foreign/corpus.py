"""The files of the corpus: what each shows and how it was made."""

from dataclasses import dataclass

from tests.foreign.drawing import HERE


@dataclass(frozen=True)
class File:
    """A file, the drawing it shows, the painter (or the file it was converted from) and the painter's options or kinds."""

    name: str
    drawing: str
    how: str
    options: tuple[str, ...]


def read_corpus() -> tuple[File, ...]:
    """Every file that corpus.txt names."""
    lines = (HERE / "corpus.txt").read_text("utf-8").splitlines()
    files = []
    for line in lines:
        if line.strip() and not line.startswith("#"):
            name, drawing, how = (part.strip() for part in line.split("|"))
            first, *options = how.split()
            files.append(File(name, drawing, first, tuple(options)))
    return tuple(files)
