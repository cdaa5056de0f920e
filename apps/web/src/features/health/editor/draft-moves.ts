import type { SignalEntry } from '@steward/shared/model';
import {
  type GroupDraft,
  type LimitDraft,
  type MeasureDraft,
  type NormalizerDraft,
  nextId,
  type ProfileDraft,
} from './profile-draft.js';

/** Where the middle nine tenths of the accounts' values begin and end. */
export interface SeenValues {
  low: number | null;
  high: number | null;
}

/** What can be done to a draft. Each gives a new draft and leaves the old one as it is, for taking back. */

export const withGroup = (draft: ProfileDraft, id: string, change: Partial<GroupDraft>): ProfileDraft => ({
  ...draft,
  groups: draft.groups.map((group) => (group.id === id ? { ...group, ...change } : group)),
});

export const withMeasure = (draft: ProfileDraft, id: string, change: Partial<MeasureDraft>): ProfileDraft => ({
  ...draft,
  groups: draft.groups.map((group) => ({
    ...group,
    measures: group.measures.map((measure) => (measure.id === id ? { ...measure, ...change } : measure)),
  })),
});

export const withLimit = (draft: ProfileDraft, id: string, change: Partial<LimitDraft>): ProfileDraft => ({
  ...draft,
  limits: draft.limits.map((limit) => (limit.id === id ? { ...limit, ...change } : limit)),
});

export const withoutGroup = (draft: ProfileDraft, id: string): ProfileDraft => ({
  ...draft,
  groups: draft.groups.filter((group) => group.id !== id),
});

export const withoutMeasure = (draft: ProfileDraft, id: string): ProfileDraft => ({
  ...draft,
  groups: draft.groups.map((group) => ({ ...group, measures: group.measures.filter((each) => each.id !== id) })),
});

export const withoutLimit = (draft: ProfileDraft, id: string): ProfileDraft => ({
  ...draft,
  limits: draft.limits.filter((limit) => limit.id !== id),
});

/** `Support & billing` → `support_billing`, and `…_2` where that is taken. */
export function keyOf(label: string, taken: readonly string[], fallback: string): string {
  const plain = label
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '')
    .slice(0, 24);
  const base = plain === '' ? fallback : plain;
  if (!taken.includes(base)) return base;
  let n = 2;
  while (taken.includes(`${base}_${n}`)) n += 1;
  return `${base}_${n}`;
}

export function withNewGroup(draft: ProfileDraft, label: string): ProfileDraft {
  const keys = draft.groups.map(({ key }) => key);
  const group: GroupDraft = { id: nextId(), key: keyOf(label, keys, 'group'), label, weight: 10, measures: [] };
  return { ...draft, groups: [...draft.groups, group] };
}

export function withNewMeasure(
  draft: ProfileDraft,
  groupId: string,
  signal: Pick<SignalEntry, 'key' | 'better' | 'unit'>,
  seen: SeenValues | null,
): ProfileDraft {
  const measure: MeasureDraft = {
    id: nextId(),
    signal: signal.key,
    weight: 1,
    normalizer: usualNormalizer(signal, seen),
  };
  return {
    ...draft,
    groups: draft.groups.map((group) =>
      group.id === groupId ? { ...group, measures: [...group.measures, measure] } : group,
    ),
  };
}

/**
 * What a new measure begins with: a line over the middle nine tenths of what accounts have today, rising or falling as
 * the signal is good news; without data, over what its unit suggests.
 */
export function usualNormalizer(
  { better, unit }: Pick<SignalEntry, 'better' | 'unit'>,
  seen: SeenValues | null,
): NormalizerDraft {
  const isKnown = seen?.low != null && seen.high != null && seen.low < seen.high;
  const [low, high] = isKnown ? [seen.low, seen.high] : [0, unit === 'yesNo' ? 1 : unit === 'percent' ? 100 : 10];
  return better === 'down' ? { kind: 'linear', from: high, to: low } : { kind: 'linear', from: low, to: high };
}

export function withNewLimit(draft: ProfileDraft, kind: LimitDraft['kind']): ProfileDraft {
  const keys = draft.limits.map(({ key }) => key);
  const limit: LimitDraft = {
    id: nextId(),
    key: keyOf(kind, keys, kind),
    kind,
    at: kind === 'cap' ? 30 : 71,
    rule: null,
    reason: '',
    skipInQuietPeriods: false,
  };
  return { ...draft, limits: [...draft.limits, limit] };
}

/** The same place on a scale in another way of scoring: what a line gives at its ends becomes bands, and back. */
export function inOtherWay(normalizer: NormalizerDraft): NormalizerDraft {
  if (normalizer.kind === 'linear') {
    const { from, to } = normalizer;
    if (from === null || to === null) return bandsOf([[null, 0]]);
    const isRising = from < to;
    const [low, high] = isRising ? [from, to] : [to, from];
    return bandsOf([
      [low, isRising ? 0 : 100],
      [high, 50],
      [null, isRising ? 100 : 0],
    ]);
  }
  const ends = normalizer.steps.flatMap(({ to }) => (to === null ? [] : [to]));
  const [low, high] = [ends[0] ?? null, ends.length > 1 ? (ends.at(-1) ?? null) : null];
  const isRising = (normalizer.steps.at(-1)?.score ?? 0) >= (normalizer.steps[0]?.score ?? 0);
  return isRising ? { kind: 'linear', from: low, to: high } : { kind: 'linear', from: high, to: low };
}

const bandsOf = (steps: [to: number | null, score: number][]): NormalizerDraft => ({
  kind: 'bands',
  lowest: null,
  highest: null,
  steps: steps.map(([to, score]) => ({ id: nextId(), to, score })),
});

/** A thing of a list one place up (−1) or down (+1); at the end it stays. */
export function movedBy<T extends { id: string }>(list: readonly T[], id: string, by: -1 | 1): T[] {
  const from = list.findIndex((each) => each.id === id);
  const to = from + by;
  const next = [...list];
  const [thing] = from < 0 || to < 0 || to >= list.length ? [] : next.splice(from, 1);
  if (thing !== undefined) next.splice(to, 0, thing);
  return next;
}
