import { dealEventText } from './event-words.js';

const STAGES = [
  { key: 'proposal', label: 'Proposal', probability: 50 },
  { key: 'verbal', label: 'Verbal agreement', probability: 90 },
];
const event = (kind: 'moved' | 'edited' | 'won', details: Record<string, unknown> | null) => ({
  id: 'e',
  kind,
  at: '2026-04-15T10:00:00Z',
  day: '2026-04-15',
  by: 'Ann',
  details,
});

it('names the stages of a move by their labels, and one that is gone by what it was called', () => {
  expect(dealEventText(event('moved', { revision: 2, stage: { from: 'proposal', to: 'verbal' } }), STAGES)).toBe(
    'Moved from Proposal to Verbal agreement',
  );
  expect(dealEventText(event('moved', { revision: 2, stage: { from: 'Old', to: 'verbal' } }), STAGES)).toBe(
    'Moved from Old to Verbal agreement',
  );
});

it('says which fields somebody changed', () => {
  const details = { revision: 2, amountMinor: { from: 1, to: 2 }, closeOn: { from: null, to: '2026-05-01' } };
  expect(dealEventText(event('edited', details), STAGES)).toBe('Changed amount, close date');
});

it('has plain words for all else', () => {
  expect(dealEventText(event('won', null), STAGES)).toBe('Won');
});
