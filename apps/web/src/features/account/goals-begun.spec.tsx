import { screen } from '@testing-library/react';
import { GoalsBegun } from './goals-begun.js';
import { EARLIER, renderAccount } from './render-account.factory.js';

const goal = (name: string, startDay: string, some: object = {}) => ({
  id: name,
  name,
  kind: 'retention',
  status: 'inProgress',
  startDay,
  dueDay: '2026-12-28',
  endedDay: null,
  ...some,
});
const of = (...goals: object[]) => [[['account', 'a-1', 'goals', 'begun', EARLIER], { goals }]] as const;
const row = (name: RegExp) => screen.queryByRole('row', { name });

it('an earlier day tells how the goals stood that had begun by then', () => {
  renderAccount(
    <GoalsBegun accountId="a-1" by={EARLIER} />,
    of(
      goal('Win back', '2026-09-01'),
      goal('Answer', '2026-09-02', { status: 'atRisk' }),
      goal('Activate', '2026-06-01', { status: 'missed', endedDay: '2026-08-01' }),
    ),
  );
  expect(row(/Win back Retention 1 Sep 2026 In progress/)).toBeVisible();
  expect(row(/Answer Retention 2 Sep 2026 At risk/)).toBeVisible();
  expect(row(/Activate Retention 1 Jun 2026 Missed on 1 Aug 2026/)).toBeVisible();
  expect(screen.getByText(/begun by 23 Sep 2026; how far they were then, and their tasks, are not kept/)).toBeVisible();
  expect(screen.queryByRole('button')).toBeNull();
});

it('says when nothing had begun', () => {
  renderAccount(<GoalsBegun accountId="a-1" by={EARLIER} />, of());
  expect(screen.getByText('No playbook had been started on this account by then.')).toBeVisible();
});
