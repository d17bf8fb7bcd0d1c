// Where a person would press an element, and what keeps them from it. `part` is where along it, [0, 1] each.
const PRESSED = ['click', 'mousedown', 'mouseup', 'pointerdown', 'pointerup', 'touchstart', 'touchend', 'dblclick', 'contextmenu', 'wheel', 'mousewheel'];
const USED = 'a, button, input, select, textarea, label, summary, option, canvas, video, audio, iframe, object, embed, [contenteditable], [draggable=true], [tabindex], [role=button], [role=link], [role=tab], [role=option], [role=menuitem], [role=switch], [role=checkbox], [role=slider]';

function seen(element) {
  for (let each = element; each; each = parentOf(each)) {
    const style = styleOf(each);
    if (style.display === 'none' || Number(style.opacity) < FAINT) return false;
  }
  return styleOf(element).visibility === 'visible';
}

// Brings it into view at once, as a person would before using it. True if anything had to move.
function reach(selector) {
  const element = find(selector);
  if (element === null) return false;
  const [l, t, r, b] = boxOf(element);
  const middle = elementAt((l + r) / 2, (t + b) / 2);
  const inView = l >= 0 && t >= 0 && r <= innerWidth && b <= innerHeight;
  if (inView && works(element, middle)) return false;
  const clipped = (() => { let out = false; for (let each = parentOf(element); each; each = parentOf(each)) {
    const style = styleOf(each);
    if (/(auto|scroll)/.test(style.overflowX + style.overflowY)) { const box = boxOf(each); if (t < box[1] - 1 || b > box[3] + 1 || l < box[0] - 1 || r > box[2] + 1) out = true; }
  } return out; })();
  if (inView && !clipped) return false;
  const before = [scrollX, scrollY];
  element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  return clipped || before[0] !== scrollX || before[1] !== scrollY;
}

function aim(selector, target, part) {
  const element = find(selector), met = target ? find(target) : element;
  if (element === null || met === null) return { problem: 'gone' };
  if (!seen(met) && !standsOver(met)) return { problem: 'hidden' };
  if (element.matches(':disabled') || element.getAttribute('aria-disabled') === 'true') return { problem: 'disabled' };
  if (styleOf(met).pointerEvents === 'none') return { problem: 'not there for the pointer: its style says pointer-events: none' };
  const [l, t, r, b] = boxOf(met);
  const box = [Math.max(l, 0), Math.max(t, 0), Math.min(r, innerWidth), Math.min(b, innerHeight)];
  if (isEmpty(box)) return { problem: 'outside' };
  const spots = part ? [part] : [[0.5, 0.5], [0.25, 0.5], [0.75, 0.5], [0.5, 0.25], [0.5, 0.75], [0.12, 0.5], [0.88, 0.5], [0.5, 0.12], [0.5, 0.88], [0.1, 0.1], [0.9, 0.9]];
  // A line of text that wraps has holes between its boxes.
  const lines = part ? [] : [...met.getClientRects()].slice(0, 4);
  const [ox, oy] = offsetOf(met);
  const at = spots.map(([u, v]) => [box[0] + u * (box[2] - box[0]), box[1] + v * (box[3] - box[1])])
    .concat(lines.map((line) => [line.left + ox + line.width / 2, line.top + oy + line.height / 2]));
  let second = null, cover = null;
  for (const [x, y] of at) {
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
    const hit = elementAt(x, y);
    if (!works(element, hit) && !(target && works(met, hit))) { cover ??= hit; continue; }
    const inner = hit !== met && hit.closest?.(USED);
    if (inner && inner !== element && inner !== met && holds(met, inner)) { second ??= [x, y]; continue; }
    return { point: [Math.round(x), Math.round(y)], box: box.map(Math.round) };
  }
  if (second) return { point: second.map(Math.round), box: box.map(Math.round) };
  return { problem: 'covered', cover: cover ? selectorOf(cover) : '', box: box.map(Math.round) };
}

// Two points where a press does nothing by itself, the second on another element if there is one; null where none is.
function inertPoints() {
  const good = [];
  for (let ring = 0; ring < 9; ring++) {
    for (let column = 0; column < 16; column++) {
      const x = Math.round(8 + column * (innerWidth - 16) / 15), y = Math.round(innerHeight - 6 - ring * (innerHeight - 12) / 8);
      const hit = elementAt(x, y);
      if (hit === null) continue;
      let free = true, pointed = styleOf(hit).cursor;
      if (['pointer', 'grab', 'move', 'crosshair', 'text'].includes(pointed)) continue;
      for (let each = hit; each && free; each = parentOf(each)) {
        if (each === document.body || each === document.documentElement) break;
        if (each.matches(USED) && !(each.matches('[tabindex]') && each.tabIndex < 0)) free = false;
        else if ((told.listeners.get(each) ?? []).some((kind) => PRESSED.includes(kind))) free = false;
        else if (PRESSED.some((kind) => each['on' + kind])) free = false;
      }
      if (free) good.push([x, y, hit]);
    }
  }
  if (good.length === 0) return [];
  // Bare ground first: what has the fewest parents.
  const depth = (element) => { let deep = 0; for (let each = element; each; each = parentOf(each)) deep++; return deep; };
  const first = good.reduce((best, each) => (depth(each[2]) < depth(best[2]) ? each : best));
  const far = (each) => Math.hypot(each[0] - first[0], each[1] - first[1]);
  const others = good.filter((each) => each[2] !== first[2]);
  const second = (others.length ? others : good).reduce((best, each) => (far(each) > far(best) ? each : best));
  return [first, second].map(([x, y, hit]) => [x, y, selectorOf(hit)]);
}

function focus(selector) {
  const element = find(selector);
  element?.focus({ preventScroll: true, focusVisible: true });
}

function pick(selector, value) {
  const element = find(selector);
  if (element === null) return;
  element.value = value;
  for (const kind of ['input', 'change']) element.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
}

function blur() {
  let active = document.activeElement;
  for (;;) {
    const deeper = active && ((shadowOf(active) ?? frameOf(active))?.activeElement ?? null);
    if (!deeper || deeper === active) break;
    active = deeper;
  }
  if (active && active !== document.body) active.blur();
}

function originOf(selector) {
  const frame = find(selector), box = frame ? boxOf(frame) : [0, 0];
  return [Math.round(box[0] + (frame?.clientLeft ?? 0)), Math.round(box[1] + (frame?.clientTop ?? 0))];
}

function meets(selector, x, y) {
  const element = find(selector);
  return element !== null && works(element, elementAt(x, y));
}

const own = (element) => selectorOf(element);
