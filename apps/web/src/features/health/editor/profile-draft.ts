import { type Normalizer, type ProfileBody, profileBodySchema, type ScoreLimit } from '@steward/shared/health';
import { type ProfileDraft as KeptDraft, profileDraftSchema } from '@steward/shared/model-drafts';
import type { Rule } from '@steward/shared/rules';

/** A health profile while it is being written: a number that is not typed and a rule that is not finished are null. */

export interface LinearDraft {
  kind: 'linear';
  from: number | null;
  to: number | null;
}

/** Steps from the lowest values up: each ends where the next begins; the last one has no end that could be changed. */
export interface BandsDraft {
  kind: 'bands';
  /** Where the first band begins and the last one ends, as they were; values beyond score the same. */
  lowest: number | null;
  highest: number | null;
  steps: { id: string; to: number | null; score: number | null }[];
}

export type NormalizerDraft = LinearDraft | BandsDraft;

export interface MeasureDraft {
  id: string;
  signal: string;
  weight: number | null;
  normalizer: NormalizerDraft;
}

export interface GroupDraft {
  id: string;
  /** Stays as it is when the group is called otherwise. */
  key: string;
  label: string;
  weight: number | null;
  measures: MeasureDraft[];
}

export interface LimitDraft {
  id: string;
  key: string;
  kind: ScoreLimit['kind'];
  at: number | null;
  rule: Rule | null;
  reason: string;
  skipInQuietPeriods: boolean;
}

export interface ProfileDraft {
  /** Undefined: all accounts. Null: the rule is not finished. */
  scope: Rule | null | undefined;
  groups: GroupDraft[];
  limits: LimitDraft[];
  watchFrom: number | null;
  healthyFrom: number | null;
  minCoverage: number | null;
  pulseGap: number | null;
}

let lastId = 0;
/** Tells the parts of a draft apart while it is on screen; never sent. */
export function nextId(): string {
  lastId += 1;
  return `part${lastId}`;
}

export function normalizerDraftOf(normalizer: Normalizer | SentNormalizer): NormalizerDraft {
  if (normalizer.kind === 'linear') return normalizer;
  const { bands } = normalizer;
  return {
    kind: 'bands',
    lowest: bands[0]?.from ?? null,
    highest: bands.at(-1)?.to ?? null,
    steps: bands.map(({ to, score }) => ({ id: nextId(), to, score })),
  };
}

const groupDraftOf = ({ measures, ...group }: KeptDraft['groups'][number]): GroupDraft => ({
  ...group,
  id: nextId(),
  measures: measures.map(({ normalizer, ...measure }) => ({
    ...measure,
    id: nextId(),
    normalizer: normalizerDraftOf(normalizer),
  })),
});

export function draftOf(body: ProfileBody | KeptDraft): ProfileDraft {
  return {
    scope: body.scope ?? undefined,
    groups: body.groups.map(groupDraftOf),
    limits: body.limits.map((limit) => ({ ...limit, id: nextId() })),
    watchFrom: body.bands.watchFrom,
    healthyFrom: body.bands.healthyFrom,
    minCoverage: body.minCoverage,
    pulseGap: body.pulseGap,
  };
}

type SentNormalizer = KeptDraft['groups'][number]['measures'][number]['normalizer'];

function sentNormalizer(draft: NormalizerDraft): SentNormalizer {
  if (draft.kind === 'linear') return draft;
  const last = draft.steps.length - 1;
  return {
    kind: 'bands',
    bands: draft.steps.map(({ to, score }, index) => ({
      from: index === 0 ? draft.lowest : (draft.steps[index - 1]?.to ?? null),
      to: index === last ? draft.highest : to,
      score,
    })),
  };
}

/** What is kept on the server; null while the condition of the scope is not finished: kept, it would mean all accounts. */
export function keptOf(draft: ProfileDraft): KeptDraft | null {
  const { scope, groups, limits, watchFrom, healthyFrom, minCoverage, pulseGap } = draft;
  if (scope === null) return null;
  return {
    scope: scope ?? null,
    groups: groups.map(({ id: _id, measures, label, ...group }) => ({
      ...group,
      label: label.trim(),
      measures: measures.map(({ id: _own, normalizer, ...measure }) => ({
        ...measure,
        normalizer: sentNormalizer(normalizer),
      })),
    })),
    limits: limits.map(({ id: _id, reason, ...limit }) => ({ ...limit, reason: reason.trim() })),
    bands: { watchFrom, healthyFrom },
    minCoverage,
    pulseGap,
  };
}

/** The whole profile, as it could be published; null while something is missing or wrong. */
export function bodyOf(draft: ProfileDraft): ProfileBody | null {
  const kept = keptOf(draft);
  return kept === null ? null : (profileBodySchema.safeParse(kept).data ?? null);
}

/** A draft as it was kept; null where that is none that could be shown. */
export function draftOfKept(body: unknown): ProfileDraft | null {
  const { data } = profileDraftSchema.safeParse(body);
  return data === undefined ? null : draftOf(data);
}

const NUMBER = 'Enter a number';

/** What is still to be filled in, by its place in the profile's body. */
export function missingIn(draft: ProfileDraft): Record<string, string> {
  const missing: Record<string, string> = {};
  const needNumber = (path: string, value: number | null) => {
    if (value === null) missing[path] = NUMBER;
  };
  if (draft.scope === null) missing.scope = 'A condition is not finished';
  if (draft.groups.length === 0) missing.groups = 'A profile needs a group with a measure';
  draft.groups.forEach((group, g) => {
    const at = `groups.${g}`;
    if (group.label.trim() === '') missing[`${at}.label`] = 'Enter a name';
    needNumber(`${at}.weight`, group.weight);
    if (group.measures.length === 0) missing[`${at}.measures`] = 'Add a measure, or remove the group';
    group.measures.forEach(({ weight, normalizer }, m) => {
      const own = `${at}.measures.${m}`;
      needNumber(`${own}.weight`, weight);
      for (const [path, value] of numbersOf(normalizer)) needNumber(`${own}.normalizer.${path}`, value);
    });
  });
  draft.limits.forEach(({ at, rule, reason }, index) => {
    needNumber(`limits.${index}.at`, at);
    if (rule === null) missing[`limits.${index}.rule`] = 'A condition is not finished';
    if (reason.trim() === '') missing[`limits.${index}.reason`] = 'Say why, for those who read the score';
  });
  needNumber('bands.watchFrom', draft.watchFrom);
  needNumber('bands.healthyFrom', draft.healthyFrom);
  needNumber('minCoverage', draft.minCoverage);
  needNumber('pulseGap', draft.pulseGap);
  return missing;
}

function numbersOf(normalizer: NormalizerDraft): [path: string, value: number | null][] {
  if (normalizer.kind === 'linear') {
    return [
      ['from', normalizer.from],
      ['to', normalizer.to],
    ];
  }
  const last = normalizer.steps.length - 1;
  return normalizer.steps.flatMap(({ to, score }, index): [string, number | null][] => [
    ...(index === last ? [] : [[`bands.${index}.to`, to] as [string, number | null]]),
    [`bands.${index}.score`, score],
  ]);
}
