"""What a person would write into a field, by its type, its names and what the page lists."""

from __future__ import annotations

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
    return candidate.role == "searchbox" or bool(said & SEEKS)


def text_for(candidate: Candidate, items: tuple[str, ...] = ()) -> str:
    """Returns what a person would write into a field.

    Args:
        candidate: The field.
        items: What the page lists, for a field that searches in it.
    """
    least, most, _step, longest = candidate.limits
    if candidate.type in ("number", "range") or candidate.role == "spinbutton":
        return _number(candidate.value, least, most)
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
        text = next((BY_WORD[word] for word in said if word in BY_WORD), PLAIN)
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


def _number(value: str, least: str, most: str) -> str:
    """Returns a number within the limits that is not the one that stands there."""
    low, high = _as_number(least, 1.0), _as_number(most, float("inf"))
    for wanted in (7.0, 3.0, low + 1, low, high):
        if low <= wanted <= high and wanted != _as_number(value, float("nan")):
            return f"{wanted:g}"
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
