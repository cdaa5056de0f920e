import type { TierSetDraft } from '@steward/shared/model-drafts';
import type { ModelChange } from '@steward/shared/model-versions';
import { changed, days, type ModelNames, number, pairedByKey, quoted, ruleChanges, ruleWords } from './words.js';

type Tier = TierSetDraft['tiers'][number];

const THE_REST = 'all that no other tier takes';

/** What changed between two tier sets, a sentence each. None: they say the same. */
export function tierChanges(before: TierSetDraft, after: TierSetDraft, names: ModelNames): ModelChange[] {
  const { added, removed, kept, order } = pairedByKey(before.tiers, after.tiers, ({ key }) => key);
  return [
    ...changed('hold', [before.holdDays, after.holdDays], (was, is) => {
      return `An account falls to a lower tier after ${days(was, 'no days')} → ${days(is, 'no days')}`;
    }),
    ...removed.map(({ key, label }): ModelChange => {
      return { about: key, kind: 'removed', text: `Tier ${key} ${quoted(label)} removed` };
    }),
    ...added.map(({ item, place }): ModelChange => {
      const text = `Tier ${item.key} ${quoted(item.label)} added as number ${place + 1}: ${ruleWords(item.rule, names, THE_REST)}`;
      return { about: item.key, kind: 'added', text };
    }),
    ...kept.flatMap(([was, is]) => changesOfTier(was, is, names)),
    ...(order === null ? [] : [movedIn(order)]),
  ];
}

export function movedIn([before, after]: readonly [string[], string[]]): ModelChange {
  return { about: 'order', kind: 'moved', text: `Order: ${before.join(', ')} → ${after.join(', ')}` };
}

function changesOfTier(was: Tier, is: Tier, names: ModelNames): ModelChange[] {
  const { key } = is;
  const touch = (each: number | null) => (each === null ? 'no touch expected' : `a touch every ${days(each, '')}`);
  return [
    ...changed(key, [was.label, is.label], (a, b) => `${key}: name ${quoted(a)} → ${quoted(b)}`),
    ...ruleChanges(was.rule, is.rule, names, THE_REST).map((text): ModelChange => {
      return { about: key, kind: 'changed', text: `${key}: ${text}` };
    }),
    ...changed(key, [was.cadenceDays, is.cadenceDays], (a, b) => `${key}: ${touch(a)} → ${touch(b)}`),
    ...changed(key, [was.responseHours, is.responseHours], (a, b) => {
      return `${key}: response within ${number(a)} → ${number(b)} business hours`;
    }),
    ...changed(key, [was.targetAccounts, is.targetAccounts], (a, b) => {
      return `${key}: ${number(a)} → ${number(b)} accounts for an owner`;
    }),
    ...changed(key, [was.color, is.color], (a, b) => `${key}: colour ${a} → ${b}`),
  ];
}
