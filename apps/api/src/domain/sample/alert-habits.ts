import type { AlertOutcome, AlertSeverity } from '@steward/shared/alerts';
import { businessHoursAfter } from '../calendar/business-hours.js';
import { hashOf } from './random.js';
import { SAMPLE_TEAM } from './team.js';

/** An alert as its owner sees it come. */
export interface SeenAlert {
  id: string;
  openedAtMs: number;
  severity: AlertSeverity;
  /** Of whoever answers for the account. */
  ownerEmail: string;
}

/** What becomes of it by its owner; instants in milliseconds since 1970. */
export interface AlertAnswer {
  acknowledgedAtMs: number;
  /** Null: it is left to clear by itself. */
  resolved: { atMs: number; outcome: AlertOutcome } | null;
}

/** In a hundred alerts, those that nobody ever looks at, and those that are looked at and left to clear. */
const [NEVER, LEFT] = [8, 25];
/** Business hours until somebody looks, and from then on to the end, as often as they stand here. */
const HOURS_TO_LOOK = [0.5, 1, 1, 2, 2, 3, 4, 6, 9, 14, 30] as const;
const HOURS_TO_END = [4, 8, 12, 16, 24, 32, 40, 56, 80] as const;
const OUTCOMES: readonly AlertOutcome[] = [
  ...Array<AlertOutcome>(11).fill('successful'),
  ...Array<AlertOutcome>(5).fill('unsuccessful'),
  ...Array<AlertOutcome>(4).fill('falseAlarm'),
];
const DILIGENCE = new Map(SAMPLE_TEAM.map(({ email, diligence }) => [email, diligence]));

/**
 * How the sample's people answer an alert; the same for the same alert. What is urgent is looked at in half the time, and
 * the diligent are quicker. Null: never; so it is for everybody who is none of them.
 */
export function answerTo({ id, openedAtMs, severity, ownerEmail }: SeenAlert, timeZone: string): AlertAnswer | null {
  const of = <Item>(items: readonly Item[], what: string) => items[hashOf(what, id) % items.length] as Item;
  const diligence = DILIGENCE.get(ownerEmail);
  if (diligence === undefined || hashOf('alert', id) % 100 < NEVER) return null;
  const urgency = severity === 'critical' || severity === 'high' ? 2 : 1;
  const acknowledgedAtMs = businessHoursAfter(openedAtMs, of(HOURS_TO_LOOK, 'look') / diligence / urgency, timeZone);
  if (hashOf('left', id) % 100 < LEFT) return { acknowledgedAtMs, resolved: null };
  const atMs = businessHoursAfter(acknowledgedAtMs, of(HOURS_TO_END, 'end') / diligence, timeZone);
  return { acknowledgedAtMs, resolved: { atMs, outcome: of(OUTCOMES, 'outcome') } };
}
