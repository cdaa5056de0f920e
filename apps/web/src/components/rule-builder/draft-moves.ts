import { type DraftGroup, type DraftNode, newGroup, newNode } from './rule-draft.js';

/** Changes of a rule's tree; each gives a new tree and leaves the old one as it was. */

interface Place {
  parent: DraftNode & { body: DraftGroup };
  index: number;
}

const isGroup = (node: DraftNode): node is DraftNode & { body: DraftGroup } => node.body.kind === 'group';

function childrenOf({ body }: DraftNode): DraftNode[] {
  if (body.kind === 'group') return body.nodes;
  return body.kind === 'rows' ? [body.inner] : [];
}

export function nodeIn(root: DraftNode, id: string): DraftNode | null {
  if (root.id === id) return root;
  for (const child of childrenOf(root)) {
    const found = nodeIn(child, id);
    if (found) return found;
  }
  return null;
}

/** The group that holds it and its place there; null for the outermost group and for that of rows. */
export function placeOf(root: DraftNode, id: string): Place | null {
  if (isGroup(root)) {
    const index = root.body.nodes.findIndex((node) => node.id === id);
    if (index >= 0) return { parent: root, index };
  }
  for (const child of childrenOf(root)) {
    const found = placeOf(child, id);
    if (found) return found;
  }
  return null;
}

export function changed(root: DraftNode, id: string, change: (node: DraftNode) => DraftNode): DraftNode {
  if (root.id === id) return change(root);
  const { body } = root;
  if (body.kind === 'group') {
    const nodes = body.nodes.map((node) => changed(node, id, change));
    return nodes.every((node, index) => node === body.nodes[index]) ? root : { ...root, body: { ...body, nodes } };
  }
  if (body.kind !== 'rows') return root;
  const inner = changed(body.inner, id, change);
  return inner === body.inner ? root : { ...root, body: { ...body, inner } };
}

function withNodes(root: DraftNode, groupId: string, change: (nodes: DraftNode[]) => DraftNode[]): DraftNode {
  return changed(root, groupId, (node) =>
    isGroup(node) ? { ...node, body: { ...node.body, nodes: change(node.body.nodes) } } : node,
  );
}

const put = (nodes: readonly DraftNode[], index: number, ...more: DraftNode[]): DraftNode[] => [
  ...nodes.slice(0, index),
  ...more,
  ...nodes.slice(index),
];

export const inserted = (root: DraftNode, groupId: string, index: number, node: DraftNode): DraftNode =>
  withNodes(root, groupId, (nodes) => put(nodes, index, node));

export const removed = (root: DraftNode, id: string): DraftNode => {
  const place = placeOf(root, id);
  return place === null ? root : withNodes(root, place.parent.id, (nodes) => nodes.filter((node) => node.id !== id));
};

/** One place up or down within its group. */
export function moved(root: DraftNode, id: string, by: 1 | -1): DraftNode {
  const place = placeOf(root, id);
  if (place === null) return root;
  const to = place.index + by;
  const { nodes } = place.parent.body;
  const node = nodes[place.index];
  if (node === undefined || to < 0 || to >= nodes.length) return root;
  return withNodes(root, place.parent.id, (all) =>
    put(
      all.filter((each) => each !== node),
      to,
      node,
    ),
  );
}

/** Into the group above it, else into the one below it, else into a new group of its own. */
export function indented(root: DraftNode, id: string): DraftNode {
  const place = placeOf(root, id);
  const node = nodeIn(root, id);
  if (place === null || node === null) return root;
  const { nodes, of } = place.parent.body;
  const above = nodes[place.index - 1];
  const below = nodes[place.index + 1];
  if (above && isGroup(above)) return inserted(removed(root, id), above.id, above.body.nodes.length, node);
  if (below && isGroup(below)) return inserted(removed(root, id), below.id, 0, node);
  const group = newGroup(of === 'any' ? 'all' : 'any', [node]);
  return inserted(removed(root, id), place.parent.id, place.index, group);
}

/** Out of its group, to the place after it; a group that is left empty goes. */
export function outdented(root: DraftNode, id: string): DraftNode {
  const place = placeOf(root, id);
  const node = nodeIn(root, id);
  const outer = place === null ? null : placeOf(root, place.parent.id);
  if (place === null || node === null || outer === null) return root;
  const out = inserted(removed(root, id), outer.parent.id, outer.index + 1, node);
  return place.parent.body.nodes.length === 1 ? removed(out, place.parent.id) : out;
}

/** The same once more, right after it. */
export function duplicated(root: DraftNode, id: string): { root: DraftNode; copy: string | null } {
  const place = placeOf(root, id);
  const node = nodeIn(root, id);
  if (place === null || node === null) return { root, copy: null };
  const copy = copyOf(node);
  return { root: inserted(root, place.parent.id, place.index + 1, copy), copy: copy.id };
}

function copyOf({ nots, body }: DraftNode): DraftNode {
  switch (body.kind) {
    case 'group':
      return newNode({ ...body, nodes: body.nodes.map(copyOf) }, nots);
    case 'rows':
      return newNode({ ...body, inner: copyOf(body.inner) }, nots);
    default:
      return newNode(body, nots);
  }
}

export interface MovesOf {
  up: boolean;
  down: boolean;
  out: boolean;
}

/** Which moves would change something. */
export function movesOf(root: DraftNode, id: string): MovesOf {
  const place = placeOf(root, id);
  if (place === null) return { up: false, down: false, out: false };
  return {
    up: place.index > 0,
    down: place.index < place.parent.body.nodes.length - 1,
    out: placeOf(root, place.parent.id) !== null,
  };
}

/** What takes the focus when this is removed: the next in its group, else the one before, else the group itself. */
export function neighbourOf(root: DraftNode, id: string): string {
  const place = placeOf(root, id);
  if (place === null) return root.id;
  const { nodes } = place.parent.body;
  return (nodes[place.index + 1] ?? nodes[place.index - 1] ?? place.parent).id;
}
