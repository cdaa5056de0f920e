import { changeOf, type DealDraft, newDealOf } from './deal-draft.js';

const draft = (over: Partial<DealDraft> = {}): DealDraft => ({
  kind: 'expansion',
  name: 'More seats',
  stage: 'proposal',
  amountMinor: 1_200_000,
  currency: 'USD',
  probability: null,
  closeOn: '2026-06-30',
  ownerUserId: 'ann',
  goalId: null,
  ...over,
});

it('sends only what differs', () => {
  expect(changeOf(draft(), draft({ probability: 80 }))).toEqual({ probability: 80 });
  expect(changeOf(draft(), draft())).toBeNull();
});

it('sends another amount with its currency', () => {
  expect(changeOf(draft(), draft({ amountMinor: 900_000 }))).toEqual({ amountMinor: 900_000, currency: 'USD' });
});

it('says nothing of the currency of an amount that is not there', () => {
  expect(changeOf(draft(), draft({ amountMinor: null, currency: 'EUR' }))).toEqual({ amountMinor: null });
  expect(changeOf(draft({ amountMinor: null }), draft({ amountMinor: null, currency: 'EUR' }))).toBeNull();
});

it('leaves the owner and the stage of a new deal to the server where nobody chose', () => {
  const made = newDealOf(draft({ ownerUserId: null, stage: null, name: ' More seats ' }));
  expect(made).not.toHaveProperty('ownerUserId');
  expect(made).not.toHaveProperty('stage');
  expect(made.name).toBe('More seats');
});
