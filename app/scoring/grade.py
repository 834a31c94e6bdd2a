"""绩效等级: the band that a total falls into. Bands are template data (domain.md §3); the total is taken unrounded."""

from decimal import Decimal

from app.form.template import GradeBand


def grade_of(total: Decimal, bands: tuple[GradeBand, ...]) -> str | None:
    """The one grade of a total in points: bands reach from their bound up to the next, the top one has no end.

    None only below 0, where no band is.
    """
    for band in bands:
        if total >= band.at_least:
            return band.name
    return None
