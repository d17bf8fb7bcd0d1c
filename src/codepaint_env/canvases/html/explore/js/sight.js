// Keeps what only the debugger can tell: closed shadow roots, and which elements listen to what.
// `function (kinds, roots, ...nodes)`: the first `roots` nodes are shadow roots, the rest belong to `kinds`.
function (kinds, roots, ...nodes) {
  const told = (globalThis.codepaintTold = { roots: new WeakMap(), listeners: new WeakMap(), top: [] });
  for (const root of nodes.slice(0, roots)) if (root.host) told.roots.set(root.host, root);
  nodes.slice(roots).forEach((node, index) => {
    if (node === null || node.nodeType === 9 || node === document.documentElement || node === document.body) {
      told.top.push(...kinds[index]);
    } else if (node.nodeType === 11) {
      if (node.host) told.listeners.set(node.host, [...(told.listeners.get(node.host) ?? []), 'within']);
    } else {
      told.listeners.set(node, [...(told.listeners.get(node) ?? []), ...kinds[index]]);
    }
  });
  told.top = [...new Set(told.top)].sort();
  return told.top;
}
