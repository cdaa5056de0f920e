import { amountWords, probabilityWords, stageId } from './deal-words.js';

const money = { amountMinor: 1_250_000, currency: 'USD', convertedMinor: 1_250_000, withoutRate: false };

it('writes an amount in the currency that it has, and beside it what that is in the workspace’s', () => {
  expect(amountWords(money, 'USD')).toEqual({ written: '$12,500', note: null });
  expect(amountWords({ ...money, currency: 'EUR', convertedMinor: 1_370_000 }, 'USD')).toEqual({
    written: '€12,500',
    note: '≈ $13,700',
  });
});

it('says that a rate is missing rather than taking 1 : 1', () => {
  const { note } = amountWords({ ...money, currency: 'NOK', convertedMinor: null, withoutRate: true }, 'USD');
  expect(note).toBe('no rate for NOK');
});

it('has no words for an amount that nobody knows', () => {
  expect(amountWords({ ...money, amountMinor: null, convertedMinor: null }, 'USD').written).toBeNull();
});

it('tells a probability of the deal’s own from that of its stage', () => {
  expect(probabilityWords({ probability: 60, probabilityFrom: 'stage' })).toEqual({
    text: '60 %',
    from: 'From its stage',
  });
  expect(probabilityWords({ probability: null, probabilityFrom: null }).text).toBe('–');
});

it('knows a stage by its key, one of an import by its text, and none by nothing', () => {
  expect(stageId({ key: 'proposal', label: 'Proposal' })).toBe('proposal');
  expect(stageId({ key: null, label: 'Verbal yes' })).toBe('Verbal yes');
  expect(stageId(null)).toBe('');
});
