// Everything that a person could try, in document order.
const ROLES = { a: 'link', button: 'button', select: 'combobox', textarea: 'textbox', summary: 'summary', canvas: 'canvas', video: 'video', audio: 'audio' };
const TYPES = { checkbox: 'checkbox', radio: 'radio', range: 'slider', number: 'spinbutton', search: 'searchbox', button: 'button',
  submit: 'button', reset: 'button', image: 'button', file: 'file', color: 'color' };
const WIDGETS = ['button', 'link', 'tab', 'checkbox', 'radio', 'switch', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'option',
  'slider', 'spinbutton', 'combobox', 'textbox', 'searchbox', 'treeitem', 'gridcell'];
const PRESSES = ['click', 'mousedown', 'mouseup', 'pointerdown', 'pointerup', 'touchstart', 'touchend', 'dblclick', 'contextmenu', 'auxclick'];
const GRABBED = ['dragstart', 'pointerdown', 'mousedown', 'touchstart'];
const HANDED = [...GRABBED, 'click', 'dblclick', 'contextmenu', 'pointerup', 'mouseup', 'touchend'];
const KEYS = ['keydown', 'keyup', 'keypress'];
const TEXT = ['textbox', 'searchbox', 'spinbutton', 'color', 'date'];

const editable = (element) => element.isContentEditable && !element.parentElement?.isContentEditable;

function roleOf(element, tag) {
  const told = (element.getAttribute('role') ?? '').trim().split(/\s+/)[0];
  if (told && told !== 'presentation' && told !== 'none') return told;
  if (tag === 'input') return TYPES[element.type] ?? 'textbox';
  if (tag === 'a' && !element.hasAttribute('href')) return 'generic';
  if (tag === 'summary' && element.parentElement?.localName !== 'details') return 'generic';
  if (editable(element)) return 'textbox';
  return ROLES[tag] ?? 'generic';
}

function byIds(element, name) {
  const root = element.getRootNode();
  const ids = (element.getAttribute(name) ?? '').split(/\s+/).filter(Boolean);
  return words(ids.map((id) => root.getElementById?.(id)?.textContent ?? '').join(' '));
}

function said(element, depth = 0) {
  let text = '';
  for (const node of element.childNodes) {
    if (node.nodeType === 3) text += node.data;
    else if (node.nodeType === 1 && depth < 8) {
      if (node.getAttribute('aria-hidden') === 'true' || ['script', 'style', 'select', 'textarea'].includes(node.localName)) continue;
      text += ' ' + (node.getAttribute('aria-label') ?? node.getAttribute('alt') ?? (node.localName === 'title' ? node.textContent : said(node, depth + 1))) + ' ';
    }
  }
  const shadow = shadowOf(element);
  return shadow && !words(text) ? said(shadow, depth + 1) : text;
}

function nameOf(element, role) {
  const own = byIds(element, 'aria-labelledby') || words(element.getAttribute('aria-label'));
  if (own) return own;
  if (element.labels?.length) {
    const label = words([...element.labels].map((each) => said(each)).join(' '));
    if (label) return label;
  }
  if (element.localName === 'input' && ['button', 'submit', 'reset'].includes(element.type)) return words(element.value || element.type);
  const inside = ['textbox', 'searchbox', 'combobox'].includes(role) && element.localName !== 'div' ? '' : words(said(element));
  return inside || words(element.getAttribute('alt') ?? '') || words(element.getAttribute('title') ?? '') ||
    words(element.getAttribute('placeholder') ?? '') || words(element.getAttribute('name') ?? '');
}

// What is around an element, up to the body.
function aboves(element) {
  const found = [];
  for (let each = parentOf(element); each && each !== document.body && each !== document.documentElement; each = parentOf(each)) found.push(each);
  return found;
}

const attributed = (element, kinds) => kinds.some((kind) => element['on' + kind] || element.hasAttribute('on' + kind));
const heard = (element) => told.listeners.get(element) ?? [];
const listens = (element, kinds) => heard(element).some((kind) => kinds.includes(kind)) || attributed(element, kinds);

function chainOf(element) {
  const names = [];
  for (let each = element, k = 0; each && each !== document.body && k < 7; each = parentOf(each), k++) names.push(each.localName);
  const kind = [...element.classList].filter((each) => !/active|select|current|chosen|^on$|open|done|checked|on$|hidden|disabled|primary|secondary|\d/.test(each)).sort();
  return `${names.join('<')}.${kind.join('.')}`;
}

function regionOf(element) {
  for (let each = element; each; each = parentOf(each)) {
    const role = each.getAttribute?.('role');
    if (['nav', 'header', 'footer', 'main', 'form', 'dialog', 'aside'].includes(each.localName)) return each.localName;
    if (role === 'dialog' || role === 'alertdialog' || each.getAttribute?.('aria-modal') === 'true') return 'dialog';
  }
  return '';
}

function alikeOf(element) {
  const bare = (each) => [...each.classList].filter((name) => !/active|select|current|chosen|^on$|open|done|checked|primary|\d/.test(name)).join();
  let alike = 0;
  for (const each of element.parentElement?.children ?? []) if (each.localName === element.localName && bare(each) === bare(element)) alike++;
  return alike;
}

const found = [];
const taken = new Set();
walk((element, style, box, shown, opacity, fixed, open) => {
  const tag = element.localName;
  if (['script', 'style', 'head', 'option', 'optgroup'].includes(tag)) return;
  if (element.inert) return false;
  const role = roleOf(element, tag);
  const top = element === document.body || element === document.documentElement;
  const frame = (tag === 'iframe' || tag === 'frame');
  if (top || frame) return;
  const widget = WIDGETS.includes(role);
  const native = ['button', 'select', 'textarea', 'summary', 'a', 'input'].includes(tag) && role !== 'generic';
  const presses = listens(element, PRESSES), drags = element.draggable && tag !== 'img' && tag !== 'a' || element.getAttribute('draggable') === 'true';
  const parent = parentOf(element);
  const points = style.cursor === 'pointer' && (!parent || styleOf(parent).cursor !== 'pointer');
  const grabs = ['grab', 'move', 'ew-resize', 'ns-resize', 'col-resize', 'row-resize', 'grabbing'].includes(style.cursor) && (!parent || styleOf(parent).cursor !== style.cursor) ||
    style.touchAction === 'none' && tag !== 'canvas' && [element, ...aboves(element)].some((each) => listens(each, GRABBED));
  const tabs = element.hasAttribute('tabindex') && element.tabIndex >= 0;
  const edits = editable(element);
  const media = (tag === 'video' || tag === 'audio') && element.controls;
  const paints = tag === 'canvas';
  const wheels = listens(element, ['wheel', 'mousewheel']);
  if (!(widget || native || presses || drags || points || grabs || edits || media || paints || wheels || (tabs && listens(element, KEYS)))) return;
  if (tag === 'input' && element.type === 'hidden') return;
  // A control that a label stands for is used through the label.
  let target = element, area = shown;
  if (isEmpty(shown) && tag === 'input' && element.labels?.length) {
    const label = element.labels[0], its = boxOf(label);
    if (its[2] - its[0] < 1 || styleOf(label).visibility !== 'visible' || styleOf(label).display === 'none') return;
    target = label; box = its; area = its;
  }
  if (isEmpty(area) && !isEmpty(open) && standsOver(element, open)) area = open;
  if (isEmpty(area)) return;
  const disabled = element.matches(':disabled') || element.getAttribute('aria-disabled') === 'true' || style.pointerEvents === 'none';
  const form = element.form ?? null;
  const kinds = new Set(heard(element));
  const handed = new Set(aboves(element).flatMap((each) => HANDED.filter((kind) => listens(each, [kind]))));
  for (const kind of [...PRESSES, ...KEYS, 'input', 'change', 'wheel']) if (attributed(element, [kind])) kinds.add(kind);
  const href = tag === 'a' ? element.getAttribute('href') ?? '' : '';
  const select = tag === 'select' ? [...element.options].filter((each) => !each.disabled).map((each) => [words(each.label), each.selected]) : [];
  const selected = element.getAttribute('aria-selected') === 'true' || element.getAttribute('aria-pressed') === 'true' && alikeOf(element) > 1 || element.getAttribute('aria-current') !== null && element.getAttribute('aria-current') !== 'false' ||
    (role === 'tab' || role === 'button' || role === 'link') && /(^|\s)(is-)?(active|selected|current|chosen|on|checked)(\s|$)/.test(element.getAttribute('class') ?? '');
  const alike = alikeOf(element);
  found.push({
    selector: selectorOf(element), target: target === element ? '' : selectorOf(target), tag, type: tag === 'input' ? element.type : tag === 'button' ? element.type : '',
    role, name: nameOf(element, role), box: box.map(Math.round), shown: area.map(Math.round), enabled: !disabled, readonly: Boolean(element.readOnly),
    listeners: [...kinds].sort(), handed: [...handed].sort(), points, drags: drags || grabs, edits, tabs, href, options: select, selected,
    checked: Boolean(element.checked), value: words(element.value ?? '', 60), placeholder: words(element.placeholder ?? ''),
    limits: [element.min ?? '', element.max ?? '', element.step ?? '', String(element.maxLength ?? -1)].map(String),
    required: Boolean(element.required), pattern: element.pattern ?? '', hint: words(`${element.name ?? ''} ${element.id} ${element.autocomplete ?? ''}`),
    form: form ? selectorOf(form) : '', formless: form === null || !form.isConnected, method: form ? form.method : '', action: form ? form.getAttribute('action') ?? '' : '',
    handled: form ? heard(form).includes('submit') || attributed(form, ['submit']) : false,
    chain: chainOf(element), parent: element.parentElement ? selectorOf(element.parentElement) : '', alike, region: regionOf(element), fixed,
    expanded: element.getAttribute('aria-expanded') ?? '', haspopup: element.getAttribute('aria-haspopup') ?? '',
    popover: Boolean(element.popoverTargetElement) || element.hasAttribute('commandfor'),
    strong: widget || native || edits || paints || media,
  });
  taken.add(element);
});

// Inner-most: what only looks clickable gives way to controls inside of it; an inner part of a control gives way to it.
const picked = found.filter((each) => {
  const element = find(each.selector);
  if (each.strong) {
    for (let above = parentOf(element); above; above = parentOf(above))
      if (taken.has(above) && ['button', 'a', 'summary'].includes(above.localName) && each.role !== 'canvas') return false;
    return true;
  }
  for (let above = parentOf(element); above; above = parentOf(above))
    if (taken.has(above) && found.some((other) => other.strong && find(other.selector) === above)) return false;
  if (element.localName === 'label') return !(element.control && taken.has(element.control));
  const inner = found.filter((other) => other !== each && holds(element, find(other.selector)));
  const direct = each.listeners.some((kind) => PRESSES.includes(kind));
  if (inner.length === 0) return true;
  // A whole card that listens stays, unless it only hands on what is pressed within it.
  return direct && inner.length <= 1 && (each.points || each.drags);
});
const scan = [];
for (const each of picked) {
  const element = find(each.target || each.selector), [l, t, r, b] = each.shown;
  const inside = t >= 0 && l >= 0 && b <= innerHeight && r <= innerWidth;
  each.inside = inside;
  each.covered = false;
  each.cover = '';
  if (inside) {
    const spots = [[0.5, 0.5], [0.25, 0.5], [0.75, 0.5], [0.5, 0.25], [0.5, 0.75]].map(([u, v]) => [l + u * (r - l), t + v * (b - t)]);
    const hits = spots.map(([x, y]) => elementAt(x, y));
    if (!hits.some((hit) => works(element, hit))) {
      each.covered = true;
      each.cover = hits[0] ? selectorOf(hits[0]) : '';
    }
  }
  delete each.strong;
  scan.push(each);
}
// The fields that a button goes with: those of its form, else of the smallest box around it that has any.
const isField = (each) => ['textbox', 'searchbox', 'spinbutton', 'combobox', 'slider', 'checkbox', 'radio', 'color'].includes(each.role) && each.tag !== 'button' && each.tag !== 'div';
const fields = picked.filter(isField).map((each) => [each, find(each.selector)]);
for (const each of picked) {
  each.fields = [];
  if (each.role !== 'button' && each.role !== 'generic' && each.role !== 'link') continue;
  const element = find(each.selector);
  const form = element.form ?? null;
  if (form) {
    each.fields = fields.filter(([, field]) => field.form === form).map(([field]) => field.selector);
    if (each.fields.length) continue;
  }
  for (let above = parentOf(element), k = 0; above && k < 4 && above !== document.body; above = parentOf(above), k++) {
    const near = fields.filter(([, field]) => holds(above, field));
    if (near.length && near.length <= 8) each.fields = near.map(([field]) => field.selector);
    if (near.length || ['main', 'section', 'article', 'form', 'dialog'].includes(above.localName)) break;
  }
}
const drops = [];
const places = []; // where something could be dropped that does not say so
const canvases = [];
const TOKENS = /(^|[^a-z])(drop|dropzone|slot|target|zone|lane|column|col|bin|basket|bucket|tray|table|seat|shelf|square|cell|board|cart|list|box|day|area|container|pile|stack|tier|row|inventory|hole|gap|blank)s?([^a-z]|$)/;
function saidOf(element) {
  const own = [element.getAttribute('class'), element.id, ...Object.keys(element.dataset ?? {}), element.getAttribute('role'), element.getAttribute('aria-label')];
  return own.filter(Boolean).join(' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
walk((element, style, box, shown) => {
  const top = element === document.body || element === document.documentElement;
  if (listens(element, ['drop', 'dragover', 'dragenter']) && !top && drops.length < 40) drops.push(selectorOf(element));
  if (element.localName === 'canvas') canvases.push(selectorOf(element));
  const wide = shown[2] - shown[0], tall = shown[3] - shown[1];
  const inView = shown[0] >= 0 && shown[1] >= 0 && shown[2] <= innerWidth && shown[3] <= innerHeight;
  if (!top && inView && wide >= 20 && tall >= 20 && wide * tall < 0.7 * innerWidth * innerHeight && places.length < 300) places.push([element, shown]);
});
const alikeIn = (one, other) => one.localName === other.localName && one.parentElement === other.parentElement && one.classList[0] === other.classList[0];
// The places that look most as if something that is dragged belonged there.
function likelyPlaces(element, box) {
  const size = (box[2] - box[0]) * (box[3] - box[1]), around = [element, ...aboves(element)];
  const scored = [];
  for (const [each, its] of places) {
    if (holds(each, element) || holds(element, each)) continue;
    let score = 0;
    if (TOKENS.test(saidOf(each))) score += 30;
    const cousin = around.findIndex((above) => alikeIn(above, each));
    if (cousin > 0) score += 40; else if (cousin === 0) score += 15;
    if ((its[2] - its[0]) * (its[3] - its[1]) >= size) score += 20;
    if (alikeOf(each) > 1) score += 8;
    if (taken.has(each)) score -= cousin === 0 ? 0 : 30;
    const x = (its[0] + its[2]) / 2, y = (its[1] + its[3]) / 2;
    score -= Math.hypot(x - (box[0] + box[2]) / 2, y - (box[1] + box[3]) / 2) / 100;
    if (score >= 30 && holds(each, elementAt(x, y))) scored.push([score, each]);
  }
  const named = scored.filter(([, each]) => TOKENS.test(saidOf(each)));
  for (const one of scored) if (named.some(([, each]) => each !== one[1] && holds(one[1], each))) one[0] -= 30;
  scored.sort((one, other) => other[0] - one[0]);
  const best = scored[0]?.[1];
  const siblings = [...(element.parentElement?.children ?? [])].filter((one) => one !== element && alikeIn(one, element));
  const last = siblings.filter((one) => element.compareDocumentPosition(one) & 4).pop() ?? siblings[0];
  return [best, last].filter((each, index, all) => each && all.indexOf(each) === index).map(selectorOf);
}
// Of what an element that listens for its parts holds: one of the commonest kind near the start, one near the end.
function partsOf(element) {
  const kinds = new Map();
  for (const each of [...element.querySelectorAll('*')].slice(0, 400)) {
    const [l, t, r, b] = boxOf(each);
    if (each.children.length > 3 || r - l < 6 || b - t < 6 || l < 0 || t < 0 || r > innerWidth || b > innerHeight || !holds(each, elementAt((l + r) / 2, (t + b) / 2))) continue;
    const kind = `${each.localName}.${each.classList[0] ?? ''}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), each]);
  }
  const most = [...kinds.values()].reduce((best, some) => (some.length > best.length ? some : best), []);
  return [...new Set([most[1] ?? most[0], most[most.length - 1]].filter(Boolean))].map(selectorOf);
}
let looked = 0;
for (const each of picked) {
  each.drops = [];
  each.parts = each.role === 'generic' && each.tag !== 'label' && each.listeners.some((kind) => PRESSES.includes(kind)) && looked++ < 12 ? partsOf(find(each.selector)) : [];
  if (!each.drags && !each.listeners.some((kind) => GRABBED.includes(kind))) continue;
  const element = find(each.selector);
  const own = drops.filter((one) => !holds(find(one), element) && find(one) !== element);
  const within = drops.filter((one) => holds(find(one), element) || find(one) === element);
  if (own.length) each.drops = [own[own.length - 1]];
  else if (within.length || told.top.some((kind) => kind === 'drop' || kind === 'dragover')) {
    const siblings = [...(element.parentElement?.children ?? [])].filter((one) => one !== element && one.localName === element.localName);
    if (siblings.length) each.drops = [selectorOf(siblings[siblings.length - 1])];
  }
  if (!each.drops.length || !each.listeners.includes('dragstart')) {
    if (looked++ < 12) each.drops.push(...likelyPlaces(element, each.shown).filter((one) => !each.drops.includes(one)));
    each.drops.push('');
  }
}
// What opens when the pointer comes over it: by its listeners, or by a style sheet.
const hovered = new Set();
walk((element, style, box, shown) => {
  if (element === document.body || element === document.documentElement || isEmpty(shown)) return;
  if (shown[2] > innerWidth || shown[3] > innerHeight || (shown[2] - shown[0]) * (shown[3] - shown[1]) > 0.3 * innerWidth * innerHeight) return;
  if (listens(element, ['mouseenter', 'mouseover', 'pointerenter', 'pointerover'])) hovered.add(element);
});
for (const sheet of document.styleSheets) {
  let rules = [];
  try { rules = [...sheet.cssRules].slice(0, 2000); } catch { continue; }
  for (const rule of rules) {
    for (const one of String(rule.selectorText ?? '').split(',')) {
      const [before, after] = [one.slice(0, one.indexOf(':hover')).trim(), one.slice(one.indexOf(':hover') + 6)];
      if (!one.includes(':hover') || !/^\s*[>+~ ]\s*\S/.test(after) || !/display|visibility|opacity|transform|height|pointer-events|left|top/.test(rule.style?.cssText ?? '')) continue;
      try { for (const element of [...document.querySelectorAll(before || '*')].slice(0, 4)) if (element.querySelector('a, button, [role], li') && !isEmpty(boxOf(element))) hovered.add(element); } catch { /* no selector */ }
    }
  }
}
// Keys that its texts name: "Press N", "Space to start", "arrow keys", "WASD".
function namedKeys() {
  const found = [...document.querySelectorAll('kbd')].slice(0, 12).map((each) => words(each.textContent, 16));
  const text = words(document.body?.innerText, 6000);
  const told = /\b(?:press(?:ing)?|hit|use|tap|keys?:?)\s+(?:the\s+)?["'“‘(\[<]?(space(?:\s?bar)?|enter|return|escape|esc|tab|backspace|delete|arrows?|wasd|(?:ctrl|control|alt|cmd|⌘)\s?\+?\s?[a-z]|[a-z0-9?\/](?![\w']))/gi;
  for (const [, key] of text.matchAll(told)) found.push(key);
  for (const [, key] of text.matchAll(/\b(space(?:\s?bar)?|enter|arrow keys|arrows|wasd)\b(?=\W*(?:\bkeys?\b\W*)?(?:to|=|:|–|—|-)\s)/gi)) found.push(key);
  if (/\barrow keys\b|[←↑→↓]/i.test(text)) found.push('arrows');
  if (/\bWASD\b/.test(text)) found.push('wasd');
  return [...new Set(found)].slice(0, 16);
}
const page = document.scrollingElement ?? document.documentElement;
const items = [];
for (const item of document.querySelectorAll('li, tr, article, [role=option], [role=listitem], .card, .item, .product'))
  if (items.length < 60) { const text = words(item.textContent, 120); if (text) items.push(text); }
const lists = [...document.querySelectorAll('datalist option')].slice(0, 20).map((each) => words(each.value || each.label));
const tall = [page.scrollWidth, page.scrollHeight];
return { candidates: scan, top: told.top, items, lists, size: tall, view: [innerWidth, innerHeight],
  holds: { canvas: canvases.length > 0 },
  clocks: /performance|Date\b|timeStamp/.test(document.documentElement.outerHTML),
  hovered: [...hovered].slice(0, 6).map(selectorOf), keys: namedKeys() };
