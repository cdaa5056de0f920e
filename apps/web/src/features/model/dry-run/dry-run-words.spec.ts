import type { TierDryRun } from '@steward/shared/model-versions';
import { stageMoveWords, tierMoveWords, tierSentences } from './dry-run-words.js';

const NOBODY = { accounts: 0, arrMinor: 0 };
const aRun = (changes: Partial<TierDryRun> = {}): TierDryRun => ({
  asOf: '2026-04-15',
  currency: 'USD',
  accounts: 60,
  arrMinor: 150_000_000,
  moving: NOBODY,
  flows: [],
  problems: [],
  tookMs: 12,
  tiers: [],
  rawFlows: [],
  held: { ...NOBODY, holdDays: 30 },
  byHand: NOBODY,
  byHandVanishing: NOBODY,
  rows: [],
  ...changes,
});

it('says in sentences who moves, who is held and who stays', () => {
  expect(tierSentences(aRun())).toEqual(['No account moves at once, of 60 accounts (ARR $1,500,000).']);
  const all = tierSentences(
    aRun({
      moving: { accounts: 23, arrMinor: 86_772_049 },
      held: { accounts: 1, arrMinor: 500_000, holdDays: 30 },
      byHand: { accounts: 2, arrMinor: 100_000 },
    }),
  );
  expect(all).toEqual([
    '23 accounts (ARR $867,720) of 60 accounts move at once.',
    '1 account (ARR $5,000) is held where it is: a tier falls only after 30 days on which no better tier’s condition held.',
    '2 accounts (ARR $1,000) set by hand stay.',
  ]);
});

it('says of one account what happens to it', () => {
  const row = { id: 'a', name: 'Harbor', arrMinor: 1, from: 'T1', to: 'T1', rawFrom: 'T1', rawTo: 'T3' };
  const label = (key: string | null) => `Tier ${key?.slice(1)}`;
  expect(tierMoveWords({ ...row, how: 'held', fallsOn: '2026-05-12', fallsTo: 'T3' }, label)).toBe(
    'held; falls to Tier 3 on 12 May 2026',
  );
  expect(tierMoveWords({ ...row, to: 'T2', how: 'vanishes', fallsOn: null, fallsTo: null }, label)).toBe(
    'goes to Tier 2, as its tier is gone',
  );
  expect(stageMoveWords({ ...row, to: 'T2', how: 'back' }, label)).toBe('back to Tier 2');
});
