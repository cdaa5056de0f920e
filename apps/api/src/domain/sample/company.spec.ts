import { addDays, type Day, isoOf, toDay } from '../calendar/day.js';
import type { FactRow } from '../values/fact-rows.js';
import { accountPlans, factsByDay, sampleCompany } from './company.js';
import { dealFacts } from './deals.js';
import { factsOfDay } from './facts-of-day.js';
import { STORIES } from './stories.js';

const company = sampleCompany({ accounts: 120, months: 6, seed: 7, to: toDay('2026-04-15') });

function tell(): FactRow[] {
  return [...factsByDay(company)].flatMap(({ facts }) => facts);
}

describe('the sample company', () => {
  const facts = tell();

  it('is the same for the same seed and another for another', () => {
    // As text: to compare so many facts part by part takes longer than all else here.
    expect(JSON.stringify(tell()) === JSON.stringify(facts)).toBe(true);
    const other = sampleCompany({ accounts: 120, months: 6, seed: 8, to: toDay('2026-04-15') });
    expect(JSON.stringify([...factsByDay(other)].flatMap((day) => day.facts)) === JSON.stringify(facts)).toBe(false);
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

  it('tells no end of a contract before it is known', () => {
    const plans = accountPlans(sampleCompany({ accounts: 600, months: 18, seed: 1, to: toDay('2026-04-15') }));
    const long = sampleCompany({ accounts: 600, months: 18, seed: 1, to: toDay('2026-04-15') });
    const cut = plans.flatMap((plan) => {
      const term = plan.terms.find(
        ({ start, end, agreedEnd }) => end < agreedEnd && start > long.from && end < long.to,
      );
      return term && !plan.prospect ? [{ plan, term }] : [];
    });
    expect(cut.length).toBeGreaterThan(5);
    for (const { plan, term } of cut) {
      const endsTold = (day: Day) =>
        factsOfDay(long, plan, day).flatMap((fact) =>
          fact.kind === 'subscription' && fact.id === term.id ? [fact.end] : [],
        );
      expect(endsTold(term.start)).toEqual([isoOf(term.agreedEnd)]);
      expect(endsTold(addDays(term.end, 1))).toEqual([isoOf(term.end)]);
    }
  });

  it('has a pipeline: deals in every stage on its last day, some won, some lost with a reason', () => {
    const long = sampleCompany({ accounts: 600, months: 18, seed: 1, to: toDay('2026-04-15') });
    const newest = new Map<string, FactRow & { kind: 'deal' }>();
    for (const plan of accountPlans(long).filter(({ prospect }) => !prospect)) {
      for (let day = long.from; day <= long.to; day = addDays(day, 1))
        for (const fact of dealFacts(plan, day)) if (fact.kind === 'deal') newest.set(fact.id, fact);
    }
    const deals = [...newest.values()];
    const stages = new Set(deals.filter(({ outcome }) => outcome === 'open').map(({ stage }) => stage));
    expect([...stages].sort()).toEqual(['Identified', 'Negotiation', 'Proposal', 'Qualified']);
    for (const kind of ['expansion', 'renewal']) {
      const of = deals.filter((each) => each.deal === kind);
      expect(new Set(of.map(({ outcome }) => outcome))).toEqual(new Set(['open', 'won', 'lost']));
    }
    expect(deals.filter(({ outcome, reason }) => outcome === 'lost' && reason === null)).toEqual([]);
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
