"""Reads how a template scores: its policy, and per indicator the rule and what the figure is computed from.

Decides which rules can be written down at all: bands without gap or overlap, parameters that mean something. Computes no
score.
"""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Final

from app.form import sentences
from app.form.reading.strict import Keys, Misfit
from app.form.rules import (
    Band,
    Bands,
    ByExecution,
    ByTarget,
    Checklist,
    Equal,
    FromAdjustment,
    FromBudget,
    FromInputs,
    FromStaffing,
    Linked,
    LinkedKind,
    Manual,
    Mode,
    NotApplicable,
    Policy,
    Positive,
    Qualitative,
    Range,
    Reverse,
    Rule,
    RuleKind,
    Step,
    Tier,
    Violations,
)
from app.form.text import excerpt, sanitise

SCORING: Final = "scoring"
LINKED: Final = "linked"


def read_policy(keys: Keys) -> Policy:
    """How the template as a whole scores; without a part ``scoring`` the user scores, with suggestions beside."""
    if not keys.has(SCORING):
        return Policy()
    inner, default = keys.inner(SCORING), Policy()
    policy = Policy(
        mode=inner.choice("mode", Mode, default.mode),
        over_fulfilment=_positive(inner, "over_fulfilment", default.over_fulfilment),
        not_applicable=inner.choice("not_applicable", NotApplicable, default.not_applicable),
        tiers=inner.each("tiers", _read_tier, is_optional=True),
    )
    inner.finish()
    _check_tiers(sentences.INNER.format(where=inner.where, key="tiers"), policy.tiers)
    return policy


def read_rule(keys: Keys) -> Rule | None:
    """The indicator's own scoring rule; None when it has none and is scored by its target."""
    if not keys.has(SCORING):
        return None
    inner = keys.inner(SCORING)
    rule = RULE_READERS[inner.choice("kind", RuleKind)](inner)
    inner.finish()
    return rule


def read_linked(keys: Keys) -> Linked | None:
    """What the indicator's figure is computed from; None when nothing determines it."""
    if not keys.has(LINKED):
        return None
    inner = keys.inner(LINKED)
    linked = LINKED_READERS[inner.choice("kind", LinkedKind)](inner)
    inner.finish()
    return linked


def _read_tier(keys: Keys) -> Tier:
    name = keys.text("name")
    words = (name, *_read_words(keys))
    if not all(word.strip() for word in words):
        raise keys.refusal("words" if name.strip() else "name", "")
    return Tier(name, words, least=keys.take("from", Decimal), most=keys.take("to", Decimal))


def _read_words(keys: Keys) -> tuple[str, ...]:
    words = keys.take("words", list, [])
    if not all(isinstance(word, str) for word in words):
        raise keys.refusal("words", words)
    return tuple(sanitise(word).text for word in words)


def _check_tiers(where: str, tiers: tuple[Tier, ...]) -> None:
    """Misfit unless the tiers fall from 1 to 0, each beginning where the one above ends, and no word names two of them."""
    if not tiers:
        return
    meets = all(upper.least == lower.most for upper, lower in pairwise(tiers))
    falls = all(tier.least < tier.most for tier in tiers)
    if not meets or not falls or tiers[0].most != 1 or tiers[-1].least != 0:
        raise Misfit(sentences.TEMPLATE_TIERS.format(where=where))
    seen: dict[str, int] = {}
    for number, tier in enumerate(tiers):
        for word in tier.words:
            if seen.setdefault(word, number) != number:
                raise Misfit(sentences.TEMPLATE_TIER_WORDS.format(where=where, word=excerpt(word)))


def _positive(keys: Keys, key: str, default: Decimal | None = None) -> Decimal:
    value = keys.take(key, Decimal, default)
    if value <= 0:
        raise keys.refusal(key, value)
    return value


def _read_form(keys: Keys) -> int:
    form = keys.take("form", int, 1)
    if form not in {1, 2}:
        raise keys.refusal("form", form)
    return form


def _read_step(keys: Keys) -> Step:
    return Step(_positive(keys, "points"), _positive(keys, "per"), keys.take("ceiling", bool, default=False))


def _read_inputs(keys: Keys) -> FromInputs:
    return FromInputs(keys.text("part"), keys.text("whole"), keys.take("change", bool, default=False))


def _read_range(keys: Keys) -> Range:
    low, high = keys.take("low", Decimal), keys.take("high", Decimal)
    if low > high:
        raise keys.refusal("high", high)
    return Range(low, high)


def _read_bands(keys: Keys) -> Bands:
    bands = keys.each("bands", _read_band)
    ends = [band.up_to for band in bands[:-1] if band.up_to is not None]
    rises = all(lower < upper for lower, upper in pairwise(ends))
    if not bands or bands[-1].up_to is not None or len(ends) < len(bands) - 1 or not rises:
        raise Misfit(sentences.TEMPLATE_STEPS.format(where=keys.where))
    return Bands(bands)


def _read_band(keys: Keys) -> Band:
    points = keys.take("points", Decimal)
    if points < 0:
        raise keys.refusal("points", points)
    return Band(keys.take("up_to", Decimal) if keys.has("up_to") else None, points)


RULE_READERS: Final[dict[RuleKind, Callable[[Keys], Rule]]] = {
    RuleKind.BY_TARGET: lambda _: ByTarget(),
    RuleKind.POSITIVE: lambda _: Positive(),
    RuleKind.EQUAL: lambda _: Equal(),
    RuleKind.REVERSE: lambda keys: Reverse(_read_form(keys)),
    RuleKind.RANGE: _read_range,
    RuleKind.QUALITATIVE: lambda _: Qualitative(),
    RuleKind.EXECUTION: lambda _: ByExecution(),
    RuleKind.STEP: _read_step,
    RuleKind.BANDS: _read_bands,
    RuleKind.CHECKLIST: lambda keys: Checklist(_positive(keys, "points")),
    RuleKind.VIOLATIONS: lambda keys: Violations(_positive(keys, "points")),
    RuleKind.MANUAL: lambda _: Manual(),
}
LINKED_READERS: Final[dict[LinkedKind, Callable[[Keys], Linked]]] = {
    LinkedKind.BUDGET: lambda _: FromBudget(),
    LinkedKind.ADJUSTMENT: lambda _: FromAdjustment(),
    LinkedKind.STAFFING: lambda _: FromStaffing(),
    LinkedKind.INPUTS: _read_inputs,
}
