import type { Alert } from '@steward/shared/alerts';
import { screen } from '@testing-library/react';
import { AlertsTab } from './alerts-tab.js';
import { anAccount, EARLIER, renderAccount, TODAY } from './render-account.factory.js';

const anAlert = (some: Partial<Alert>): Alert =>
  ({
    id: 'alert',
    accountId: 'a-1',
    kind: 'churn',
    severity: 'high',
    state: 'open',
    started: 'change',
    rule: null,
    reason: 'Health fell',
    reasonAtOpen: null,
    evidence: [],
    openedDay: '2026-09-20',
    openedAt: '2026-09-20T08:00:00Z',
    scoreAtOpen: 61,
    arrMinorAtOpen: null,
    assignee: null,
    receiver: { userId: 'u-2', name: 'Ida Winter' },
    dueDay: null,
    clearSinceDay: null,
    heldReason: null,
    playbook: null,
    ...some,
  }) as Alert;

const answers = (asOf: string | null, alerts: Alert[]) =>
  [
    [['account', 'a-1', 'alerts', asOf], { alerts, total: alerts.length }],
    [['account', 'a-1', 'alert-events', asOf], { events: [], total: 0 }],
    [['catalogue'], { fields: [], contactFields: [] }],
  ] as const;
const today = answers(null, [anAlert({ reason: 'Silent for 14 days', openedDay: TODAY })]);

it('today, alerts are raised and acted on', () => {
  renderAccount(<AlertsTab account={anAccount({ asOf: TODAY })} asOf={undefined} />, today);
  expect(screen.getByRole('button', { name: 'Raise an alert' })).toBeVisible();
  expect(screen.getByText('Silent for 14 days')).toBeVisible();
  expect(screen.getByText('Ida Winter (by ownership)')).toBeVisible();
});

it('an earlier day shows the alerts of then, counted from that day, and nothing that changes one', () => {
  renderAccount(<AlertsTab account={anAccount()} asOf={EARLIER} />, [...today, ...answers(EARLIER, [anAlert({})])]);
  expect(screen.getByText('Health fell')).toBeVisible();
  expect(screen.getByText('20 Sep 2026, 3 d ago')).toBeVisible();
  expect(screen.getByText('61 when it was opened, 52 on 23 Sep 2026')).toBeVisible();
  expect(screen.queryByText('Silent for 14 days')).toBeNull();
  expect(screen.queryByText(/Ida Winter/)).toBeNull();
  expect(screen.queryByRole('button')).toBeNull();
});
