import { type Day, isoOf } from '../calendar/day.js';
import { isMonthEnd } from '../calendar/month.js';
import { weekday } from '../calendar/week.js';
import type { FactRow } from '../values/fact-rows.js';
import type { AccountPlan, ContactPlan, SampleCompany } from './plan.js';
import { randomOf } from './random.js';
import { type Condition, conditionOf } from './stories.js';
import { FEATURES } from './vocabulary.js';

/** Runs by itself on customers' machines: delivered like any event, but no sign of a person's activity. */
export const BACKGROUND_EVENT = 'Calendar Synced';

export function conditionOn(plan: AccountPlan, day: Day): Condition {
  return conditionOf(plan.story, {
    tenureDays: day - plan.startsOn,
    sinceTurnDays: day - plan.turnsOn,
    yearShare: (day % 365) / 365,
    vigour: plan.vigour,
  });
}

/** People who have joined, have not left, and belong to the share of the account that uses the product at all. */
export function usersOn(plan: AccountPlan, day: Day, condition: Condition): ContactPlan[] {
  const present = plan.contacts.filter(
    ({ joinsOn, leavesOn }) => joinsOn <= day && (leavesOn === null || day < leavesOn),
  );
  return present.slice(0, Math.round(present.length * condition.reach));
}

export function usageFacts(company: SampleCompany, plan: AccountPlan, day: Day): FactRow[] {
  const condition = conditionOn(plan, day);
  const random = randomOf(company.seed, 'usage', plan.index, day);
  const account = { via: 'externalId', id: plan.externalId } as const;
  const working = weekday(day) <= 5;
  const known = Math.max(1, Math.round(FEATURES.length * condition.breadth));
  const facts: FactRow[] = [];
  for (const contact of usersOn(plan, day, condition)) {
    if (!random.chance(working ? condition.intensity : condition.intensity * 0.08)) continue;
    const actions = random.between(1, 2);
    for (let action = 0; action < actions; action += 1) {
      // Squaring leans towards the features that everybody uses.
      const feature = FEATURES[Math.floor(random.next() ** 2 * known)] ?? FEATURES[0];
      const second = random.between(7 * 3600, 19 * 3600);
      facts.push({
        kind: 'event',
        account,
        messageId: `${contact.id}-${day}-${action}`,
        contact: { externalId: contact.id, email: null, name: null },
        name: feature === 'exports' ? 'Report Exported' : 'Feature Used',
        feature,
        occurredAt: new Date(day * 86_400_000 + second * 1000).toISOString(),
        count: 1,
        properties: feature === 'exports' ? { format: random.pick(['pdf', 'csv', 'xlsx']) } : {},
      });
    }
  }
  if (random.chance(0.1)) {
    facts.push({
      kind: 'event',
      account,
      messageId: `sync-${plan.index}-${day}`,
      contact: null,
      name: BACKGROUND_EVENT,
      feature: null,
      occurredAt: new Date(day * 86_400_000 + 4 * 3_600_000).toISOString(),
      count: 1,
      properties: {},
    });
  }
  if (isMonthEnd(day)) {
    const runs = plan.contacts.length * 40 * condition.reach * (0.5 + condition.breadth) * random.uniform(0.9, 1.1);
    facts.push({
      kind: 'metric',
      account,
      metric: 'automation_runs',
      day: isoOf(day),
      value: Math.round(runs),
      period: 'month',
    });
  }
  return facts;
}
