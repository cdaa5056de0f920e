import { type ProfileBody, profileBodySchema } from '@steward/shared/health';
import type { ProfileDraft } from '@steward/shared/model-drafts';

/** A health profile while it is being written: a number that is not typed and a rule that is not finished are null. */

export type GroupDraft = ProfileDraft['groups'][number];
export type MeasureDraft = GroupDraft['measures'][number];
export type NormalizerDraft = MeasureDraft['normalizer'];
export type LimitDraft = ProfileDraft['limits'][number];

/** The whole profile, as it could be published; null while something is missing or wrong. */
export const bodyOf = (draft: ProfileDraft): ProfileBody | null => profileBodySchema.safeParse(draft).data ?? null;

const NUMBER = 'Enter a number';
const CONDITION = 'Say on which accounts it holds';

/** What is still to be filled in, by its place in the profile. */
export function missingIn(draft: ProfileDraft): Record<string, string> {
  const missing: Record<string, string> = {};
  const needNumber = (path: string, value: number | null) => {
    if (value === null) missing[path] = NUMBER;
  };
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
    if (rule === null) missing[`limits.${index}.rule`] = CONDITION;
    if (reason.trim() === '') missing[`limits.${index}.reason`] = 'Say why, for those who read the score';
  });
  needNumber('bands.watchFrom', draft.bands.watchFrom);
  needNumber('bands.healthyFrom', draft.bands.healthyFrom);
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
  const last = normalizer.bands.length - 1;
  return normalizer.bands.flatMap(({ to, score }, index): [string, number | null][] => [
    ...(index === last ? [] : [[`bands.${index}.to`, to] as [string, number | null]]),
    [`bands.${index}.score`, score],
  ]);
}

export interface Problem {
  path: string;
  message: string;
}

/** What is wrong, by place: what is missing is seen at once and stands for what the server says of the same place. */
export function problemsIn(draft: ProfileDraft, said: readonly Problem[]): Problem[] {
  const missing = Object.entries(missingIn(draft)).map(([path, message]) => ({ path, message }));
  const known = new Set(missing.map(({ path }) => path));
  return [...missing, ...said.filter(({ path }) => !known.has(path))];
}

/** What is said of one place, or of what lies within it; undefined: nothing. */
export function problemAt(problems: readonly Problem[], place: string): string | undefined {
  const said = problems.filter(({ path }) => path === place || path.startsWith(`${place}.`));
  return said.length === 0 ? undefined : [...new Set(said.map(({ message }) => message))].join('; ');
}

/** What is said of one place itself. */
export function problemOf(problems: readonly Problem[], place: string): string | undefined {
  return problems.find(({ path }) => path === place)?.message;
}

/** What is said within a place, with places within that. */
export const problemsWithin = (problems: readonly Problem[], place: string): Problem[] =>
  problems
    .filter(({ path }) => path === place || path.startsWith(`${place}.`))
    .map(({ path, message }) => ({ path: path.slice(place.length).replace(/^\./, ''), message }));
