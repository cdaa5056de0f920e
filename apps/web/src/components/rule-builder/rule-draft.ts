import type { CatalogueField } from '@steward/shared/catalogue';
import type { Quantifier, RelatedKind } from '@steward/shared/related';
import { RULE_LIMITS } from '@steward/shared/rule-limits';
import type { Rule } from '@steward/shared/rules';
import { draftOfEvent, EMPTY_EVENT, type EventDraft, eventOfDraft } from './event-draft.js';
import { draftOfLeaf, EMPTY_DRAFT, isWithin, type LeafDraft, leafOfDraft, type Range } from './leaf-draft.js';
import type { SimpleLeaf } from './leaf-text.js';
import { operatorsOf } from './operators.js';

/** A rule while it is being written: its conditions may be unfinished, and each part keeps its id when it moves. */
export interface DraftNode {
  id: string;
  /** How often it is denied: 1 is “not”. */
  nots: number;
  body: DraftBody;
}

export interface DraftGroup {
  kind: 'group';
  of: 'all' | 'any' | 'atLeast';
  /** How many of them are to hold, for `atLeast`; null while it is not written. */
  n: number | null;
  /** Made around a single condition for the screen: while it holds no more, the rule is that condition. */
  plain: boolean;
  nodes: DraftNode[];
}

export interface DraftRows {
  kind: 'rows';
  of: RelatedKind;
  quantifier: Quantifier;
  n: number | null;
  inner: DraftNode;
}

export interface DraftField {
  kind: 'field';
  /** Null: none is chosen yet. */
  field: string | null;
  draft: LeafDraft;
  /** What the inputs say; null while something is missing. */
  leaf: SimpleLeaf | null;
}

/** The fewest and the most rows that a condition may ask for. */
export const ROWS: Range = [1, RULE_LIMITS.rows];

/** The fewest and the most conditions of a group that may be asked to hold. */
export const conditionsOf = ({ nodes }: DraftGroup): Range => [1, Math.max(1, nodes.length)];

function lacksNumber(body: DraftRows | DraftGroup): boolean {
  return body.kind === 'rows'
    ? body.quantifier === 'atLeast' && !isWithin(body.n, ROWS)
    : body.of === 'atLeast' && !standsForOne(body) && !isWithin(body.n, conditionsOf(body));
}

export type DraftBody =
  | DraftGroup
  | DraftRows
  | DraftField
  | { kind: 'event'; draft: EventDraft }
  | { kind: 'member'; segment: string | null; is: boolean };

let made = 0;
/** Ids tell parts of one screen apart; they go nowhere. */
export function newNode(body: DraftBody, nots = 0): DraftNode {
  made += 1;
  return { id: `n${made}`, nots, body };
}

export const emptyCondition = (): DraftNode =>
  newNode({ kind: 'field', field: null, draft: { ...EMPTY_DRAFT, op: 'gte' }, leaf: null });

export const newGroup = (of: DraftGroup['of'], nodes: DraftNode[], plain = false): DraftNode =>
  newNode({ kind: 'group', of, n: 1, plain, nodes });

/** A rule as a group at whose end conditions can be added. */
export function draftOfRule(rule: Rule): DraftNode {
  const node = nodeOf(rule);
  return node.body.kind === 'group' ? node : newGroup('all', [node], true);
}

function nodeOf(rule: Rule, nots = 0): DraftNode {
  switch (rule.kind) {
    case 'not':
      return nodeOf(rule.rule, nots + 1);
    case 'all':
    case 'any':
    case 'atLeast': {
      const n = rule.kind === 'atLeast' ? rule.n : 1;
      const nodes = rule.rules.map((each) => nodeOf(each));
      return newNode({ kind: 'group', of: rule.kind, n, plain: false, nodes }, nots);
    }
    case 'related': {
      const { of, quantifier, n = null } = rule;
      return newNode({ kind: 'rows', of, quantifier, n, inner: draftOfRule(rule.rule) }, nots);
    }
    case 'eventCount':
      return newNode({ kind: 'event', draft: draftOfEvent(rule) }, nots);
    case 'member':
      return newNode({ kind: 'member', segment: rule.segment, is: rule.is }, nots);
    default:
      return newNode({ kind: 'field', field: rule.field, draft: draftOfLeaf(rule), leaf: rule }, nots);
  }
}

/** The rule that the inputs say; null while a condition is unfinished. */
export function ruleOfDraft({ nots, body }: DraftNode): Rule | null {
  let rule = ruleOfBody(body);
  for (let times = 0; rule !== null && times < nots; times += 1) rule = { kind: 'not', rule };
  return rule;
}

function ruleOfBody(body: DraftBody): Rule | null {
  switch (body.kind) {
    case 'group':
      return ruleOfGroup(body);
    case 'rows': {
      const rule = ruleOfDraft(body.inner);
      if (rule === null || lacksNumber(body)) return null;
      const n = body.quantifier === 'atLeast' && body.n !== null ? { n: body.n } : {};
      return { kind: 'related', of: body.of, quantifier: body.quantifier, ...n, rule };
    }
    case 'field':
      return body.leaf;
    case 'event':
      return eventOfDraft(body.draft);
    case 'member':
      return body.segment === null ? null : { kind: 'member', segment: body.segment, is: body.is };
  }
}

const standsForOne = ({ plain, nodes }: DraftGroup): boolean => plain && nodes.length === 1;

function ruleOfGroup(group: DraftGroup): Rule | null {
  const rules = group.nodes.map(ruleOfDraft).filter((rule) => rule !== null);
  if (rules.length < group.nodes.length) return null;
  if (standsForOne(group)) return rules[0] ?? null;
  if (group.of !== 'atLeast') return { kind: group.of, rules };
  return rules.length === 0 || group.n === null || lacksNumber(group) ? null : { kind: 'atLeast', n: group.n, rules };
}

/** Where each part stands in the rule, as the server says it: `rules.1.rule`, empty for the whole. By id. */
export function pathsOf(root: DraftNode): Map<string, string> {
  const paths = new Map<string, string>();
  const walk = (node: DraftNode, at: string) => {
    const own = `${at}${'rule.'.repeat(node.nots)}`;
    paths.set(node.id, own.replace(/\.$/, ''));
    const { body } = node;
    if (body.kind === 'rows') walk(body.inner, `${own}rule.`);
    if (body.kind === 'group') {
      for (const [index, each] of body.nodes.entries()) {
        walk(each, standsForOne(body) ? own : `${own}rules.${index}.`);
      }
    }
  };
  walk(root, '');
  return paths;
}

/** How many conditions are unfinished. */
export function unfinishedIn({ body }: DraftNode): number {
  switch (body.kind) {
    case 'group':
      return body.nodes.reduce((sum, node) => sum + unfinishedIn(node), lacksNumber(body) ? 1 : 0);
    case 'rows':
      return unfinishedIn(body.inner) + (lacksNumber(body) ? 1 : 0);
    default:
      return ruleOfBody(body) === null ? 1 : 0;
  }
}

/** A condition on the field with the operator that it is mostly asked with. */
export function conditionOn(field: CatalogueField, ofRows: boolean): DraftField {
  const draft: LeafDraft = { ...EMPTY_DRAFT, op: operatorsOf(field, { ofRows })[0] ?? 'isSet' };
  return changedCondition({ kind: 'field', field: field.key, draft, leaf: null }, field, {});
}

export function changedCondition(body: DraftField, field: CatalogueField, change: Partial<LeafDraft>): DraftField {
  const draft = { ...body.draft, ...change };
  return { ...body, draft, leaf: leafOfDraft(field, draft) };
}

export const rowsOf = (of: RelatedKind): DraftRows => ({
  kind: 'rows',
  of,
  quantifier: 'any',
  n: null,
  inner: newGroup('all', []),
});

export const newEvent = (): DraftBody => ({ kind: 'event', draft: EMPTY_EVENT });
