import type { Deal } from '@steward/shared/deals';
import type { Renewal } from '@steward/shared/renewals';
import type { Subscription } from '@steward/shared/subscriptions';
import { dealsOn, renewalsOn, subscriptionsOn } from './as-it-stood.js';

const DAY = '2026-09-23';
const renewal = (some: Partial<Renewal>) => ({ state: 'upcoming', outcomeDay: null, ...some }) as Renewal;
const deal = (some: Partial<Deal>) =>
  ({
    openedOn: '2026-08-01',
    state: 'open',
    endedOn: null,
    closeOn: null,
    billedOn: null,
    reason: null,
    ...some,
  }) as Deal;

it('a renewal that was lost later is still to come, and the one after it is not there yet', () => {
  const found = renewalsOn(
    [
      renewal({ dueOn: '2027-12-05' }),
      renewal({ dueOn: '2026-12-05', state: 'lost', outcomeDay: '2026-10-30' }),
      renewal({ dueOn: '2025-12-05', state: 'renewed', outcomeDay: '2025-12-06' }),
    ],
    DAY,
  );
  expect(found.map(({ dueOn, state }) => [dueOn, state])).toEqual([
    ['2026-12-05', 'upcoming'],
    ['2025-12-05', 'renewed'],
  ]);
});

it('a renewal that was due and told of later was overdue', () => {
  const [found] = renewalsOn([renewal({ dueOn: '2026-09-20', state: 'renewed', outcomeDay: '2026-09-25' })], DAY);
  expect(found?.state).toBe('overdue');
});

it('deals that were opened later are left out, and those that ended later were open', () => {
  const found = dealsOn(
    [
      deal({ id: 'later', openedOn: '2026-09-24' }),
      deal({ id: 'lost later', state: 'lost', endedOn: '2026-10-01', reason: 'Price', closeOn: '2026-09-01' }),
      deal({ id: 'won', state: 'won', endedOn: '2026-09-20', billedOn: '2026-10-01' }),
    ],
    DAY,
  );
  expect(found).toEqual([
    expect.objectContaining({ id: 'lost later', state: 'open', endedOn: null, reason: null, overdue: true }),
    expect.objectContaining({ id: 'won', state: 'won', billedOn: null }),
  ]);
});

it('subscriptions that started later are left out, and one that ended later was active', () => {
  const subscription = (some: Partial<Subscription>) => ({ end: null, active: false, ...some }) as Subscription;
  const found = subscriptionsOn(
    [
      subscription({ id: 'later', start: '2026-10-01' }),
      subscription({ id: 'ran', start: '2026-01-01', end: '2026-09-30' }),
      subscription({ id: 'over', start: '2025-01-01', end: '2026-09-22' }),
    ],
    DAY,
  );
  expect(found.map(({ id, active }) => [id, active])).toEqual([
    ['ran', true],
    ['over', false],
  ]);
});
