import type { CatalogueField } from '@steward/shared/catalogue';
import { describeRule } from '@steward/shared/describe';
import type { ModelChange } from '@steward/shared/model-versions';
import type { Rule } from '@steward/shared/rules';

/** What fields, segments and playbooks are called, as the sentences of a difference name them. */
export interface ModelNames {
  catalogue: readonly CatalogueField[];
  segments: readonly { id: string; name: string }[];
  playbooks: readonly { id: string; name: string }[];
}

/** Equal in what they say: the order of an object's keys and keys without a value do not count. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, i) => isSame(each, b[i]));
  }
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => isSame(left[key], right[key]));
}

/** 1234.5 → “1,234.5”; null → “none”. */
export function number(value: number | null): string {
  return value === null ? 'none' : value.toLocaleString('en-US', { maximumFractionDigits: 4 }).replace('-', '−');
}

/** 0.1346 → “13.5 %”. */
export function share(value: number): string {
  return `${(value * 100).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} %`;
}

/** “14 days”, “1 day”; null: the words given. */
export function days(value: number | null, none: string): string {
  return value === null ? none : `${number(value)} ${value === 1 ? 'day' : 'days'}`;
}

export function quoted(text: string): string {
  return `“${text}”`;
}

/** A rule in words; null: the words given. */
export function ruleWords(rule: Rule | null, names: ModelNames, none: string): string {
  return rule === null ? none : describeRule(rule, names.catalogue, names.segments, names.playbooks);
}

const isGroup = (rule: Rule | null): rule is Extract<Rule, { kind: 'all' | 'any' }> =>
  rule !== null && (rule.kind === 'all' || rule.kind === 'any') && rule.rules.length > 1;

/**
 * What changed between two rules, as ends of a sentence. Of two lists of conditions that are joined alike only the
 * conditions that came and went are told, as one step where one replaced another.
 */
export function ruleChanges(before: Rule | null, after: Rule | null, names: ModelNames, none: string): string[] {
  if (isSame(before, after)) return [];
  const say = (rule: Rule | null) => ruleWords(rule, names, none);
  if (isGroup(before) && isGroup(after) && before.kind === after.kind) {
    const gone = without(before.rules, after.rules);
    const come = without(after.rules, before.rules);
    if (gone.length === 0 && come.length === 0) return ['the same conditions in another order'];
    if (gone.length === 1 && come.length === 1) return [`${say(gone[0]!)} → ${say(come[0]!)}`];
    if (gone.length + come.length < before.rules.length + after.rules.length) {
      return [
        ...gone.map((rule) => `no longer asks: ${say(rule)}`),
        ...come.map((rule) => `now ${after.kind === 'all' ? 'also asks' : 'is enough'}: ${say(rule)}`),
      ];
    }
  }
  return [`${say(before)} → ${say(after)}`];
}

/** The rules of `of` that `others` does not have, each of which stands for one. */
function without(of: readonly Rule[], others: readonly Rule[]): Rule[] {
  const left = [...others];
  return of.filter((rule) => {
    const place = left.findIndex((other) => isSame(rule, other));
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}

/** One sentence about a value that changed; none where it did not. */
export function changed<Value>(
  about: string,
  [before, after]: readonly [Value, Value],
  sentence: (before: Value, after: Value) => string,
): ModelChange[] {
  return isSame(before, after) ? [] : [{ about, kind: 'changed', text: sentence(before, after) }];
}

export interface Paired<Item> {
  added: { item: Item; place: number }[];
  removed: Item[];
  kept: [before: Item, after: Item][];
  /** The keys of what is in both, where they stand in another order now: as they stood and as they stand. */
  order: [before: string[], after: string[]] | null;
}

/** Two lists by key. A key that is there twice, as an unfinished draft may have it, pairs with its like in order. */
export function pairedByKey<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
): Paired<Item> {
  const named = (items: readonly Item[]) => {
    const times = new Map<string, number>();
    return items.map((item) => {
      const key = keyOf(item);
      const nth = times.get(key) ?? 0;
      times.set(key, nth + 1);
      return { item, key, name: `${nth} ${key}` };
    });
  };
  const [old, now] = [named(before), named(after)];
  const oldByName = new Map(old.map((each) => [each.name, each]));
  const nowByName = new Map(now.map((each) => [each.name, each]));
  const stayed = old.filter(({ name }) => nowByName.has(name));
  const stays = now.filter(({ name }) => oldByName.has(name));
  return {
    added: now.flatMap(({ item, name }, place) => (oldByName.has(name) ? [] : [{ item, place }])),
    removed: old.filter(({ name }) => !nowByName.has(name)).map(({ item }) => item),
    kept: stays.map(({ item, name }) => [oldByName.get(name)!.item, item]),
    order: stayed.every(({ name }, place) => name === stays[place]?.name)
      ? null
      : [stayed.map(({ key }) => key), stays.map(({ key }) => key)],
  };
}
