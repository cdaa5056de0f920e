import { type Day, toDay } from '../../../domain/calendar/day.js';
import type { Batch } from '../../batch.js';
import { AccountDraft, type Drafts } from './account-draft.js';
import type { AccountFactRow } from './account-fields.repository.js';
import { FactsOfWalk } from './facts-of-walk.js';
import type { FactsToLoad } from './facts-to-load.js';

const batch: Batch = { kind: 'list', ids: ['a', 'b'] };
const row = (id: string, seats = 1) => ({ id, status: 'customer', seats }) as AccountFactRow;
const wanted = (asOf: Day, rates: string[] = []) =>
  ({
    asOf,
    through: asOf,
    rates: rates.map((from) => ({ currency: 'EUR', from: toDay(from), rate: 1.1 })),
  }) as unknown as FactsToLoad;
const walkTo = (last: string) => new FactsOfWalk(toDay(last), (day) => wanted(day));
const draftsOf = (...ids: string[]): Drafts => new Map(ids.map((id) => [id, new AccountDraft(row(id))]));

describe('days that share the facts of a walk', () => {
  const from = (day: string, rates: string[] = []) => wanted(toDay(day), rates);

  it('are fifteen, and none after the last of the walk', () => {
    expect(walkTo('2026-04-30').lastTogetherWith(from('2026-04-01')).asOf).toBe(toDay('2026-04-15'));
    expect(walkTo('2026-04-03').lastTogetherWith(from('2026-04-01')).asOf).toBe(toDay('2026-04-03'));
  });

  it('end before the next exchange rate, whatever order rates come in: amounts are converted where they are loaded', () => {
    const rates = ['2026-04-20', '2026-04-06', '2026-04-01', '2026-03-01'];
    expect(walkTo('2026-04-30').lastTogetherWith(from('2026-04-01', rates)).asOf).toBe(toDay('2026-04-05'));
    expect(walkTo('2026-04-30').lastTogetherWith(from('2026-04-06', rates)).asOf).toBe(toDay('2026-04-19'));
  });
});

describe('the facts of a walk', () => {
  const days = { ...wanted(toDay('2026-04-01')), through: toDay('2026-04-15') };
  let walk: FactsOfWalk;
  beforeEach(() => {
    walk = walkTo('2026-04-30');
    walk.keep(batch, days, draftsOf('a', 'b'));
  });

  it('serve their days alone, and their batch', () => {
    const rows = [row('a'), row('b')];
    expect(walk.kept(batch, toDay('2026-04-15'), rows)?.size).toBe(2);
    expect(walk.kept(batch, toDay('2026-04-16'), rows)).toBeNull();
    expect(walk.kept(batch, toDay('2026-03-31'), rows)).toBeNull();
    expect(walk.kept({ kind: 'list', ids: ['a'] }, toDay('2026-04-02'), rows)).toBeNull();
  });

  it('leave out an account that has gone, and see each as it is now', () => {
    const kept = walk.kept(batch, toDay('2026-04-02'), [row('b', 7)]);
    expect([...(kept ?? [])].map(([id, draft]) => [id, draft.row.seats])).toEqual([['b', 7]]);
  });

  it('are loaded anew where an account has come', () => {
    expect(walk.kept(batch, toDay('2026-04-02'), [row('a'), row('b'), row('c')])).toBeNull();
  });
});
