// Walks what a person can see of a page: closed shadow roots and frames of its own too. Runs in an isolated world,
// whose prototypes the page cannot change. `told` is what the debugger said of it (see `sight.js`).
const told = globalThis.codepaintTold ?? { roots: new WeakMap(), frames: new WeakMap(), listeners: new WeakMap(), top: [] };
const MOST = 6000; // elements that are looked at
const FAINT = 0.03; // opacity under which nobody sees anything
const words = (text, most = 80) => String(text ?? '').replace(/\s+/g, ' ').trim().slice(0, most);
const shadowOf = (element) => element.shadowRoot ?? told.roots.get(element) ?? null;
const styleOf = (element, pseudo) => getComputedStyle(element, pseudo);

function frameOf(element) {
  if (element.localName !== 'iframe' && element.localName !== 'frame') return null;
  const inner = told.frames.get(element);
  return inner?.documentElement ? inner : null;
}

function meet(a, b) {
  const left = Math.max(a[0], b[0]), top = Math.max(a[1], b[1]);
  return [left, top, Math.max(left, Math.min(a[2], b[2])), Math.max(top, Math.min(a[3], b[3]))];
}

const isEmpty = (box) => box[2] - box[0] < 1 || box[3] - box[1] < 1;

// CSS selector of an element within its own root: by id where that is unique, else by its place.
const known = new WeakMap();
function place(element) {
  if (known.has(element)) return known.get(element);
  const root = element.getRootNode();
  let found;
  if (element.id && /^[A-Za-z][\w-]*$/.test(element.id) && root.querySelectorAll?.('#' + element.id).length === 1) {
    found = '#' + element.id;
  } else {
    const parent = element.parentElement;
    const name = /^[a-z][a-z0-9-]*$/.test(element.localName) ? element.localName : '*';
    if (parent === null) {
      const alike = [...(root.children ?? [])].filter((each) => each.localName === element.localName);
      found = alike.length > 1 ? `${name}:nth-of-type(${alike.indexOf(element) + 1})` : name;
    } else {
      let number = 1, more = false;
      for (let each = element.previousElementSibling; each; each = each.previousElementSibling)
        if (each.localName === element.localName) number++;
      for (let each = element.nextElementSibling; each && !more; each = each.nextElementSibling)
        more = each.localName === element.localName;
      const step = number > 1 || more ? `${name}:nth-of-type(${number})` : name;
      const above = place(parent);
      found = above === 'html' || above === 'html > body' && step === 'body' ? step : `${above} > ${step}`;
    }
  }
  known.set(element, found);
  return found;
}

// The same through shadow roots and frames: `#host >>> button`.
function selectorOf(element) {
  const root = element.getRootNode();
  const host = root.host ?? told.frames.get(root);
  return host ? `${selectorOf(host)} >>> ${place(element)}` : place(element);
}

function find(selector) {
  let root = document, found = null;
  for (const part of selector.split(' >>> ')) {
    if (root === null) return null;
    found = root.querySelector(part);
    if (found === null) return null;
    root = shadowOf(found) ?? frameOf(found);
  }
  return found;
}

// Left and top of an element's frame in the viewport of the page.
function offsetOf(element) {
  let x = 0, y = 0;
  for (let frame = told.frames.get(element.ownerDocument); frame; frame = told.frames.get(frame.ownerDocument)) {
    const box = frame.getBoundingClientRect();
    x += box.left + frame.clientLeft;
    y += box.top + frame.clientTop;
  }
  return [x, y];
}

function boxOf(element) {
  const [x, y] = offsetOf(element), box = element.getBoundingClientRect();
  return [box.left + x, box.top + y, box.right + x, box.bottom + y];
}

// Calls `visit(element, style, box, shown, opacity, fixed, open)` for everything that is laid out, in document order;
// `open` is the part of `box` that no ancestor clips, `shown` the same, but empty where nothing is seen. Boxes are in the
// viewport of the page.
function walk(visit) {
  let count = 0;
  const page = document.scrollingElement ?? document.documentElement;
  const sheet = [-page.scrollLeft, -page.scrollTop, page.scrollWidth - page.scrollLeft, page.scrollHeight - page.scrollTop];
  const view = [0, 0, innerWidth, innerHeight];
  const cut = styleOf(document.documentElement), body = document.body && styleOf(document.body);
  if ([cut.overflowX, body?.overflowX].some((each) => each === 'hidden' || each === 'clip')) sheet[2] = innerWidth - page.scrollLeft;
  function step(element, clip, anchor, opacity, fixed, dx, dy) {
    if (++count > MOST) return;
    const style = styleOf(element);
    if (style.display === 'none') return;
    opacity *= Number(style.opacity);
    const raw = element.getBoundingClientRect();
    const box = [raw.left + dx, raw.top + dy, raw.right + dx, raw.bottom + dy];
    if (style.position === 'fixed') { clip = anchor = view; fixed = true; }
    else if (style.position === 'sticky') fixed = true;
    else if (style.position === 'absolute') clip = anchor;
    const open = meet(box, clip);
    const shown = opacity < FAINT || style.visibility !== 'visible' ? [0, 0, 0, 0] : open;
    const goOn = visit(element, style, box, shown, opacity, fixed, open);
    if (opacity < FAINT || goOn === false) return;
    const top = element === document.body || element === document.documentElement;
    const cuts = !top && style.overflowX !== 'visible' && style.display !== 'inline' && style.display !== 'contents';
    let inner = clip;
    if (cuts) inner = meet(clip, box);
    const within = style.position !== 'static' || style.transform !== 'none' ? inner : anchor;
    const framed = frameOf(element);
    if (framed) {
      const fx = box[0] + element.clientLeft, fy = box[1] + element.clientTop;
      const pane = meet(clip, [fx, fy, fx + element.clientWidth, fy + element.clientHeight]);
      step(framed.documentElement, pane, pane, opacity, fixed, fx, fy);
      return;
    }
    const shadow = shadowOf(element);
    if (shadow) for (const child of shadow.children) step(child, inner, within, opacity, fixed, dx, dy);
    for (const child of element.children) step(child, inner, within, opacity, fixed, dx, dy);
  }
  if (document.documentElement) step(document.documentElement, sheet, sheet, 1, false, 0, 0);
}

// Text that stands in an element itself, not in its children.
function ownText(element, most = 200) {
  let text = '';
  for (let node = element.firstChild; node; node = node.nextSibling)
    if (node.nodeType === 3) text += node.data + ' ';
  return words(text, most);
}

// The element that a pointer would meet, through shadow roots and frames.
function elementAt(x, y) {
  let root = document, found = null;
  for (let depth = 0; depth < 20; depth++) {
    const next = root.elementFromPoint(x, y);
    if (next === null || next === found) return found;
    found = next;
    const framed = frameOf(found);
    if (framed) {
      const box = found.getBoundingClientRect();
      x -= box.left + found.clientLeft;
      y -= box.top + found.clientTop;
      root = framed;
      continue;
    }
    const shadow = shadowOf(found);
    if (shadow === null) return found;
    root = shadow;
  }
  return found;
}

// True for a field of no opacity that takes the pointer over something that can be seen: what is seen stands for it.
const TAKING = 'input, textarea, select, button, a[href], [contenteditable], [tabindex], [role]';
function standsOver(element, box = boxOf(element)) {
  if (!element.matches(TAKING) || Number(styleOf(element).opacity) >= FAINT || styleOf(element).visibility !== 'visible') return false;
  for (let each = parentOf(element); each; each = parentOf(each)) if (Number(styleOf(each).opacity) < FAINT) return false;
  const x = (box[0] + box[2]) / 2, y = (box[1] + box[3]) / 2, [ox, oy] = offsetOf(element);
  const inView = x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
  if (inView && elementAt(x, y) !== element) return false;
  const under = inView ? element.getRootNode().elementsFromPoint(x - ox, y - oy).find((each) => each !== element) : element.parentElement;
  return Boolean(under) && under !== document.body && under !== document.documentElement;
}

// The parent in what is drawn: out of a shadow root to its host, out of a frame to its element.
function parentOf(element) {
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root.host ?? told.frames.get(root) ?? null;
}

function holds(outer, inner) {
  for (let each = inner; each; each = parentOf(each)) if (each === outer) return true;
  return false;
}

// True if a pointer on `hit` works `element`: it is in it, or in a label of it.
function works(element, hit) {
  if (hit === null) return false;
  if (holds(element, hit)) return true;
  for (let each = hit; each; each = parentOf(each)) if (each.localName === 'label' && each.control === element) return true;
  return false;
}
