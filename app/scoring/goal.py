"""Target, actual value and weight of one indicator row as numbers that can be compared, or why they can't.

Decides which texts count as a figure: an inequality is no actual value, a name is no target, 95 is not 95%. Knows no rule.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from app.form.quantity import Blank, Bound, Number, Unreadable, interpret, to_wan
from app.form.rows import Indicator
from app.form.text import excerpt
from app.form.vocabulary import COUNT_UNITS, MONEY_UNITS, RATE_SIGN, WAN_UNIT
from app.scoring import sentences
from app.scoring.reading import POINT_UNITS
from app.scoring.suggestion import Obstacle


@dataclass(frozen=True, slots=True)
class Goal:
    """What was aimed at and what was reached, in one unit: "" (plain), "%" (values in percent), 万元 or a counted one."""

    target: Decimal
    actual: Decimal
    unit: str


def read_weight(row: Indicator) -> Decimal | Obstacle:
    """分值 in points, not negative."""
    match interpret(row.weight):
        case Blank():
            return Obstacle(sentences.NO_WEIGHT)
        case Number(value, unit) if unit in POINT_UNITS:
            return value if value >= 0 else Obstacle(sentences.NEGATIVE_WEIGHT.format(text=excerpt(row.weight)))
        case _:
            return Obstacle(sentences.BAD_WEIGHT.format(text=excerpt(row.weight)))


def read_goal(row: Indicator) -> Goal | Obstacle:
    """Target and actual value in the unit they share; money counts in 万元."""
    target = _read_target(row.target)
    if isinstance(target, Obstacle):
        return target
    actual = _read_actual(row.actual)
    if isinstance(actual, Obstacle):
        return actual
    if target.unit != actual.unit:
        texts = {"target": excerpt(row.target), "actual": excerpt(row.actual)}
        return Obstacle(sentences.UNITS_DIFFER.format(**texts))
    return Goal(target.value, actual.value, target.unit)


def read_reached(row: Indicator) -> Decimal | Obstacle:
    """The actual value alone, for rules that bring their own bounds; it shares the target's unit where the target has one."""
    if isinstance(_read_target(row.target), Number):
        goal = read_goal(row)
        return goal if isinstance(goal, Obstacle) else goal.actual
    actual = _read_actual(row.actual)
    return actual if isinstance(actual, Obstacle) else actual.value


def read_rate(row: Indicator) -> Decimal | Obstacle:
    """The actual value as a percentage, in percent."""
    actual = _read_actual(row.actual)
    if isinstance(actual, Obstacle) or actual.unit == RATE_SIGN:
        return actual if isinstance(actual, Obstacle) else actual.value
    return Obstacle(sentences.NO_RATE.format(text=excerpt(row.actual)))


def read_count(row: Indicator) -> Decimal | Obstacle:
    """The actual value as a whole number of things; a negative one counts as 0."""
    actual = _read_actual(row.actual)
    if isinstance(actual, Obstacle):
        return actual
    is_whole = actual.value == actual.value.to_integral_value()
    if is_whole and actual.unit in {"", *COUNT_UNITS}:
        return max(actual.value, Decimal(0))
    return Obstacle(sentences.NO_COUNT.format(text=excerpt(row.actual)))


def is_name(text: str) -> bool:
    """Whether words stand in a target cell, without any figure."""
    quantity = interpret(text)
    return isinstance(quantity, Unreadable) and not quantity.has_digits


def _read_target(text: str) -> Number | Obstacle:
    quantity = interpret(text)
    match quantity:
        case Blank():
            return Obstacle(sentences.NO_TARGET)
        case Unreadable(because, has_digits):
            if has_digits:
                return Obstacle(sentences.TARGET_UNREADABLE.format(because=because))
            return Obstacle(sentences.TARGET_IS_NAME.format(text=excerpt(text)))
        case Bound(_, number) | (Number() as number):
            return _in_wan(number)
        case _:
            assert_never(quantity)


def _read_actual(text: str) -> Number | Obstacle:
    quantity = interpret(text)
    match quantity:
        case Blank():
            return Obstacle(sentences.NO_ACTUAL)
        case Bound():
            return Obstacle(sentences.ACTUAL_IS_BOUND.format(text=excerpt(text)))
        case Unreadable(because):
            return Obstacle(sentences.ACTUAL_UNREADABLE.format(because=because))
        case Number():
            return _in_wan(quantity)
        case _:
            assert_never(quantity)


def _in_wan(number: Number) -> Number:
    value = to_wan(number)
    return number if number.unit not in MONEY_UNITS or value is None else Number(value, WAN_UNIT)
