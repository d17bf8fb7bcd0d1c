"""A page that is well made, and the same page damaged in one way each."""

from __future__ import annotations

STYLE = """
* { box-sizing: border-box; }
body { margin: 0; font-family: "Open Sans", sans-serif; color: #1f2933; background: #f7f5f0; }
header { display: flex; justify-content: space-between; align-items: center; padding: 20px 80px; background: #1e3a34; }
header strong { color: #ffffff; font-size: 22px; }
nav { display: flex; gap: 28px; }
nav a { color: #dfeae4; font-size: 16px; text-decoration: none; padding: 4px 0; }
main { max-width: 1120px; margin: 0 auto; padding: 56px 0 72px; }
h1 { font-size: 44px; margin: 0 0 16px; line-height: 1.15; }
.lead { font-size: 19px; line-height: 1.6; max-width: 640px; margin: 0 0 28px; color: #3e4c59; }
.button { display: inline-block; border: 0; border-radius: 8px; background: #b4491f; color: #ffffff; font: inherit;
  font-size: 17px; padding: 14px 26px; cursor: pointer; }
.cards { display: grid; grid-template-columns: repeat(3, 1fr); gap: 24px; margin: 56px 0; }
.card { background: #ffffff; border: 1px solid #e4ddd0; border-radius: 12px; padding: 24px; }
.card h2 { font-size: 21px; margin: 0 0 10px; }
.card p { font-size: 16px; line-height: 1.55; margin: 0; color: #3e4c59; }
form { background: #ffffff; border: 1px solid #e4ddd0; border-radius: 12px; padding: 28px; }
form h2 { font-size: 24px; margin: 0 0 16px; }
label { display: block; font-size: 15px; margin: 0 0 6px; }
input { width: 320px; height: 44px; font: inherit; font-size: 16px; padding: 0 12px; margin: 0 0 16px;
  border: 1px solid #9aa5b1; border-radius: 8px; display: block; }
footer { padding: 28px 80px; background: #1e3a34; color: #dfeae4; font-size: 15px; }
"""

BODY = """
<header><strong>Elm Street Bakery</strong><nav><a href="#bread">Bread</a><a href="#cakes">Cakes</a><a
href="#visit">Visit us</a></nav></header>
<main>
<h1 id="title">Bread that takes its time</h1>
<p class="lead" id="lead">We mix at noon, fold through the evening and bake before dawn. Every loaf rests for eighteen
hours, so that the crust cracks and the crumb stays soft for days.</p>
<button class="button" id="order">Order for tomorrow</button>
<section class="cards">
<div class="card" id="rye"><h2>Country rye</h2><p>Dark, dense and a little sour, with caraway from the valley and a
crust that sings when it cools.</p></div>
<div class="card" id="wheat"><h2>Morning wheat</h2><p>Light and open, made for butter and jam. The first tray leaves the
oven at five.</p></div>
<div class="card" id="seed"><h2>Seeded loaf</h2><p>Sunflower, flax and pumpkin, toasted before they go in, so that each
slice tastes of the field.</p></div>
</section>
<form id="letter"><h2>Hear when the oven is warm</h2><label for="mail">Your e-mail address</label><input id="mail"
type="email" placeholder="name@example.org"><button class="button" type="button">Write to me</button></form>
</main>
<footer id="foot">Elm Street 12, open from six to two, closed on Mondays.</footer>
"""


def page(style: str = STYLE, body: str = BODY, extra: str = "") -> str:
    """Returns a whole document; `extra` comes after the style sheet."""
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bakery</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}{extra}</style></head>'
        f"<body>{body}</body></html>"
    )


GOOD = page()

STRAY = (
    "".join(
        f"{name} {{ position: relative; left: {shift}px; }}"
        for name, shift in (
            ("#title", 37),
            ("#lead", 11),
            ("#order", 63),
            ("#rye h2", 23),
            ("#rye p", 7),
            ("#wheat h2", 41),
            ("#wheat p", 16),
            ("#seed h2", 5),
            ("#seed p", 29),
            ("#letter h2", 87),
            ("#letter label", 19),
            ("#foot", 13),
        )
    )
    + "#rye h2 { top: 9px; } #wheat h2 { top: 3px; } #rye p { top: 13px; } #wheat p { top: 21px; } #seed p { top: 5px; }"
)

DAMAGED = {
    "unstyled": (page(style=""), "unstyled"),
    "tiny": (page(extra="main *, footer { font-size: 8px !important; }"), "tiny_text"),
    "pale": (page(extra=".card p, .lead { color: #cfd3d6; }"), "contrast"),
    "overlapping": (
        page(extra="#lead { margin-top: -52px; } #order { margin-top: -60px; display: block; }"),
        "overlap",
    ),
    "wide": (page(extra="main { width: 2400px; max-width: none; margin: 0 80px; }"), "overflow"),
    "clipped": (
        page(extra="#lead { height: 44px; overflow: hidden; } #title { height: 32px; overflow: hidden; }"),
        "clipped",
    ),
    "misaligned": (page(extra=STRAY), "misaligned"),
    "blank": (
        page(extra="main, header, footer { visibility: hidden; }", body=BODY + "<p>Soon</p>"),
        "white_space",
    ),
}
"""Name to the document and the kind of finding that must name the damage."""

CHEAP = {
    "empty": page(body=""),
    "one word": page(body="Hello"),
    "one colour": page(body="", extra="body { background: #b4491f; }"),
    "all text transparent": page(extra="main *, header *, footer { opacity: 0; }"),
    "all text of its ground's colour": page(
        extra="* { color: #f7f5f0 !important; background: #f7f5f0 !important; border-color: #f7f5f0 !important; }"
    ),
    "all text off-screen": page(body=f'<div style="position:absolute;left:-9999px">{BODY}</div>'),
    "all text under a sheet": page(
        body=f'{BODY}<div style="position:fixed;inset:0;background:#fff;z-index:9"></div>',
        extra="html, body { height: 100%; overflow: hidden; }",
    ),
    "stripes": page(
        body="",
        extra="body { background: repeating-linear-gradient(90deg, #fff 0 9px, #24445c 9px 18px); min-height: 100vh; }",
    ),
    "one picture": page(
        body='<svg width="1280" height="720" viewBox="0 0 16 9"><rect width="8" height="9" fill="#24445c"/></svg>'
    ),
}
"""Pages that cost next to nothing, and must be worth next to nothing."""
