import type { Deal } from '@steward/shared/deals';
import type { Renewal } from '@steward/shared/renewals';
import type { Subscription } from '@steward/shared/subscriptions';
import { dealsOn, renewalsOn, subscriptionsOn } from './as-it-stood.js';

const DAY = '2026-09-23';
const renewal = (some: Partial<Renewal>) => ({ state: 'upcoming', outcomeDay: null, ...some }) as Renewal;
const subscription = (some: Partial<Subscription>) =>
  ({ end: null, active: false, autoRenew: false, termMonths: null, ...some }) as Subscription;
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
    [],
    DAY,
  );
  expect(found.map(({ dueOn, state }) => [dueOn, state])).toEqual([
    ['2026-12-05', 'upcoming'],
    ['2025-12-05', 'renewed'],
  ]);
});

it('a renewal that was due and told of later was overdue', () => {
  const [found] = renewalsOn([renewal({ dueOn: '2026-09-20', state: 'renewed', outcomeDay: '2026-09-25' })], [], DAY);
  expect(found?.state).toBe('overdue');
});

it('subscriptions that run beside each other each have their renewal, but not those that began later', () => {
  const found = renewalsOn(
    [
      renewal({ dueOn: '2027-12-05' }),
      renewal({ dueOn: '2027-04-30' }),
      renewal({ dueOn: '2027-03-01' }),
      renewal({ dueOn: '2026-12-05', state: 'renewed', outcomeDay: '2026-12-06' }),
    ],
    [
      subscription({ start: '2026-12-06', end: '2027-12-05' }),
      subscription({ start: '2025-12-06', end: '2026-12-05' }),
      subscription({ start: '2026-03-02', end: '2027-03-01' }),
      subscription({ start: '2025-11-01', end: '2026-04-30', autoRenew: true, termMonths: 12 }),
    ],
    DAY,
  );
  expect(found.map(({ dueOn, state }) => [dueOn, state])).toEqual([
    ['2027-04-30', 'upcoming'],
    ['2027-03-01', 'upcoming'],
    ['2026-12-05', 'upcoming'],
  ]);
});

it('what renews itself goes on to the end of a month from the end of a month', () => {
  const found = renewalsOn(
    [renewal({ dueOn: '2027-03-31' }), renewal({ dueOn: '2027-02-28' }), renewal({ dueOn: '2026-11-30' })],
    [
      subscription({ start: '2026-06-01', end: '2026-08-31', autoRenew: true, termMonths: 3 }),
      subscription({ start: '2026-03-01', end: '2026-08-31', autoRenew: true, termMonths: 6 }),
    ],
    DAY,
  );
  expect(found.map(({ dueOn }) => dueOn)).toEqual(['2027-02-28', '2026-11-30']);
});

it('where a renewal had been told of early, the one after it was to come', () => {
  const found = renewalsOn(
    [renewal({ dueOn: '2027-12-05' }), renewal({ dueOn: '2026-12-05', state: 'renewed', outcomeDay: '2026-09-20' })],
    [],
    DAY,
  );
  expect(found.map(({ dueOn, state }) => [dueOn, state])).toEqual([
    ['2027-12-05', 'upcoming'],
    ['2026-12-05', 'renewed'],
  ]);
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

it('open deals stand first by the day they are to close on, then the newest end, as it was on the day', () => {
  const found = dealsOn(
    [
      deal({ id: 'open, without a day' }),
      deal({ id: 'open', closeOn: '2026-12-01' }),
      deal({ id: 'lost later', state: 'lost', endedOn: '2026-10-30', closeOn: '2026-11-01' }),
      deal({ id: 'won', state: 'won', endedOn: '2026-09-20' }),
      deal({ id: 'lost before', state: 'lost', endedOn: '2026-09-01' }),
    ],
    DAY,
  );
  expect(found.map(({ id }) => id)).toEqual(['lost later', 'open', 'open, without a day', 'won', 'lost before']);
});

it('subscriptions that started later are left out, and one that ended later was active', () => {
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
