// Runs in the isolated world, in the same function as axe-core. `rules` are ids, `most` bounds the nodes of a rule.
// axe waits by setTimeout between rules: here time may stand still, so that its waits are turns of the microtask queue,
// and its own time limits never end anything.
const found = { error: '', violations: [] };
const text = (part) => (Array.isArray(part) ? part.join(' >>> ') : String(part));
const boxOf = (element) => {
  const box = Element.prototype.getBoundingClientRect.call(element);
  const x = window.scrollX, y = window.scrollY;
  return [box.left + x, box.top + y, box.right + x, box.bottom + y];
};
const nodeOf = (node) => {
  const data = (node.any[0] && node.any[0].data) || {};
  return {
    selector: node.target.map(text).join(' >>> ').slice(0, 200),
    box: node.element ? boxOf(node.element) : null,
    text: String((node.element && Object.getOwnPropertyDescriptor(Node.prototype, 'textContent').get.call(node.element)) || '').slice(0, 200),
    ratio: Number(data.contrastRatio) || 0,
    asked: parseFloat(data.expectedContrastRatio) || 0,
  };
};
const options = {
  runOnly: { type: 'rule', values: rules },
  rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: true }])),
  resultTypes: ['violations'],
  elementRef: true,
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
