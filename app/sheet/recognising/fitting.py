"""An outline fitted to a template: the template's rows found again by their names, all others as the unit's own.

Decides which place every found text belongs to, and the keys of rows that the template does not know. What was found
stays as it is but for the numbers of items, which the paper adds of itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from app.form.form import Form
from app.form.quantity import Number, format_number, interpret
from app.form.reading.loader import blank_form
from app.form.rows import BudgetLine, Cover, Group, Indicator, Place, Staffing, Stated, TableName, TextItem, field_names
from app.form.template import BudgetBlock, ItemsBlock, RowKind, Template, row_kind
from app.form.text import sanitise
from app.form.vocabulary import WAN_UNIT
from app.review.captions import HEADCOUNTS
from app.review.checks.budget import find_counts
from app.sheet.recognising.labels import is_main_name, is_sum_name, plain
from app.sheet.recognising.listing import read_items
from app.sheet.recognising.outline import NOTHING, FoundLine, FoundRow, Outline, Ref, Text
from app.sheet.recognising.stated import may_be_sum
from app.sheet.recognising.trees import bare_name, match_groups, match_rows

Sources = Mapping[Place, tuple[Ref, ...]]


@dataclass(frozen=True, slots=True)
class Recognition:
    """A form that was found in a file. ``sources`` names the cells each place was read from; ``explained`` are labels and sums.

    ``missing`` are the bureau's rows of the template that the file does not have: they are there, but blank. ``elsewhere`` are cells
    that belong to other forms of the file.
    """

    form: Form
    sources: Sources
    explained: tuple[Ref, ...] = ()
    missing: tuple[Place, ...] = ()
    elsewhere: frozenset[Ref] = frozenset()


@dataclass(slots=True)
class _Sources:
    """Collects where everything came from while the form is put together."""

    found: dict[Place, tuple[Ref, ...]] = field(default_factory=dict)

    def take(self, place: Place, text: Text) -> str:
        """The text as it is kept, its origin noted."""
        if text.refs:
            self.found[place] = text.refs
        return sanitise(text.text).text


def fit(outline: Outline, template: Template) -> Recognition:
    """The form that an outline is under a template."""
    sources = _Sources()
    blank = blank_form(template)
    groups, rows, missing = _fit_indicators(outline, template, sources)
    form = replace(
        blank,
        cover=Cover(
            sources.take(Place("cover", "", "unit"), outline.unit),
            sources.take(Place("cover", "", "year"), outline.year),
        ),
        staffing=_fit_staffing(outline, sources),
        stated=Stated(
            *(
                sources.take(Place("stated", "", name), outline.stated.get(name, NOTHING))
                for name in ("weight_total", "score_total", "grade")
            )
        ),
        budget=_fit_budget(outline, template, sources),
        groups=groups,
        indicators=rows,
    )
    for block in template.blocks:
        if isinstance(block, ItemsBlock):
            form = replace(form, **{block.table: _fit_items(outline, block, sources)})  # type: ignore[arg-type]  # text items
    return Recognition(form, MappingProxyType(sources.found), outline.explained, missing)


def closeness(outline: Outline, template: Template) -> int:
    """How many names of the template the outline has: the template with the most is the one it was made from."""
    wanted = {plain(row.name) for row in template.indicator_table.indicators}
    wanted |= {bare_name(group.label) for group in template.indicator_table.groups}
    fields = {column.field for column in template.indicator_table.columns}
    found = {plain(row.cells["name"].text) for row in outline.table.rows if "name" in row.cells}
    found |= {bare_name(label.text) for row in outline.table.rows for label in row.path}
    # Names first, then the columns that both have, less those that the template could not show.
    columns = len(fields & {*outline.table.fields}) - len({*outline.table.fields} - fields)
    return 100 * len(wanted & found) + columns


def shows_all(outline: Outline, template: Template) -> bool:
    """Whether the template has a column for every field of which the file says something."""
    shown = {column.field for column in template.indicator_table.columns}
    amounts = {column.field for block in template.blocks if isinstance(block, BudgetBlock) for column in block.columns}
    said = {name for line in outline.budget for name, text in line.cells.items() if text.text.strip("0. ")}
    return {name for row in outline.table.rows for name in row.cells} <= shown and said <= amounts


def known_share(outline: Outline, template: Template) -> float:
    """The share of the file's rows and groups whose names the template has; 1 for a file without any."""
    known = {plain(row.name) for row in template.indicator_table.indicators}
    known |= {bare_name(group.label) for group in template.indicator_table.groups}
    found = [plain(row.cells["name"].text) for row in outline.table.rows if "name" in row.cells]
    found += {bare_name(label.text) for row in outline.table.rows for label in row.path}
    return sum(name in known for name in found) / len(found) if found else 1.0


def _fit_staffing(outline: Outline, sources: _Sources) -> Staffing:
    """The paragraph, and the figures that it names exactly once: the paper has no cells of their own for them."""
    text = sources.take(Place("staffing", "", "text"), outline.staffing)
    counts = {name: {*find_counts(text, word)} for name, word in HEADCOUNTS.items()}
    figures = {name: format_number(next(iter(found))) for name, found in counts.items() if len(found) == 1}
    for name in figures:
        sources.take(Place("staffing", "", name), outline.staffing)
    return replace(Staffing(text), **figures)


def _fit_items(outline: Outline, block: ItemsBlock, sources: _Sources) -> tuple[TextItem, ...]:
    table: TableName = block.table
    return tuple(
        TextItem(f"{table}-{number}", sources.take(Place(table, f"{table}-{number}", "text"), text))
        for number, text in enumerate(read_items(outline.lists.get(table, ()), block.numbering), 1)
    )


def _fit_budget(outline: Outline, template: Template, sources: _Sources) -> tuple[BudgetLine, ...]:
    block = template.budget_table
    if block is None:
        return ()
    known = {plain(line.label): line for line in block.lines}
    root = sum_of(outline.budget)
    lines: list[BudgetLine] = []
    above, was_main = _key_of_sum(outline.budget, root, block), False
    for number, found in enumerate(outline.budget):
        given = known.pop(plain(found.name.text), None)
        if number == root and given is None and block.lines and is_sum_name(found.name.text):
            given = replace(known.pop(plain(block.lines[0].label)), label=found.name.text)
        key = given.key if given else f"line-{number + 1}"
        label = sources.take(Place("budget", key, "label"), found.name)
        is_main = is_main_name(found.name.text)
        if is_main and given is None:
            above = _key_of_sum(outline.budget, root, block)
        elif found.is_part and was_main:
            above = lines[-1].key
        line = BudgetLine(key, given.label if given else label, given.part_of if given else above * (key != above))
        lines.append(replace(line, **_amounts(found, block, outline.money, (sources, key))))
        above = key if given and (number or root is not None) else above
        was_main = is_main
    return tuple(lines) if lines else block.lines


def sum_of(lines: Sequence[FoundLine]) -> int | None:
    """Which line of the budget the others are parts of: the sum above or below them, or what stands first. None when all are parts."""
    if not lines:
        return None
    ends = (0, len(lines) - 1)
    named = next((number for number in ends if is_sum_name(lines[number].name.text)), None)
    return 0 if named is None and not is_main_name(lines[0].name.text) and may_be_sum(lines) else named


def _key_of_sum(lines: Sequence[FoundLine], root: int | None, block: BudgetBlock) -> str:
    """The key that the sum will have; "" where there is none."""
    if root is None:
        return ""
    name = lines[root].name.text
    known = next((line.key for line in block.lines if plain(line.label) == plain(name)), f"line-{root + 1}")
    return block.lines[0].key if is_sum_name(name) and block.lines else known


def _amounts(found: FoundLine, block: BudgetBlock, money: str, into: tuple[_Sources, str]) -> dict[str, str]:
    sources, key = into
    amounts: dict[str, str] = {}
    for column in block.columns:
        text = found.cells.get(column.field, NOTHING)
        typed = sources.take(Place("budget", key, column.field), text)
        amounts[column.field] = _in_unit(typed, block.unit, money)
    return amounts


def _in_unit(text: str, unit: str, money: str) -> str:
    """An amount with its unit where the file counts in another one than the template; plain ones are 万元."""
    quantity = interpret(text)
    is_bare = isinstance(quantity, Number) and not quantity.unit
    return f"{text.strip()}{money}" if is_bare and money not in ("", unit, WAN_UNIT) else text


def _fit_indicators(
    outline: Outline, template: Template, sources: _Sources
) -> tuple[tuple[Group, ...], tuple[Indicator, ...], tuple[Place, ...]]:
    block = template.indicator_table
    if not outline.table.rows:
        return block.groups, block.indicators, ()
    groups, keys, refs = match_groups(outline.table.rows, block.groups)
    sources.found |= {Place("groups", key, "label"): each for key, each in refs.items()}
    matched = match_rows(outline.table.rows, keys, block.indicators)
    rows = tuple(_indicator(row, key, group, (template, sources)) for row, key, group in matched)
    # What a unit may fill in as it likes is an example in the template: a file without it lacks nothing.
    wanted = (row.key for row in block.indicators if row_kind(template, row.key) is not RowKind.FREE)
    present = {row.key for row in rows}
    return groups, rows, tuple(Place("indicators", key) for key in wanted if key not in present)


def _indicator(found: FoundRow, key: str, group: str, into: tuple[Template, _Sources]) -> Indicator:
    template, sources = into
    given = next((row for row in template.indicator_table.indicators if row.key == key), None)
    # A field without a column would be kept where nobody sees it: its cell is reported as unused instead.
    shown = {column.field for column in template.indicator_table.columns} & {*field_names(Indicator)}
    cells = {
        name: sources.take(Place("indicators", key, name), text) for name, text in found.cells.items() if name in shown
    }
    if given is not None and row_kind(template, key) is not RowKind.FREE:
        cells["name"] = given.name  # bureaus match rows by their exact names
    is_optional = row_kind(template, key) is RowKind.OPTIONAL
    applies = not (is_optional and not cells.get("weight") and not cells.get("score"))
    return Indicator(key, group, **cells, applies=applies)


def unused_cells(recognition: Recognition, filled: Sequence[Ref]) -> Iterator[Ref]:
    """The filled cells of the file that nothing was made of, in their order."""
    used = {ref for refs in recognition.sources.values() for ref in refs} | {*recognition.explained}
    return (ref for ref in filled if ref not in used)
