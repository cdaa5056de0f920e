import type { AccountLedger, LedgerMonth } from '@steward/shared/ledger';
import { ledgerSummary, movementSums, movementText } from './ledger-words.js';

const month = (over: Partial<LedgerMonth> = {}): LedgerMonth => ({
  month: '2026-03',
  startMinor: 100_000,
  movement: null,
  movementMinor: 0,
  endMinor: 100_000,
  revaluationMinor: 0,
  lateRenewalMinor: 0,
  ...over,
});

const ledger = (months: LedgerMonth[]): AccountLedger => ({
  currency: 'USD',
  months,
  startMinor: months[0]?.startMinor ?? 0,
  endMinor: months.at(-1)?.endMinor ?? 0,
  grossRetention: 100,
  netRetention: 150,
  unknownSubscriptions: 0,
});

it('adds up each kind of movement, so that start, movements and end agree', () => {
  const months = [
    month({ movement: 'expansion', movementMinor: 50_000, endMinor: 150_000 }),
    month({ startMinor: 150_000, movement: 'contraction', movementMinor: -20_000, endMinor: 130_000 }),
    month({ startMinor: 130_000, movement: 'expansion', movementMinor: 10_000, endMinor: 140_000 }),
  ];
  expect(movementSums(months)).toEqual([
    { movement: 'expansion', sumMinor: 60_000 },
    { movement: 'contraction', sumMinor: -20_000 },
  ]);
  expect(ledgerSummary(ledger(months))).toBe('MRR from $1,000 to $1,400: expansion +$600, contraction −$200.');
});

it('tells what other exchange rates did apart from what moved', () => {
  const months = [month(), month({ startMinor: 103_000, endMinor: 103_000, revaluationMinor: 3_000 })];
  expect(ledgerSummary(ledger(months))).toBe('MRR from $1,000 to $1,030: other exchange rates +$30.');
});

it('writes a movement with its sign, and none as a dash', () => {
  expect(movementText(month({ movement: 'new', movementMinor: 50_000 }), 'USD')).toBe('+$500');
  expect(movementText(month({ movement: 'churn', movementMinor: -100_000 }), 'USD')).toBe('−$1,000');
  expect(movementText(month(), 'USD')).toBe('–');
});
