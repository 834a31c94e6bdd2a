"""Small forms for tests of the checks: one row says one thing, everything else is in order.

Decides only defaults: a row that no check objects to, in a group without a weight in its name.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from app.editing.workspace import compute_outcome
from app.form.form import Form
from app.form.reading.loader import read_template
from app.form.rows import BudgetLine, Cover, Group, Indicator, Place, Staffing, Stated, TextItem
from app.form.template import Template
from app.review.finding import Finding
from tests.tables import form_of, template

REASON_COLUMN = '    { field = "reason", label = "偏差原因", width = 10, required = false },\n]\ngroups = ['


def row(**cells: str) -> Indicator:
    """A row that reached its target; ``cells`` are what is different."""
    sound = Indicator(
        cells.pop("key", ""), "g1", "培训完成率", target="100%", weight="10", rule="按完成率", actual="100%", score="10"
    )
    return replace(sound, **cells)  # type: ignore[arg-type]  # text cells by name


def aside(**cells: str) -> Indicator:
    """A row that does not apply."""
    return replace(row(**cells), applies=False)


def sheet(*rows: Indicator, budget: str = "", label: str = "产出", year: str = "2024", **parts: object) -> Form:
    """A form with these rows, keyed r1, r2 … unless they bring a key."""
    keyed = tuple(each if each.key else replace(each, key=f"r{number}") for number, each in enumerate(rows, 1))
    form = Form(
        template(),
        cover=Cover("测试单位", year),
        groups=(Group("g1", label),),
        indicators=keyed,
        budget=form_of(budget=budget).budget,
    )
    return replace(form, **parts)  # type: ignore[arg-type]  # parts of a form by name


def tree(*labels: str) -> tuple[Group, ...]:
    """Groups g1, g2 … of one level."""
    return tuple(Group(f"g{number}", label) for number, label in enumerate(labels, 1))


def nested(upper: str, lower: str) -> tuple[Group, ...]:
    """A group g1 within which g2 is the only one."""
    return (Group("g1", upper), Group("g2", lower, "g1"))


def stated(weight_total: str = "", score_total: str = "", grade: str = "") -> Stated:
    """What a paper claims."""
    return Stated(weight_total, score_total, grade)


def items(*texts: str) -> tuple[TextItem, ...]:
    """A list of texts."""
    return tuple(TextItem(f"t{number}", text) for number, text in enumerate(texts, 1))


def staff(text: str = "", authorised: str = "24", actual: str = "21") -> Staffing:
    """机构人员 with a paragraph."""
    return Staffing(text=text, departments="6", authorised=authorised, actual=actual, contract="0", retired="0")


def initial(form: Form, amount: str) -> Form:
    """The first budget line gets 年初预算数, in a template that shows it."""
    first: BudgetLine = form.budget[0]
    return replace(form, template=with_initial(), budget=(replace(first, initial=amount), *form.budget[1:]))


@cache
def with_reason() -> Template:
    """The template of 2024 with a column for reasons."""
    return read_template(template().source.replace("]\ngroups = [", REASON_COLUMN, 1))


@cache
def without_rules() -> Template:
    """The template of 2024 without its column of rules."""
    lines = template().source.splitlines(keepends=True)
    return read_template("".join(line for line in lines if 'field = "rule"' not in line))


@cache
def with_initial() -> Template:
    """The template of 2024 with a column for 年初预算数."""
    column = '    { field = "initial", label = "年初预算数", width = 20, as = "amount", required = false },\n'
    annual = '    { field = "annual", '
    return read_template(template().source.replace(annual, column + annual, 1))


@cache
def with_limits() -> Template:
    """The template of 2024 with limits for 存在问题 and the staffing paragraph."""
    source = template().source.replace('table = "problems"', 'table = "problems"\nlimit = 5', 1)
    return read_template(source.replace('kind = "staffing"', 'kind = "staffing"\nlimit = 5', 1))


@cache
def scaling() -> Template:
    """The template of 2024, with the weight of 不适用 shared out."""
    return read_template(template().source.replace('not_applicable = "none"', 'not_applicable = "scale"', 1))


@cache
def with_evidence() -> Template:
    """The template of 2024, which asks for 佐证材料 of its first row."""
    asked = '{ key = "indicator-01", evidence = true,'
    return read_template(template().source.replace('{ key = "indicator-01",', asked, 1))


@cache
def titled(title: str) -> Template:
    """The template of 2024 under another title."""
    return read_template(template().source.replace('title = "部门整体支出绩效自评价表"', f'title = "{title}"', 1))


def findings(form: Form, code: str = "") -> list[Finding]:
    """What the review finds, of one check or of all."""
    return [each for each in compute_outcome(form).findings if code in {"", each.code}]


def places(found: Iterable[Finding]) -> list[Place]:
    """Where."""
    return [each.place for each in found]
