"""Rules that look a score up or count it: tiers of a qualitative indicator, bands, checklist, violations (domain.md §3).

Decides scores from words and counts; the bands and points are template data.
"""

from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from typing import Final

from app.form.quantity import Bound, Number, interpret
from app.form.quantity import format_number as show
from app.form.rows import Indicator
from app.form.rules import Bands, Checklist, Tier, Violations
from app.form.text import excerpt
from app.scoring import sentences
from app.scoring.goal import is_name
from app.scoring.suggestion import PLACES, Mark, Obstacle, calculated, settle, show_score

CENT: Final = Decimal(1).scaleb(-PLACES)


def score_tier(row: Indicator, tiers: tuple[Tier, ...], weight: Decimal) -> Mark | Obstacle:
    """The tier that the actual cell names; the target's own words name the top one.

    Suggested is the whole weight in the top tier, elsewhere the middle of what the tier allows.
    """
    actual = row.actual.strip()
    if not actual:
        return Obstacle(sentences.NO_ACTUAL)
    if not tiers:
        return Obstacle(sentences.NO_TIERS)
    for tier in tiers:
        if actual in tier.words:
            return _mark_tier(tier, weight)
    if actual == row.target.strip():
        return _mark_tier(tiers[0], weight)
    if is_name(row.target) and isinstance(interpret(actual), Number | Bound):
        return Obstacle(sentences.TARGET_IS_NAME.format(text=excerpt(row.target)))
    names = sentences.SEPARATOR.join(tier.name for tier in tiers)
    return Obstacle(sentences.NO_TIER.format(text=excerpt(row.actual), tiers=names))


def _mark_tier(tier: Tier, weight: Decimal) -> Mark:
    """Bands are closed below and open above, counted in hundredths of a point: no gap and no overlap between tiers."""
    is_top = tier.most == 1
    least = min(_cents_from(tier.least * weight), settle(weight, weight))
    most = settle(weight, weight) if is_top else max(_cents_from(tier.most * weight) - CENT, least)
    score = most if is_top else settle((least + most) / 2, weight)
    choice = sentences.TIER.format(tier=tier.name, least=show_score(least), most=show_score(most))
    sentence = sentences.TIER_TOP if is_top else sentences.TIER_MIDDLE
    return Mark(score, least, most, sentence.format(choice=choice, score=show_score(score)))


def _cents_from(value: Decimal) -> Decimal:
    """The least hundredth that is not below ``value``."""
    return value.quantize(CENT, ROUND_CEILING)


def score_band(rule: Bands, actual: Decimal, weight: Decimal) -> Mark:
    """The points of the first band that reaches up to B; a negative B counts as 0."""
    counted = max(actual, Decimal(0))
    last = rule.bands[-1]
    found = next((band for band in rule.bands if band.up_to is not None and counted <= band.up_to), last)
    points = settle(found.points, weight)
    shown = {"actual": show(counted), "points": show_score(points)}
    if found.up_to is not None:
        return Mark(points, points, points, sentences.BAND_BELOW.format(up_to=show(found.up_to), **shown))
    above = [band.up_to for band, _ in pairwise(rule.bands) if band.up_to is not None]
    formula = (
        sentences.BAND_ABOVE.format(above=show(above[-1]), **shown) if above else sentences.BAND_ANY.format(**shown)
    )
    return Mark(points, points, points, formula)


def score_count(rule: Checklist | Violations, count: Decimal, weight: Decimal) -> Mark:
    """Checklist: ``points`` for each, at most W. Violations: ``points`` less for each, never below 0."""
    figures = {"points": show(rule.points), "count": show(count), "weight": show(weight)}
    value = rule.points * count
    if isinstance(rule, Violations):
        return calculated(sentences.DEDUCTION.format(**figures), weight - value, weight)
    sentence = sentences.EARNED if value <= weight else sentences.EARNED_AT_MOST
    return calculated(sentence.format(**figures), value, weight)
