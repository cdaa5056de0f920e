import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderHealth } from '../render.factory.js';
import { aBacktest } from './backtest.factory.js';
import { BacktestView } from './backtest-view.js';

it('says first whether the score tells more than chance, then what that rests on and how far to trust it', async () => {
  await renderHealth(<BacktestView result={aBacktest()} />);
  const verdict = screen.getByText('This score tells churn better than chance.');
  const basis = screen.getByText(/80 accounts at 2 month-ends make 700 observations/);
  expect(verdict.compareDocumentPosition(basis) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  expect(screen.getByRole('list', { name: 'How far to trust it' })).toHaveTextContent('Only 8 accounts churned');
  expect(screen.getByText('0.83 (0.78 to 0.88)')).toBeInTheDocument();
  expect(screen.getByText(/6 of the 8 accounts that churned were at risk/)).toBeInTheDocument();
});

it('gives each band its rate with interval and counts, and a dash where nothing was observed', async () => {
  await renderHealth(<BacktestView result={aBacktest()} />);
  const [atRisk, , , unknown] = within(screen.getByRole('list', { name: 'Churn rate by band' })).getAllByRole(
    'listitem',
  );
  expect(atRisk).toHaveTextContent('At risk36 % (31 to 41 %)18 of 50');
  expect(unknown).toHaveTextContent('Unknown–0 of 0');
});

it('shows a chart as a table, too', async () => {
  await renderHealth(<BacktestView result={aBacktest()} />);
  await userEvent.click(screen.getByRole('button', { name: 'Show Churn rate by band as a table' }));
  const table = screen.getByRole('table', { name: 'Churn rate by band' });
  expect(within(table).getByRole('row', { name: /^Healthy/ })).toHaveTextContent('Healthy0.3 %');
});

it('puts the most telling measure first, and divides nothing by nothing', async () => {
  await renderHealth(<BacktestView result={aBacktest()} />);
  const rows = within(screen.getByRole('table', { name: 'Measures by what they tell' })).getAllByRole('row');
  expect(rows[1]).toHaveTextContent(/^Seat utilisation.*10 ×$/);
  expect(rows[2]).toHaveTextContent(/^Active days.*–$/);
});

it('says what was left out', async () => {
  await renderHealth(<BacktestView result={aBacktest()} />);
  expect(screen.getByText(/Left out: 31 Mar 2026 \(its 90 days are not over\)/)).toBeInTheDocument();
});

it('stands without any churn, score or account', async () => {
  const nobody = { observations: 0, accounts: 0, events: 0, rate: null };
  await renderHealth(
    <BacktestView
      result={aBacktest({
        observations: 0,
        events: 0,
        eventAccounts: 0,
        months: [],
        leftOut: [],
        bands: [{ band: 'healthy', ...nobody }],
        calibration: [],
        measures: [],
        auc: null,
        aucOncePerAccount: null,
        atRisk: { recall: null, precision: null, flagged: 0, caught: 0 },
        warningTime: { accounts: 0, warned: 0, medianDays: null },
        coverage: null,
        verdict: { kind: 'cannot_tell', sentence: 'Nobody churned in this time, so there is nothing to judge it by.' },
      })}
    />,
  );
  expect(screen.getByText(/nothing to judge it by/)).toBeInTheDocument();
  expect(screen.getByText('There was no live account at any of these month-ends.')).toBeInTheDocument();
  expect(screen.getAllByText('Nothing was observed in this time.')).toHaveLength(2);
  expect(document.body).not.toHaveTextContent(/NaN|Infinity/);
});
