"""What a form is called in lists, titles and questions: its unit and year, or that they are not filled in."""

from typing import Final

NO_UNIT: Final = "（未填单位名称）"
NO_YEAR: Final = "（未填年度）"


def name_unit(unit: str) -> str:
    """The unit's name."""
    return unit.strip() or NO_UNIT


def name_year(year: str) -> str:
    """2024 年."""
    return f"{year.strip()} 年" if year.strip() else NO_YEAR


def name_form(unit: str, year: str) -> str:
    """甲局 2024 年."""
    return f"{name_unit(unit)} {name_year(year)}"
