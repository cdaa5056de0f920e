import type { SignalEntry } from '@steward/shared/model';
import type { ProfileDraft } from '@steward/shared/model-drafts';
import type { GroupDraft, LimitDraft, MeasureDraft, NormalizerDraft } from './profile-draft.js';

/**
 * What can be done to a draft. Each gives a new draft and leaves the old one as it is, for taking back. Groups and caps
 * are known by their key, measures by their signal.
 */

const changed = <T>(list: readonly T[], isIt: (each: T) => boolean, change: Partial<T>): T[] =>
  list.map((each) => (isIt(each) ? { ...each, ...change } : each));

export const withGroup = (draft: ProfileDraft, key: string, change: Partial<GroupDraft>): ProfileDraft => ({
  ...draft,
  groups: changed(draft.groups, (group) => group.key === key, change),
});

export const withMeasure = (draft: ProfileDraft, signal: string, change: Partial<MeasureDraft>): ProfileDraft => ({
  ...draft,
  groups: draft.groups.map((group) => ({
    ...group,
    measures: changed(group.measures, (measure) => measure.signal === signal, change),
  })),
});

export const withLimit = (draft: ProfileDraft, key: string, change: Partial<LimitDraft>): ProfileDraft => ({
  ...draft,
  limits: changed(draft.limits, (limit) => limit.key === key, change),
});

export const withoutGroup = (draft: ProfileDraft, key: string): ProfileDraft => ({
  ...draft,
  groups: draft.groups.filter((group) => group.key !== key),
});

export const withoutMeasure = (draft: ProfileDraft, signal: string): ProfileDraft => ({
  ...draft,
  groups: draft.groups.map((group) => ({
    ...group,
    measures: group.measures.filter((each) => each.signal !== signal),
  })),
});

export const withoutLimit = (draft: ProfileDraft, key: string): ProfileDraft => ({
  ...draft,
  limits: draft.limits.filter((limit) => limit.key !== key),
});

/** A measure as it is, at the end of another group. */
export function withMeasureIn(draft: ProfileDraft, signal: string, groupKey: string): ProfileDraft {
  const measure = draft.groups.flatMap(({ measures }) => measures).find((each) => each.signal === signal);
  if (measure === undefined) return draft;
  const without = withoutMeasure(draft, signal);
  return {
    ...without,
    groups: without.groups.map((group) =>
      group.key === groupKey ? { ...group, measures: [...group.measures, measure] } : group,
    ),
  };
}

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

/** The group's key stays when it is called otherwise later. */
export function withNewGroup(draft: ProfileDraft, label: string): ProfileDraft {
  const keys = draft.groups.map(({ key }) => key);
  const group: GroupDraft = { key: keyOf(label, keys, 'group'), label, weight: 10, measures: [] };
  return { ...draft, groups: [...draft.groups, group] };
}

/** Where the middle nine tenths of the accounts' values begin and end. */
export interface SeenValues {
  low: number | null;
  high: number | null;
}

export function withNewMeasure(
  draft: ProfileDraft,
  groupKey: string,
  signal: Pick<SignalEntry, 'key' | 'better' | 'unit'>,
  seen: SeenValues | null,
): ProfileDraft {
  const measure: MeasureDraft = { signal: signal.key, weight: 1, normalizer: usualNormalizer(signal, seen) };
  const measures = draft.groups.find(({ key }) => key === groupKey)?.measures ?? [];
  return withGroup(draft, groupKey, { measures: [...measures, measure] });
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
    key: keyOf(kind, keys, kind),
    kind,
    at: kind === 'cap' ? 30 : 71,
    rule: null,
    reason: '',
    skipInQuietPeriods: false,
  };
  return { ...draft, limits: [...draft.limits, limit] };
}

type BandsDraft = Extract<NormalizerDraft, { kind: 'bands' }>;

/** Where a band ends the next one begins, so that no value falls between them. */
export function withBandEnd(bands: BandsDraft['bands'], index: number, to: number | null): BandsDraft['bands'] {
  return bands.map((band, at) => (at === index ? { ...band, to } : at === index + 1 ? { ...band, from: to } : band));
}

/** Another band above the last one, which ends where the person says. */
export function withBandAbove(bands: BandsDraft['bands']): BandsDraft['bands'] {
  const last = bands.at(-1);
  if (last === undefined) return [{ from: null, to: null, score: 0 }];
  return [...bands.slice(0, -1), { ...last, to: null }, { from: null, to: last.to, score: last.score }];
}

/** What a removed band covered goes to the one below it, or above it where it was the lowest. */
export function withoutBand(bands: BandsDraft['bands'], index: number): BandsDraft['bands'] {
  const gone = bands[index];
  if (gone === undefined || bands.length === 1) return bands;
  const rest = bands.filter((_, at) => at !== index);
  return rest.map((band, at) => {
    if (index > 0 && at === index - 1) return { ...band, to: gone.to };
    return index === 0 && at === 0 ? { ...band, from: gone.from } : band;
  });
}

/** The same place on a scale in another way of scoring: what a line gives at its ends becomes bands, and back. */
export function inOtherWay(normalizer: NormalizerDraft): NormalizerDraft {
  if (normalizer.kind === 'linear') {
    const { from, to } = normalizer;
    if (from === null || to === null) return { kind: 'bands', bands: [{ from: null, to: null, score: 0 }] };
    const isRising = from < to;
    const [low, high] = isRising ? [from, to] : [to, from];
    return {
      kind: 'bands',
      bands: [
        { from: null, to: low, score: isRising ? 0 : 100 },
        { from: low, to: high, score: 50 },
        { from: high, to: null, score: isRising ? 100 : 0 },
      ],
    };
  }
  const ends = normalizer.bands.slice(0, -1).map(({ to }) => to);
  const [low, high] = [ends[0] ?? null, ends.length > 1 ? (ends.at(-1) ?? null) : null];
  const isRising = (normalizer.bands.at(-1)?.score ?? 0) >= (normalizer.bands[0]?.score ?? 0);
  return isRising ? { kind: 'linear', from: low, to: high } : { kind: 'linear', from: high, to: low };
}

/** A thing of a list one place up (−1) or down (+1); at the end it stays. */
export function movedBy<T>(list: readonly T[], isIt: (each: T) => boolean, by: -1 | 1): T[] {
  const from = list.findIndex(isIt);
  const to = from + by;
  const next = [...list];
  if (from < 0 || to < 0 || to >= list.length) return next;
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
