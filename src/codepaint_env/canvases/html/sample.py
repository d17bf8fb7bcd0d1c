"""Small valid pages in random colours that answer a click: what the html canvas draws when nobody writes one."""

from __future__ import annotations

from collections.abc import Callable
from string import Template

import numpy as np

_FRAME = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; padding: 64px 24px; font: 18px/1.5 system-ui, sans-serif;
    background: hsl($hue 45% 95%); color: hsl($hue 40% 16%); }
  main { max-width: 720px; margin: 0 auto; }
  h1 { margin: 0 0 8px; font-size: 44px; line-height: 1.1; letter-spacing: -0.02em; }
  p { margin: 0 0 32px; }
  button, input { font: inherit; padding: 12px 20px; border-radius: 12px; border: 2px solid transparent; }
  button { background: hsl($hue 60% 32%); color: #fff; font-weight: 600; cursor: pointer; }
  button:hover { background: hsl($hue 60% 24%); }
  .card { background: #fff; border-radius: 20px; padding: 32px; box-shadow: 0 8px 32px hsl($hue 40% 40% / 0.15); }
$style</style>
</head>
<body>
<main>
  <h1>$title</h1>
  <p>$lead</p>
$body</main>
<script>
$script</script>
</body>
</html>
""")


def sample(rng: np.random.Generator) -> str:
    """Writes a small page: a shop, a list of tasks or a row of tabs, under 3,000 characters.

    The same state of the generator gives the same text.
    """
    kind = _KINDS[int(rng.integers(len(_KINDS)))]
    return _FRAME.substitute(kind(rng), hue=int(rng.integers(360)))


def _shop(rng: np.random.Generator) -> dict[str, str]:
    """Three goods, and a cart that counts them and their price."""
    goods = [
        str(name) for name in rng.choice(["Basil", "Fern", "Ivy", "Mint", "Olive", "Sage"], 3, replace=False)
    ]
    prices = [int(price) for price in rng.integers(3, 20, 3)]
    cards = "".join(
        f'    <li class="card"><h2>{name}</h2><p>${price}</p>'
        f'<button type="button" data-price="{price}" aria-label="Add {name} to the cart">Add</button></li>\n'
        for name, price in zip(goods, prices, strict=True)
    )
    return {
        "title": "The plant corner",
        "lead": 'Your cart: <strong id="count">0</strong> plants for <strong>$<span id="total">0</span></strong>',
        "style": "  ul { display: grid; grid-template-columns: repeat(3, 1fr); gap: 24px; padding: 0;"
        " list-style: none; }\n  h2 { margin: 0; }\n  .card p { margin: 0 0 16px; }\n",
        "body": f"  <ul>\n{cards}  </ul>\n",
        "script": "let count = 0, total = 0;\n"
        "for (const button of document.querySelectorAll('button')) {\n"
        "  button.addEventListener('click', () => {\n"
        "    document.getElementById('count').textContent = ++count;\n"
        "    document.getElementById('total').textContent = total += Number(button.dataset.price);\n"
        "  });\n}\n",
    }


def _tasks(rng: np.random.Generator) -> dict[str, str]:
    """A field, and a list that what stands in it is added to."""
    first = str(rng.choice(["Water the plants", "Call grandma", "Buy bread", "Fix the bike"]))
    return {
        "title": "Today",
        "lead": 'Open tasks: <strong id="open">1</strong>',
        "style": "  form { display: flex; gap: 12px; margin-bottom: 24px; }\n"
        "  input { flex: 1; border-color: currentcolor; }\n  li { padding: 8px 0; }\n",
        "body": '  <div class="card">\n    <form><input id="task" aria-label="New task" placeholder="New task">'
        f'<button type="submit">Add</button></form>\n    <ul id="tasks"><li>{first}</li></ul>\n  </div>\n',
        "script": "document.querySelector('form').addEventListener('submit', (event) => {\n"
        "  event.preventDefault();\n"
        "  const field = document.getElementById('task'), list = document.getElementById('tasks');\n"
        "  if (!field.value.trim()) return;\n"
        "  list.append(Object.assign(document.createElement('li'), { textContent: field.value }));\n"
        "  document.getElementById('open').textContent = list.children.length;\n"
        "  field.value = '';\n});\n",
    }


def _tabs(rng: np.random.Generator) -> dict[str, str]:
    """Three tabs over one panel."""
    names = ["Morning", "Noon", "Night"]
    texts = [
        str(text)
        for text in rng.choice(
            ["Mist over the lake.", "A swim, then bread.", "Stars and crickets.", "Rain on the tent."],
            3,
            replace=False,
        )
    ]
    tabs = "".join(
        f'      <button type="button" role="tab" aria-selected="{str(not index).lower()}" data-text="{text}">'
        f"{name}</button>\n"
        for index, (name, text) in enumerate(zip(names, texts, strict=True))
    )
    return {
        "title": "A day outside",
        "lead": "Choose an hour.",
        "style": "  [role=tab][aria-selected=false] { background: transparent; color: inherit;"
        " border-color: currentcolor; }\n  #panel { font-size: 28px; margin: 32px 0 0; }\n",
        "body": f'  <div class="card">\n    <div role="tablist">\n{tabs}    </div>\n'
        f'    <p id="panel" role="tabpanel">{texts[0]}</p>\n  </div>\n',
        "script": "const tabs = [...document.querySelectorAll('[role=tab]')];\n"
        "for (const tab of tabs) tab.addEventListener('click', () => {\n"
        "  for (const each of tabs) each.setAttribute('aria-selected', String(each === tab));\n"
        "  document.getElementById('panel').textContent = tab.dataset.text;\n});\n",
    }


_KINDS: tuple[Callable[[np.random.Generator], dict[str, str]], ...] = (_shop, _tasks, _tabs)
