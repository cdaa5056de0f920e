import { type Quantifier, RELATED_KINDS, type RelatedKind } from '@steward/shared/related';
import type { RelatedLeaf, Rule } from '@steward/shared/rules';
import { leafOf, leafText } from './leaf-text.js';

/**
 * A rule as text in an address: leaves as they are, groups around them in brackets. `any(tier~in~'T1;stage~isNotSet)`,
 * `not(…)`, `2of(…;…;…)`, and for rows `has.invoice(unpaid~eq~true)`, `no.…`, `each.…`, `3.ticket(…)`.
 */
export function ruleText(rule: Rule): string {
  switch (rule.kind) {
    case 'all':
    case 'any':
      return `${rule.kind}(${rulesText(rule.rules)})`;
    case 'atLeast':
      return `${rule.n}of(${rulesText(rule.rules)})`;
    case 'not':
      return `not(${ruleText(rule.rule)})`;
    case 'related':
      return `${rowsWord(rule)}.${rule.of}(${ruleText(rule.rule)})`;
    default:
      return leafText(rule);
  }
}

export const rulesText = (rules: readonly Rule[]): string => rules.map(ruleText).join(';');

const ROWS_WORDS: Record<Exclude<Quantifier, 'atLeast'>, string> = { any: 'has', none: 'no', all: 'each' };
const rowsWord = ({ quantifier, n = 1 }: RelatedLeaf): string =>
  quantifier === 'atLeast' ? String(n) : ROWS_WORDS[quantifier];

/** The rules of an address, one after the other. What is none, as people mistype it and mail programs cut it off, is left out. */
export const rulesOf = (text: string | undefined): Rule[] =>
  parts(text ?? '').flatMap((part) => {
    const rule = ruleOf(part, DEEPEST);
    return rule === null ? [] : [rule];
  });

const DEEPEST = 8;

/** What stands between semicolons outside of brackets. */
function parts(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    else if (sign === ';' && depth === 0) {
      found.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...found, text.slice(from)].filter((part) => part !== '');
}

const GROUP = /^([A-Za-z0-9.]+)\((.*)\)$/s;

function ruleOf(text: string, deepest: number): Rule | null {
  const [, head, inside] = GROUP.exec(text) ?? [];
  if (head === undefined || inside === undefined) return leafOf(text);
  if (deepest <= 1) return null;
  const rules = parts(inside).map((part) => ruleOf(part, deepest - 1));
  // A group without one of its conditions would ask something else.
  if (rules.some((rule) => rule === null)) return null;
  return groupOf(
    head,
    rules.filter((rule) => rule !== null),
  );
}

function groupOf(head: string, rules: Rule[]): Rule | null {
  if (head === 'all' || head === 'any') return { kind: head, rules };
  const [only] = rules;
  const [, n] = /^(\d{1,4})of$/.exec(head) ?? [];
  if (n !== undefined) return rules.length === 0 ? null : { kind: 'atLeast', n: Number(n), rules };
  if (only === undefined || rules.length > 1) return null;
  return head === 'not' ? { kind: 'not', rule: only } : rowsOf(head, only);
}

function rowsOf(head: string, rule: Rule): Rule | null {
  const [word, kind] = head.split('.');
  const of = RELATED_KINDS.find((each): each is RelatedKind => each === kind);
  if (of === undefined || word === undefined) return null;
  if (/^[1-9]\d{0,3}$/.test(word)) return { kind: 'related', of, quantifier: 'atLeast', n: Number(word), rule };
  const quantifier = (['any', 'none', 'all'] as const).find((each) => ROWS_WORDS[each] === word);
  return quantifier === undefined ? null : { kind: 'related', of, quantifier, rule };
}
