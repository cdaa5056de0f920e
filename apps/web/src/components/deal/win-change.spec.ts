import type { Subscription } from '@steward/shared/subscriptions';
import { changeable, changeOfDraft, startingChange } from './win-change.js';

const subscription = (over: Partial<Subscription> = {}): Subscription => ({
  id: 's1',
  plan: 'Team',
  quantity: 40,
  seatBased: true,
  mrrMinor: 200_000,
  currency: 'USD',
  start: '2025-07-01',
  end: '2026-06-30',
  termMonths: 12,
  autoRenew: false,
  active: true,
  keptByHand: true,
  revision: 3,
  ...over,
});

it('adds a twelfth of an expansion’s amount to the MRR, from the day that it was won', () => {
  const draft = startingChange(
    { kind: 'expansion', amountMinor: 1_200_000, currency: 'USD' },
    subscription(),
    '2026-04-15',
  );
  expect(changeOfDraft(draft)).toEqual({
    kind: 'expansion',
    subscriptionId: 's1',
    quantity: 40,
    mrrMinor: 300_000,
    from: '2026-04-15',
  });
});

it('takes a twelfth of a renewal’s amount as the MRR of the next term', () => {
  const draft = startingChange(
    { kind: 'renewal', amountMinor: 3_000_000, currency: 'USD' },
    subscription(),
    '2026-04-15',
  );
  expect(changeOfDraft(draft)).toMatchObject({ kind: 'renewal', mrrMinor: 250_000, end: null });
});

it('changes an open-ended subscription from the day on, because no term can follow it', () => {
  const draft = startingChange(
    { kind: 'renewal', amountMinor: null, currency: null },
    subscription({ end: null }),
    '2026-04-15',
  );
  expect(draft.kind).toBe('expansion');
});

it('leaves the MRR as it is where the deal’s money is another or not known', () => {
  const deal = { kind: 'expansion', amountMinor: 1_200_000, currency: 'EUR' } as const;
  expect(startingChange(deal, subscription(), '2026-04-15').mrrMinor).toBe(200_000);
});

it('asks for what is missing', () => {
  const draft = startingChange(
    { kind: 'expansion', amountMinor: null, currency: null },
    subscription({ mrrMinor: null }),
    null,
  );
  expect(changeOfDraft(draft)).toBeNull();
  expect(changeOfDraft({ ...draft, mrrMinor: 1, from: '2026-04-15' })).not.toBeNull();
});

it('offers what people keep and what is not over; the rest is its source’s', () => {
  const all = [
    subscription(),
    subscription({ id: 'imported', keptByHand: false }),
    subscription({ id: 'over', active: false, end: '2025-06-30' }),
  ];
  expect(changeable(all, '2026-04-15').map(({ id }) => id)).toEqual(['s1']);
});
