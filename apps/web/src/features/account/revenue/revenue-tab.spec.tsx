import { screen, within } from '@testing-library/react';
import { anAccount, EARLIER, renderAccount, TODAY } from '../render-account.factory.js';
import { lastWholeMonth } from './ledger-section.js';
import { RevenueTab } from './revenue-tab.js';

const renewal = {
  dueOn: '2026-12-05',
  amountMinor: 900_000,
  state: 'lost',
  outcomeDay: '2026-10-30',
  decidedBy: null,
  reason: null,
  note: null,
  forecast: { category: 'lost', amountMinor: 0, probability: 0, from: 'leaving' },
};
const deal = {
  id: 'd-1',
  kind: 'expansion',
  name: 'Ten seats more',
  state: 'lost',
  openedOn: '2026-09-01',
  endedOn: '2026-10-02',
  closeOn: '2026-10-10',
  amountMinor: null,
  convertedMinor: null,
};
const subscription = { id: 'S-1', plan: 'Pro', start: '2025-12-06', end: null, active: true, keptByHand: true };
const answers = [
  [['account', 'a-1', 'renewals'], { renewals: [renewal] }],
  [['account', 'a-1', 'deals'], { deals: [deal] }],
  [['account', 'a-1', 'subscriptions'], { subscriptions: [subscription] }],
] as const;

it('today, the tab tells what has become of things and lets them be changed', async () => {
  renderAccount(<RevenueTab account={anAccount({ asOf: TODAY })} asOf={undefined} />, answers);
  expect(within(screen.getByRole('table', { name: 'Renewals' })).getByText(/30 Oct 2026/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Ten seats more' })).toBeVisible();
  expect(screen.queryByRole('note')).toBeNull();
  expect(await screen.findByText('MRR by month')).toBeVisible();
});

it('an earlier day counts from that day, knows nothing of later ones, and says what is of today', async () => {
  renderAccount(<RevenueTab account={anAccount()} asOf={EARLIER} />, answers);
  const renewals = within(screen.getByRole('table', { name: 'Renewals' }));
  expect(renewals.getByText('in 73 d')).toBeVisible();
  expect(renewals.queryByText(/Lost|30 Oct 2026/)).toBeNull();
  expect(renewals.queryByRole('columnheader', { name: /Forecast/ })).toBeNull();
  const deals = within(screen.getByRole('table', { name: 'Deals' }));
  expect(deals.getByText('Open')).toBeVisible();
  expect(screen.getByRole('note')).toHaveTextContent(/dated by 23 Sep 2026.*known today/);
  for (const name of ['Ten seats more', 'Add a deal', 'Add by hand', /^Outcome/, 'Edit Pro']) {
    expect(screen.queryByRole('button', { name })).toBeNull();
  }
  expect(await screen.findByText('MRR by whole month, up to August 2026')).toBeVisible();
});

it('revenue by month ends with the last month that was over', () => {
  expect(lastWholeMonth('2026-09-23')).toBe('2026-08');
  expect(lastWholeMonth('2026-09-30')).toBe('2026-09');
  expect(lastWholeMonth('2026-01-15')).toBe('2025-12');
});
