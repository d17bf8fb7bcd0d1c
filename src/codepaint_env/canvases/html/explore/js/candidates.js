// Everything that a person could try, in document order.
const ROLES = { a: 'link', button: 'button', select: 'combobox', textarea: 'textbox', summary: 'summary', canvas: 'canvas', video: 'video', audio: 'audio' };
const TYPES = { checkbox: 'checkbox', radio: 'radio', range: 'slider', number: 'spinbutton', search: 'searchbox', button: 'button',
  submit: 'button', reset: 'button', image: 'button', file: 'file', color: 'color' };
const WIDGETS = ['button', 'link', 'tab', 'checkbox', 'radio', 'switch', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'option',
  'slider', 'spinbutton', 'combobox', 'textbox', 'searchbox', 'treeitem', 'gridcell'];
const PRESSES = ['click', 'mousedown', 'mouseup', 'pointerdown', 'pointerup', 'touchstart', 'touchend', 'dblclick', 'contextmenu', 'auxclick'];
const DRAGS = ['dragstart', 'pointerdown', 'mousedown'];
const KEYS = ['keydown', 'keyup', 'keypress'];
const TEXT = ['textbox', 'searchbox', 'spinbutton', 'color', 'date'];

function roleOf(element, tag) {
  const told = (element.getAttribute('role') ?? '').trim().split(/\s+/)[0];
  if (told && told !== 'presentation' && told !== 'none') return told;
  if (tag === 'input') return TYPES[element.type] ?? 'textbox';
  if (tag === 'a' && !element.hasAttribute('href')) return 'generic';
  if (tag === 'summary' && element.parentElement?.localName !== 'details') return 'generic';
  if (element.isContentEditable && !element.parentElement?.isContentEditable) return 'textbox';
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
walk((element, style, box, shown, opacity, fixed) => {
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
  const grabs = ['grab', 'move', 'ew-resize', 'ns-resize', 'col-resize', 'row-resize', 'grabbing'].includes(style.cursor) && (!parent || styleOf(parent).cursor !== style.cursor);
  const tabs = element.hasAttribute('tabindex') && element.tabIndex >= 0;
  const edits = role === 'textbox' && element.isContentEditable;
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
  if (isEmpty(area)) return;
  const disabled = element.matches(':disabled') || element.getAttribute('aria-disabled') === 'true' || style.pointerEvents === 'none';
  const form = element.form ?? null;
  const kinds = new Set(heard(element));
  for (const kind of [...PRESSES, ...KEYS, 'input', 'change', 'wheel']) if (attributed(element, [kind])) kinds.add(kind);
  const href = tag === 'a' ? element.getAttribute('href') ?? '' : '';
  const select = tag === 'select' ? [...element.options].filter((each) => !each.disabled).map((each) => [words(each.label), each.selected]) : [];
  const selected = element.getAttribute('aria-selected') === 'true' || element.getAttribute('aria-pressed') === 'true' && alikeOf(element) > 1 || element.getAttribute('aria-current') !== null && element.getAttribute('aria-current') !== 'false' ||
    (role === 'tab' || role === 'button' || role === 'link') && /(^|\s)(is-)?(active|selected|current|chosen|on|checked)(\s|$)/.test(element.getAttribute('class') ?? '');
  const alike = alikeOf(element);
  found.push({
    selector: selectorOf(element), target: target === element ? '' : selectorOf(target), tag, type: tag === 'input' ? element.type : tag === 'button' ? element.type : '',
    role, name: nameOf(element, role), box: box.map(Math.round), shown: area.map(Math.round), enabled: !disabled, readonly: Boolean(element.readOnly),
    listeners: [...kinds].sort(), points, drags: drags || grabs, edits, tabs, href, options: select, selected,
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
const canvases = [];
walk((element) => {
  if (listens(element, ['drop', 'dragover', 'dragenter']) && element !== document.body && element !== document.documentElement && drops.length < 40) drops.push(selectorOf(element));
  if (element.localName === 'canvas') canvases.push(selectorOf(element));
});
for (const each of picked) {
  if (!each.drags) continue;
  const element = find(each.selector);
  const own = drops.filter((one) => !holds(find(one), element) && find(one) !== element);
  const within = drops.filter((one) => holds(find(one), element) || find(one) === element);
  each.drop = own.length ? own[own.length - 1] : '';
  if (!each.drop && (within.length || told.top.some((kind) => kind === 'drop' || kind === 'dragover'))) {
    const siblings = [...(element.parentElement?.children ?? [])].filter((one) => one !== element && one.localName === element.localName);
    if (siblings.length) each.drop = selectorOf(siblings[siblings.length - 1]);
  }
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
  keys: [...document.querySelectorAll('kbd')].slice(0, 12).map((each) => words(each.textContent, 12)) };
