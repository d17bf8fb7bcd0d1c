// Keeps what only the debugger can tell: closed shadow roots, documents of frames, and which elements listen to what.
// Of the nodes, the first `roots` are shadow roots, then `framed` are frames and their documents in turn; the rest belong
// to `kinds`.
function (kinds, roots, framed, ...nodes) {
  const told = (globalThis.codepaintTold = { roots: new WeakMap(), frames: new WeakMap(), listeners: new WeakMap(), top: [] });
  for (const root of nodes.slice(0, roots)) if (root.host) told.roots.set(root.host, root);
  const inner = nodes.slice(roots, roots + framed);
  for (let k = 0; k < inner.length; k += 2) { told.frames.set(inner[k], inner[k + 1]); told.frames.set(inner[k + 1], inner[k]); }
  nodes.slice(roots + framed).forEach((node, index) => {
    if (node === null || node.nodeType === 9 || node.localName === 'html' || node.localName === 'body') {
      told.top.push(...kinds[index]);
    } else if (node.nodeType === 11) {
      if (node.host) told.listeners.set(node.host, [...(told.listeners.get(node.host) ?? []), 'within']);
    } else {
      told.listeners.set(node, [...(told.listeners.get(node) ?? []), ...kinds[index]]);
    }
  });
  told.top = [...new Set(told.top)].sort();
}
