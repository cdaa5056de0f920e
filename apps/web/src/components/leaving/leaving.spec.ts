import type { LeavingState } from '@steward/shared/leaving';
import { noticeOf } from './change-leaving.js';
import { departureWords } from './leaving-badge.js';

const account = { status: 'customer', churnedOn: null, churnReason: null, leavesOn: null, noticeGivenOn: null };
const state = (over: Partial<LeavingState>): LeavingState => ({
  accountId: 'a',
  leaving: true,
  notice: null,
  churn: null,
  ...account,
  status: 'customer',
  ...over,
});

it('says of a customer that they leave, when that is known, and of one who left since when', () => {
  expect(departureWords({ account })).toBeNull();
  expect(departureWords({ account: { ...account, noticeGivenOn: '2026-04-01' } })).toBe('Leaving');
  expect(departureWords({ account: { ...account, leavesOn: '2026-06-30' } })).toBe('Leaving on 30 Jun 2026');
  expect(
    departureWords({ account: { ...account, status: 'churned', churnedOn: '2026-03-31', leavesOn: '2026-03-31' } }),
  ).toBe('Churned on 31 Mar 2026');
});

it('brings back the notice that another one took the place of', () => {
  const notice = { reason: { key: 'price', label: 'Price' }, note: 'Called', by: 'Ann', at: '2026-04-01T10:00:00Z' };
  expect(noticeOf(state({ noticeGivenOn: '2026-04-01', leavesOn: '2026-06-30', notice }))).toEqual({
    noticeGivenOn: '2026-04-01',
    leavesOn: '2026-06-30',
    reasonKey: 'price',
    note: 'Called',
  });
});

it('gives no notice in the place of an import', () => {
  expect(noticeOf(state({ noticeGivenOn: '2026-04-01' }))).toBeNull();
});
