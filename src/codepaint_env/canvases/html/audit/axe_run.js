// Runs in the isolated world, in the same function as axe-core. `rules` are ids, `most` bounds the nodes of a rule.
// axe waits by setTimeout between rules: here time may stand still, so that its waits are turns of the microtask queue,
// and its own time limits never end anything.
const found = { error: '', violations: [] };
const get = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).get;
const parentOf = get(Node.prototype, 'parentNode'), before = get(Element.prototype, 'previousElementSibling');
const tagOf = get(Element.prototype, 'localName'), idOf = get(Element.prototype, 'id'), hostOf = get(ShadowRoot.prototype, 'host');
// axe's own selectors take time with the square of the failures.
const selectorOf = (element) => {
  const parts = [];
  for (let at = element; at instanceof Element && parts.length < 100; ) {
    const id = idOf.call(at), tag = tagOf.call(at), parent = parentOf.call(at);
    if (/^-?[A-Za-z_][\w-]*$/.test(id) && Document.prototype.querySelectorAll.call(document, '#' + id).length === 1) {
      parts.unshift('#' + id);
      break;
    }
    let place = 1;
    for (let other = before.call(at); other; other = before.call(other)) place += tagOf.call(other) === tag;
    parts.unshift(tag === 'html' || tag === 'body' ? tag : `${tag}:nth-of-type(${place})`);
    if (tag === 'body') break;
    if (parent instanceof ShadowRoot) {
      parts.length = 0;  // no selector of the page reaches inside: the host stands for it
      at = hostOf.call(parent);
    } else at = parent;
  }
  const told = parts.join(' > ');
  return told.length <= 200 ? told : parts.slice(-3).join(' > ');
};
const boxOf = (element) => {
  const box = Element.prototype.getBoundingClientRect.call(element);
  const x = window.scrollX, y = window.scrollY;
  return [box.left + x, box.top + y, box.right + x, box.bottom + y];
};
const nodeOf = (node) => {
  const data = (node.any[0] && node.any[0].data) || {};
  return {
    selector: node.element ? selectorOf(node.element) : '',
    box: node.element ? boxOf(node.element) : null,
    text: String((node.element && get(Node.prototype, 'textContent').call(node.element)) || '').slice(0, 200),
    ratio: Number(data.contrastRatio) || 0,
    asked: parseFloat(data.expectedContrastRatio) || 0,
  };
};
const options = {
  runOnly: { type: 'rule', values: rules },
  rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: true }])),
  resultTypes: ['violations'],
  elementRef: true,
  selectors: false,
  iframes: false,
  preload: false,
  performanceTimer: false,
};
return axe.run(document, options).then(
  (told) => {
    for (const rule of told.violations) {
      found.violations.push({
        rule: rule.id,
        help: rule.help,
        count: rule.nodes.length,
        nodes: rule.nodes.slice(0, most).map(nodeOf),
      });
    }
    return found;
  },
  (error) => ({ error: String(error).slice(0, 200), violations: [] }),
);
