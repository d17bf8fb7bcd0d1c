// What the page shows and tells assistive technology, element by element. Not class or style text.
// `acted` are selectors of the elements that were acted on.
const acted = new Map();
for (const selector of chosen) {
  const element = find(selector);
  if (element === null) continue;
  acted.set(element, 'self');
  // What the browser unfolds by itself is no effect of the page.
  if (element.localName === 'summary' && element.parentElement?.localName === 'details') acted.set(element.parentElement, 'edited');
  if (element.isContentEditable) acted.set(element, 'edited');
  for (const label of element.labels ?? []) acted.set(label, 'label');
  // What a style sheet draws in place of a box of no opacity is that box.
  const around = element.parentElement;
  if (['checkbox', 'radio'].includes(element.type) && around && Number(styleOf(element).opacity) < FAINT && around.querySelectorAll('input').length === 1) acted.set(around, 'label');
  if (element.type === 'radio' && element.name)
    for (const peer of element.getRootNode().querySelectorAll('input[type=radio]'))
      if (peer !== element && peer.name === element.name && peer.form === element.form) { acted.set(peer, 'peer'); for (const label of peer.labels ?? []) acted.set(label, 'label'); }
  const form = element.form ?? (element.localName === 'form' ? element : null);
  if (form && spread) for (const field of form.elements) if (field !== element && field.localName !== 'button' && field.localName !== 'output') acted.set(field, 'peer');
}
function ownOf(element) {
  if (acted.has(element)) return acted.get(element);
  for (let each = parentOf(element); each; each = parentOf(each)) if (acted.has(each)) return acted.get(each) === 'self' ? 'within' : acted.get(each);
  return '';
}
const STYLES = ['color', 'backgroundColor', 'backgroundImage', 'borderTopColor', 'borderBottomColor', 'textDecorationLine',
  'transform', 'filter', 'fontSize', 'fontWeight', 'fontStyle', 'boxShadow', 'clipPath', 'objectPosition', 'backgroundPosition'];
const SHAPES = ['fill', 'stroke', 'strokeWidth', 'strokeDashoffset'];
const PAINTED = ['canvas', 'img', 'video', 'picture', 'object', 'embed', 'iframe'];
const sheets = [...document.styleSheets];
let pseudo = false;
for (const sheet of sheets) {
  try { for (const rule of sheet.cssRules) if (/:(before|after)/.test(rule.cssText)) { pseudo = true; break; } } catch { pseudo = true; }
  if (pseudo) break;
}
function brief(text) {
  if (text.length < 160) return text;
  let hash = 2166136261;
  for (let k = 0; k < text.length; k++) hash = Math.imul(hash ^ text.charCodeAt(k), 16777619);
  return `${text.slice(0, 40)}…${text.length}.${(hash >>> 0).toString(36)}`;
}
const page = document.scrollingElement ?? document.documentElement;
const sx = page.scrollLeft, sy = page.scrollTop;
const elements = [];
walk((element, style, box, shown, opacity, fixed) => {
  if (isEmpty(shown)) return;
  const tag = element.localName;
  const looks = [Math.round(opacity * 20) / 20];
  for (const name of STYLES) looks.push(style[name]);
  const svg = element.namespaceURI === 'http://www.w3.org/2000/svg';
  if (svg) {
    for (const name of SHAPES) looks.push(style[name]);
    for (const name of ['d', 'points', 'href']) looks.push(brief(element.getAttribute(name) ?? ''));
  }
  const state = {};
  for (const { name, value } of element.attributes)
    if (name.startsWith('aria-') && name !== 'aria-labelledby' && name !== 'aria-controls' && name !== 'aria-describedby') state[name] = value;
  if (element.disabled) state.disabled = 'true';
  if (element.hasAttribute('open')) state.open = 'true';
  if (tag === 'input' && (element.type === 'checkbox' || element.type === 'radio')) {
    state.checked = element.indeterminate ? 'mixed' : String(element.checked);
  } else if (tag === 'input' || tag === 'textarea' || tag === 'select') {
    state.value = words(element.value, 200);
    if (!state.value && element.placeholder) state.placeholder = words(element.placeholder);
  } else if (tag === 'progress' || tag === 'meter') {
    state.value = String(element.value);
  }
  const cuts = style.overflowX !== 'visible' || style.overflowY !== 'visible';
  if (cuts && element !== page && element !== document.body && (element.scrollTop || element.scrollLeft))
    state.scroll = `${Math.round(element.scrollLeft)},${Math.round(element.scrollTop)}`;
  let text = ownText(element);
  if (pseudo) {
    for (const which of ['::before', '::after']) {
      const made = styleOf(element, which);
      if (made.content !== 'none' && made.content !== 'normal' && made.display !== 'none') {
        const said = /^"(.*)"$/s.exec(made.content);
        if (said && said[1]) text = words(which === '::before' ? `${said[1]} ${text}` : `${text} ${said[1]}`, 200);
        looks.push(`${which}${made.color}${made.backgroundColor}${made.opacity}${made.transform}${made.width}${made.height}`);
      }
    }
  }
  let pixels = '';
  if (tag === 'canvas') {
    pixels = 'canvas';
    const seen = box[0] >= 0 && box[1] >= 0 && box[2] <= innerWidth && box[3] <= innerHeight;
    if (!seen) { try { pixels = brief(element.toDataURL()); } catch { pixels = 'canvas'; } }
  } else if (PAINTED.includes(tag)) {
    pixels = tag === 'img' ? brief(element.currentSrc || element.src) : tag;
  }
  const dx = fixed ? 0 : sx, dy = fixed ? 0 : sy;
  elements.push([
    selectorOf(element), tag, Math.round(box[0] + dx), Math.round(box[1] + dy), Math.round(box[2] - box[0]), Math.round(box[3] - box[1]),
    text, looks.join('|'), state, pixels, [shown[0], shown[1], shown[2], shown[3]].map(Math.round),
    element.getAttribute('role') ?? '', acted.size ? ownOf(element) : '',
  ]);
});
return { elements, scroll: [Math.round(sx), Math.round(sy)], height: page.scrollHeight, hash: location.hash, title: words(document.title) };
