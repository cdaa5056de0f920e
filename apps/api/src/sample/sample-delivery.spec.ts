import { type Day, dayFromNumber } from '../domain/calendar/day.js';
import type { FactRow } from '../domain/values/fact-rows.js';
import { deliveries } from './sample-delivery.js';

const pulse = (id: number): FactRow => ({
  kind: 'pulse',
  account: { via: 'externalId', id: `A-${id}` },
  day: '2026-01-01',
  value: 4,
  reasons: [],
  author: null,
  note: null,
});

function told(days: number, each: number): { day: Day; facts: FactRow[] }[] {
  return Array.from({ length: days }, (_, day) => ({
    day: dayFromNumber(1000 + day),
    facts: Array.from({ length: each }, (_, fact) => pulse(day * each + fact)),
  }));
}

describe('deliveries of the sample company', () => {
  it('brings every fact once and in order', () => {
    const facts = [...deliveries(told(200, 7), { today: dayFromNumber(1199), most: 50 })].flatMap((each) => each.facts);
    expect(facts).toEqual(told(200, 7).flatMap((day) => day.facts));
  });

  it('puts the distant past together and leaves the recent days apart', () => {
    const made = [...deliveries(told(200, 7), { today: dayFromNumber(1199), most: 50 })];
    const recent = made.filter(({ day }) => day > 1199 - 75);
    expect(recent.map(({ facts }) => facts.length)).toEqual(Array.from({ length: 75 }, () => 7));
    expect(made.length - recent.length).toBe(Math.ceil((125 * 7) / 56));
  });
});
