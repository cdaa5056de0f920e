import { toDay } from '../calendar/day.js';
import type { FactRow } from '../values/fact-rows.js';
import { accountPlans, factsByDay, sampleCompany } from './company.js';
import { factsOfDay } from './facts-of-day.js';
import { STORIES } from './stories.js';

const company = sampleCompany({ accounts: 120, months: 6, seed: 7, to: toDay('2026-04-15') });

function tell(): FactRow[] {
  return [...factsByDay(company)].flatMap(({ facts }) => facts);
}

describe('the sample company', () => {
  const facts = tell();

  it('is the same for the same seed and another for another', () => {
    expect(tell()).toEqual(facts);
    const other = sampleCompany({ accounts: 120, months: 6, seed: 8, to: toDay('2026-04-15') });
    expect([...factsByDay(other)].flatMap((day) => day.facts)).not.toEqual(facts);
  });

  it('tells any day on its own', () => {
    const day = toDay('2026-02-11');
    const plans = accountPlans(company);
    const inOrder = [...factsByDay(company)].find((told) => told.day === day)?.facts ?? [];
    const alone = plans.flatMap((plan) => factsOfDay(company, plan, day));
    const byText = (rows: FactRow[]) => rows.map((row) => JSON.stringify(row)).sort();
    expect(byText(alone)).toEqual(byText(inOrder));
  });

  it('has every story and every kind of fact', () => {
    expect(new Set(accountPlans(company).map(({ story }) => story))).toEqual(new Set(STORIES));
    expect(new Set(facts.map(({ kind }) => kind))).toEqual(
      new Set([
        'account',
        'contact',
        'event',
        'metric',
        'subscription',
        'invoice',
        'ticket',
        'survey',
        'touchpoint',
        'deal',
        'pulse',
      ]),
    );
  });

  it('never uses a message id twice', () => {
    const ids = facts.flatMap((fact) => (fact.kind === 'event' ? [fact.messageId] : []));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('dates nothing after its last day', () => {
    const dated = facts.flatMap((fact) =>
      fact.kind === 'event' ? [fact.occurredAt?.slice(0, 10)] : 'day' in fact ? [fact.day] : [],
    );
    expect(dated.filter((day) => day !== undefined && day > '2026-04-15')).toEqual([]);
  });

  it('lets fading accounts use the product less and leave more often than healthy ones', () => {
    const long = sampleCompany({ accounts: 600, months: 18, seed: 1, to: toDay('2026-04-15') });
    const plans = accountPlans(long);
    const churned = (story: string) => {
      const told = plans.filter((plan) => plan.story === story && !plan.prospect);
      return told.filter((plan) => plan.churnsOn !== null && plan.churnsOn <= long.to).length / told.length;
    };
    expect(churned('slow_fade')).toBeGreaterThan(0.15);
    expect(churned('healthy')).toBeLessThan(0.05);
    const fading = plans.find(
      (plan) =>
        plan.story === 'slow_fade' &&
        plan.churnsOn === null &&
        plan.turnsOn < toDay('2025-10-01') &&
        plan.contacts.length > 8,
    );
    if (!fading) throw new Error('no fading account in the sample');
    const eventsOn = (from: string, days: number) =>
      Array.from({ length: days }, (_, each) =>
        factsOfDay(long, fading, (toDay(from) + each) as ReturnType<typeof toDay>),
      )
        .flat()
        .filter(({ kind }) => kind === 'event').length;
    expect(eventsOn('2026-03-10', 30)).toBeLessThan(eventsOn('2025-02-01', 30) + eventsOn('2025-03-01', 30));
  });
});
