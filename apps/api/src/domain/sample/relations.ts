import { type Day, isoOf } from '../calendar/day.js';
import { weekday } from '../calendar/week.js';
import type { FactRow } from '../values/fact-rows.js';
import { type AccountPlan, type SampleCompany, SURVEY_EVERY_DAYS } from './plan.js';
import { hashOf, randomOf } from './random.js';
import { conditionOn, usersOn } from './usage.js';
import { TOUCH_TEXTS } from './vocabulary.js';

const PULSE_EVERY_DAYS = 42;

/** Survey answers, touchpoints and pulses of the day. */
export function relationFacts(company: SampleCompany, plan: AccountPlan, day: Day): FactRow[] {
  return [
    ...surveyFacts(company, plan, day),
    ...touchpointFacts(company, plan, day),
    ...pulseFacts(company, plan, day),
  ];
}

function surveyFacts(company: SampleCompany, plan: AccountPlan, day: Day): FactRow[] {
  const condition = conditionOn(plan, day);
  const asked = usersOn(plan, day, condition).filter(({ surveyPhase }) => day % SURVEY_EVERY_DAYS === surveyPhase);
  return asked.flatMap((contact): FactRow[] => {
    const random = randomOf(company.seed, 'survey', contact.id, day);
    if (!random.chance(0.3)) return [];
    const score = Math.min(10, Math.max(0, Math.round(random.normal(4.4 + 6 * condition.contentment, 1.1))));
    return [
      {
        kind: 'survey',
        account: { via: 'externalId', id: plan.externalId },
        id: `N-${contact.id}-${day}`,
        survey: 'nps',
        rating: { score, scaleMin: 0, scaleMax: 10 },
        day: isoOf(day),
        comment: null,
        contact: { externalId: contact.id, email: null, name: null },
      },
    ];
  });
}

function touchpointFacts(company: SampleCompany, plan: AccountPlan, day: Day): FactRow[] {
  if (plan.csm === null || weekday(day) > 5) return [];
  const random = randomOf(company.seed, 'touch', plan.index, day);
  // Cadences are calendar days, touches happen on working days.
  if (!random.chance((plan.csm.diligence * 1.4) / plan.cadenceDays)) return [];
  const present = plan.contacts.filter(
    ({ joinsOn, leavesOn }) => joinsOn <= day && (leavesOn === null || day < leavesOn),
  );
  const contact = random.pick(present.slice(0, 4));
  return [
    {
      kind: 'touchpoint',
      account: { via: 'externalId', id: plan.externalId },
      id: `TP-${plan.index + 1}-${day}`,
      touchpoint: random.pick(['call', 'meeting', 'email'] as const),
      day: isoOf(day),
      at: new Date(day * 86_400_000 + random.between(9, 16) * 3_600_000).toISOString(),
      author: plan.csm.email,
      contacts: [{ externalId: contact.id, email: null, name: null }],
      text: random.pick(TOUCH_TEXTS),
      links: [],
      counts: true,
    },
  ];
}

function pulseFacts(company: SampleCompany, plan: AccountPlan, day: Day): FactRow[] {
  if (plan.csm === null || (day + hashOf(company.seed, 'pulse', plan.index)) % PULSE_EVERY_DAYS !== 0) return [];
  const random = randomOf(company.seed, 'pulse', plan.index, day);
  if (!random.chance(0.7)) return [];
  const value = Math.min(6, Math.max(1, Math.round(random.normal(0.8 + 5 * conditionOn(plan, day).contentment, 0.7))));
  return [
    {
      kind: 'pulse',
      account: { via: 'externalId', id: plan.externalId },
      day: isoOf(day),
      value,
      reasons: value <= 3 ? [random.pick(['adoption', 'relationship', 'product', 'support', 'price'])] : [],
      author: plan.csm.email,
      note: null,
    },
  ];
}
