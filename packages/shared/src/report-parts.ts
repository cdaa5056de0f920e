import { z } from 'zod';
import { BANDS, idSchema, isoDaySchema } from './common.js';
import { stageKeySchema } from './lifecycle.js';
import { RENEWAL_STATES } from './renewals.js';
import type { Behind } from './report-filters.js';
import { tierKeySchema } from './tiers.js';

/**
 * What a figure of a report asks of its accounts that no rule can say, such as a move between two days. The account list
 * takes such parts beside its rule: an account has to belong to all of them. They are read as of the list's day, within
 * the reader's scope.
 */

/** A band on a day; `none`: not a live account then. */
export const BANDS_OR_NONE = [...BANDS, 'none'] as const;
export type BandOrNone = (typeof BANDS_OR_NONE)[number];

/** What became of an account that entered a stage: its next move. */
export const STAGE_OUTCOMES = ['movedOn', 'lost', 'wentBack', 'stillThere'] as const;
export type StageOutcome = (typeof STAGE_OUTCOMES)[number];

const span = { from: isoDaySchema, to: isoDaySchema };
const words = z.string().max(400);

export const reportPartSchema = z.discriminatedUnion('kind', [
  /** Its band on one day and on another. */
  z.strictObject({
    kind: z.literal('bands'),
    fromDay: isoDaySchema,
    toDay: isoDaySchema,
    from: z.enum(BANDS_OR_NONE),
    to: z.enum(BANDS_OR_NONE),
  }),
  /** A renewal that is due on these days, in this state on the list's day. */
  z.strictObject({
    kind: z.literal('renewals'),
    ...span,
    state: z.enum(RENEWAL_STATES).optional(),
    atRisk: z.literal(true).optional(),
  }),
  /** It left on these days. Null: nothing is recorded. */
  z.strictObject({
    kind: z.literal('churned'),
    ...span,
    reason: words.nullable().optional(),
    canInfluence: z.boolean().nullable().optional(),
    competitor: words.optional(),
    /** The tier that it had on the day before. */
    tier: z.array(tierKeySchema).max(13).optional(),
  }),
  /** Its first entry of the stage since a day (left out: since `from`) was on these days, and this became of it by the list's day. */
  z.strictObject({
    kind: z.literal('entered'),
    ...span,
    since: isoDaySchema.optional(),
    stage: stageKeySchema,
    became: z.enum(STAGE_OUTCOMES).optional(),
  }),
  /** It was touched on these days. */
  z.strictObject({ kind: z.literal('touched'), ...span }),
  /** An open task of the person whose day has passed. Null: of nobody; left out: of anybody. */
  z.strictObject({ kind: z.literal('overdueTasks'), of: z.array(idSchema).max(500).nullable().optional() }),
  /** A running goal of the person. */
  z.strictObject({ kind: z.literal('openGoals'), of: z.array(idSchema).max(500).nullable().optional() }),
  /** An alert that opened on these days: any; one that was answered; one that a person resolved. */
  z.strictObject({ kind: z.literal('alerts'), ...span, which: z.enum(['opened', 'answered', 'resolved']) }),
]);
export type ReportPart = z.infer<typeof reportPartSchema>;
export const reportPartsSchema = z.array(reportPartSchema).max(6);

/** The account list under a rule and parts, as of a day (null: live). */
export type AccountsOfFigure = Extract<Behind, { kind: 'accounts' }> & { parts: ReportPart[] };

/** Parts in an address (`parts=`). Empty: none. */
export function partsText(parts: readonly ReportPart[]): string {
  return parts.length === 0 ? '' : JSON.stringify(parts);
}

/** Null: the text says no parts. */
export function partsFromText(text: string): ReportPart[] | null {
  if (text === '') return [];
  try {
    const read = reportPartsSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

const BAND_WORDS: Record<BandOrNone, string> = {
  at_risk: 'at risk',
  watch: 'watch',
  healthy: 'healthy',
  unknown: 'unknown',
  none: 'not live',
};
const STATE_WORDS = {
  upcoming: 'upcoming',
  overdue: 'overdue',
  renewed: 'renewed',
  renewedSmaller: 'renewed smaller',
  lost: 'lost',
} as const;
const OUTCOME_WORDS: Record<StageOutcome, string> = {
  movedOn: 'and moved on',
  lost: 'and left',
  wentBack: 'and went back',
  stillThere: 'and is still there',
};
const ALERT_WORDS = { opened: 'opened', answered: 'opened, and was answered', resolved: 'opened, and was resolved' };

/** What the account list asks beside its rule, in words. Names of stages and people are told by the caller. */
export function describePart(
  part: ReportPart,
  names: { stage: (key: string) => string; person: (id: string) => string },
): string {
  const between = 'from' in part && part.kind !== 'bands' ? `from ${part.from} to ${part.to}` : '';
  switch (part.kind) {
    case 'bands':
      return `${BAND_WORDS[part.from]} on ${part.fromDay}, ${BAND_WORDS[part.to]} on ${part.toDay}`;
    case 'renewals': {
      const state = part.state === undefined ? '' : `${STATE_WORDS[part.state]} `;
      return `${state}renewal due ${between}${part.atRisk ? ', at risk' : ''}`;
    }
    case 'churned': {
      const because = part.reason === undefined ? '' : `, ${part.reason === null ? 'no reason recorded' : part.reason}`;
      const influence =
        part.canInfluence === undefined
          ? ''
          : part.canInfluence === null
            ? ', not known whether we could influence it'
            : part.canInfluence
              ? ', something we can influence'
              : ', nothing we can influence';
      const competitor = part.competitor === undefined ? '' : `, went to ${part.competitor}`;
      const tier = part.tier === undefined ? '' : `, in ${part.tier.join(' or ')}`;
      return `left ${between}${because}${influence}${competitor}${tier}`;
    }
    case 'entered': {
      const outcome = part.became === undefined ? '' : ` ${OUTCOME_WORDS[part.became]}`;
      return `entered ${names.stage(part.stage)} ${between}${outcome}`;
    }
    case 'touched':
      return `touched ${between}`;
    case 'overdueTasks':
      return `overdue task${ofPeople(part.of, names.person)}`;
    case 'openGoals':
      return `running goal${ofPeople(part.of, names.person)}`;
    case 'alerts':
      return `alert that ${ALERT_WORDS[part.which]} ${between}`;
  }
}

function ofPeople(ids: readonly string[] | null | undefined, name: (id: string) => string): string {
  if (ids === undefined) return '';
  if (ids === null) return ' of nobody';
  return ids.length > 3 ? ` of ${ids.length} people` : ` of ${ids.map(name).join(' or ')}`;
}
