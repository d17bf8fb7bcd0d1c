"""What a person would write into a field, by its type, its names and what the page lists."""

from __future__ import annotations

import re
from datetime import date, timedelta

from codepaint_env.canvases.html.explore.candidate import Candidate, words_of

BY_TYPE = {
    "email": "ada@example.org",
    "tel": "5550123456",
    "url": "https://example.org",
    "password": "Tr0ub4dor-&3x",
    # As their parts are typed one after the other; a tab ends a year.
    "time": "1030AM",
    "month": "05\t2031",
    "week": "20\t2031",
}
FIRST_PART = "\b" * 6  # arrows to the left: a click meets whatever part is under it
DAY = date(2031, 5, 17)
ENDS = frozenset(
    {"out", "checkout", "end", "ends", "until", "to", "return", "leave", "leaving", "departure", "last"}
)
# Words in the names of a field -> what is written.
BY_WORD = {
    "email": "ada@example.org",
    "mail": "ada@example.org",
    "phone": "5550123456",
    "tel": "5550123456",
    "mobile": "5550123456",
    "card": "4242424242424242",
    "cvc": "123",
    "cvv": "123",
    "expiry": "12/34",
    "zip": "10115",
    "postcode": "10115",
    "postal": "10115",
    "url": "https://example.org",
    "website": "https://example.org",
    "date": "2031-05-17",
    "password": "Tr0ub4dor-&3x",
    "age": "36",
    "year": "1995",
    "amount": "42",
    "price": "42",
    "quantity": "3",
    "number": "7",
    "username": "ada42",
    "first": "Ada",
    "last": "Lovelace",
    "surname": "Lovelace",
    "name": "Ada Lovelace",
    "city": "London",
    "country": "Norway",
    "street": "1 Main Street",
    "address": "1 Main Street",
    "subject": "A question",
    "title": "A walk by the sea",
    "code": "123456",
    "message": "Hello, this is a short message from a visitor.",
    "comment": "Hello, this is a short message from a visitor.",
}
SEEKS = frozenset({"search", "filter", "find", "lookup", "query"})
PLAIN = "Blue lantern"


def seeks(candidate: Candidate) -> bool:
    """Tells whether a field narrows down what the page lists."""
    said = {*words_of(candidate.name), *words_of(candidate.placeholder), *words_of(candidate.hint)}
    return candidate.role in ("searchbox", "combobox") or bool(said & SEEKS)


def text_for(candidate: Candidate, items: tuple[str, ...] = ()) -> str:
    """Returns what a person would write into a field.

    Args:
        candidate: The field.
        items: What the page lists, for a field that searches in it.
    """
    least, most, _step, longest = candidate.limits
    if candidate.type in ("number", "range") or candidate.role == "spinbutton":
        return _number(candidate, least, most)
    if candidate.type in ("date", "datetime-local"):
        return f"{FIRST_PART}{_day(candidate):%m%d%Y}" + ("" if candidate.type == "date" else "\t1030AM")
    if candidate.type in ("time", "month", "week"):
        return FIRST_PART + BY_TYPE[candidate.type]
    if candidate.type in BY_TYPE:
        return BY_TYPE[candidate.type]
    text = PLAIN
    if seeks(candidate):
        text = _sought(items) or "an"
    else:
        said = [*words_of(candidate.hint), *words_of(candidate.name), *words_of(candidate.placeholder)]
        text = _shown(candidate.placeholder) or next(
            (BY_WORD[word] for word in said if word in BY_WORD), PLAIN
        )
    if candidate.pattern:
        text = _fitting(candidate.pattern, text)
    limit = int(longest) if longest.lstrip("-").isdigit() else -1
    return text[:limit] if limit > 0 else text


def _day(candidate: Candidate) -> date:
    """Returns the day after the one that stands there, or one of those allowed; what ends lies behind what begins."""
    stands, first, last = (_as_day(each) for each in (candidate.value, *candidate.limits[:2]))
    said = {*words_of(candidate.name), *words_of(candidate.hint)}
    wanted = stands + timedelta(1) if stands else (first or DAY) + timedelta(4 if said & ENDS else 1)
    return last if last and wanted > last else wanted


def _as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _shown(placeholder: str) -> str:
    """Returns the example that a placeholder gives, such as `555-0134` of `e.g. 555-0134`; `""` where it gives none."""
    text = re.sub(
        r"^(e\.?\s?g\.?|ex(ample)?|like|such as)[:,]?\s+", "", placeholder.strip(), flags=re.IGNORECASE
    )
    if re.fullmatch(r"(?=.*[#_xX].*[#_xX])[#_xX\s()+./-]{6,}", text):
        return "".join(str(5 + number % 4) if each in "#_xX" else each for number, each in enumerate(text))
    return text if re.fullmatch(r"(?=(.*\d){3})[A-Z\d\s()+./-]{4,24}", text) else ""


# What fields with a pattern mostly ask for.
USUAL = (
    "5550123456", "555-012-3456", "(555) 012-3456", "+15550123456", "+1 555 012 3456", "+44 20 7946 0958", "555-0123",
    "10115", "90210-1234", "SW1A 1AA", "SW1A1AA", "K1A 0B1", "1011 AB", "4242424242424242", "4242 4242 4242 4242",
    "4242-4242-4242-4242", "12/34", "12/2034", "123", "1234", "123456", "12", "1", "17/05/2031", "05/17/2031",
    "2031-05-17", "10:30", "ada42", "Ada", "Ada Lovelace", "ABC", "ABC123", "ABC-123", "ABC-1234", "AB-1234", "AB1234",
    "AB123456", "A1B2C3", "abc", "abcdef", "ABCDEF", "#1e90ff", "ada@example.org", "https://example.org",
    "Tr0ub4dor-&3x",
)  # fmt: skip


def _fitting(pattern: str, text: str) -> str:
    """Returns a text that follows a field's pattern: the given one, a usual one, or one made letter by letter."""
    try:
        form = re.compile(re.sub(r"\\([-/])", r"\1", pattern))
    except re.error:
        return text  # it is JavaScript's, and means something else here
    return next((each for each in (text, *USUAL, _made(pattern)) if form.fullmatch(each)), text)


_PART = re.compile(r"(\\.|\[[^]]+\]|[^\\(){}|^$])(?:\{(\d+)(?:,\d*)?\}|([*+?]))?")


def _made(pattern: str) -> str:
    """Returns what follows a plain pattern: classes and letters one after the other, each as often as it must."""
    made = ""
    for part, least, sign in _PART.findall(pattern):
        letter = next((each for each in "A1a-. /@_#+" if re.fullmatch(part, each)), part.removeprefix("\\"))
        made += letter * (int(least) if least else 0 if sign in ("?", "*") and sign else 1)
    return made


def _number(candidate: Candidate, least: str, most: str) -> str:
    """Returns a number within the limits and on the steps, that is not the one that stands there."""
    low, high = _as_number(least, 1.0), _as_number(most, float("inf"))
    step, base = _as_number(candidate.limits[2], 1.0), _as_number(least, 0.0)
    said = {*words_of(candidate.name), *words_of(candidate.hint)}
    first = next((float(text) for word, text in BY_WORD.items() if word in said and text.isdigit()), 7.0)
    for wanted in (first, 7.0, 3.0, low + step, low, high):
        near = base + round((wanted - base) / step) * step if step > 0 and wanted < float("inf") else wanted
        if low <= near <= high and near != _as_number(candidate.value, float("nan")):
            return f"{near:.10g}"
    return f"{low:g}"


def _as_number(text: str, otherwise: float) -> float:
    try:
        return float(text)
    except ValueError:
        return otherwise


def _sought(items: tuple[str, ...]) -> str:
    """Returns a word of the last item that the first does not have: it narrows a list and leaves something of it."""
    if len(items) < 2:
        return next((word for item in items for word in words_of(item) if len(word) > 3), "")
    others = {word for item in items[:-1] for word in words_of(item)}
    own = [word for word in words_of(items[-1]) if len(word) > 3 and word.isalpha()]
    return next((word for word in own if word not in others), own[0] if own else "")
