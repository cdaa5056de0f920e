import { addDays, type Day } from '../calendar/day.js';
import { hashOf } from './random.js';

/** In a hundred tasks, those that nobody ever does. */
const NEVER = 9;
/** Days after the due day, as often as they stand here: most are done on time, some early, a few late. */
const OFFSETS = [-3, -2, -1, -1, 0, 0, 0, 0, 0, 1, 2, 5] as const;

/** The day on which the sample's people do a task that is due on a day; the same for the same task. Null: never. */
export function dayOfDoing(taskId: string, dueDay: Day): Day | null {
  const hash = hashOf('task', taskId);
  if (hash % 100 < NEVER) return null;
  return addDays(dueDay, OFFSETS[Math.floor(hash / 100) % OFFSETS.length] ?? 0);
}

type Triggers = Readonly<Record<string, readonly string[]>>;

/** Which alert rules start which ready-made playbook in a workspace that shows the sample company, by their keys. */
export const SAMPLE_TRIGGERS: Triggers = {
  onboarding: ['never_activated', 'stuck_onboarding'],
  'champion-left': ['champion_gone'],
  detractor: ['detractor'],
  renewal: ['renewal_90'],
};

/** In its past also those that whoever tries the product will want to start by hand. */
export const PAST_SAMPLE_TRIGGERS: Triggers = {
  ...SAMPLE_TRIGGERS,
  save: ['churn_risk_top_tiers', 'churn_risk', 'usage_collapse'],
  expansion: ['expansion_seats', 'expansion_surge'],
};

/** As it is without the sample. */
export const NO_SAMPLE_TRIGGERS: Triggers = Object.fromEntries(
  Object.keys(PAST_SAMPLE_TRIGGERS).map((key) => [key, []]),
);
