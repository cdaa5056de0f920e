import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderHealth } from '../render.factory.js';
import { RunForm } from './run-form.js';

const HISTORY = {
  today: '2026-04-15',
  months: [
    { day: '2026-01-31', churned: 2 },
    { day: '2026-02-28', churned: 0 },
  ],
  churned: 9,
  busy: false,
};

const form = (some: Partial<Parameters<typeof RunForm>[0]> = {}) => (
  <RunForm
    kind="backtest"
    history={HISTORY}
    what="the draft as it stands"
    isWhole
    isPending={false}
    error={null}
    onRun={jest.fn()}
    {...some}
  />
);

it('asks for the newest months and churn within 90 days, unless told otherwise', async () => {
  const onRun = jest.fn();
  await renderHealth(form({ onRun }));
  await userEvent.click(screen.getByRole('button', { name: 'Run backtest' }));
  expect(onRun).toHaveBeenCalledWith({ outcome: 'churn', horizonDays: 90, from: null, to: null, accounts: 'all' });
});

it('says what it tries and how many churned', async () => {
  await renderHealth(form());
  expect(screen.getByText(/Tries the draft as it stands\..* 9 accounts churned in all/)).toBeInTheDocument();
});

it('does not ask with a horizon that cannot be', async () => {
  await renderHealth(form());
  await userEvent.clear(screen.getByLabelText('Within'));
  await userEvent.type(screen.getByLabelText('Within'), '400');
  expect(screen.getByText('From 14 to 365')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Run backtest' })).toBeDisabled();
});

it('waits for a whole draft, and for history', async () => {
  await renderHealth(form({ isWhole: false }));
  expect(screen.getByRole('button', { name: 'Run backtest' })).toBeDisabled();
  expect(screen.getByText(/mend it first/)).toBeInTheDocument();
});

it('says so where there is no history yet', async () => {
  await renderHealth(form({ history: { ...HISTORY, months: [], churned: 0 } }));
  expect(screen.getByText(/There are no month-ends to test against yet/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Run backtest' })).toBeDisabled();
});
