import { MantineProvider } from '@mantine/core';
import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { sortOf } from './owner-columns.js';
import { ownerRows, totalRow } from './owner-rows.js';
import { OwnerTable } from './owner-table.js';
import { aBook, anOwner, anOwnerPage, aPortfolio, aPortfolioWork, aWork } from './portfolio.factory.js';

const carla = anOwner('Carla');
const none = { accounts: 0, arrMinor: null };
const books = aPortfolio({
  rows: [
    {
      owner: carla,
      ...aBook({
        accounts: 3,
        load: 120,
        bands: {
          at_risk: { accounts: 2, arrMinor: 700 },
          watch: { accounts: 1, arrMinor: 100 },
          healthy: none,
          unknown: none,
        },
      }),
    },
  ],
});
const busy = aWork({ touches: 12, touchedAccounts: 2, overdueTasks: 0 });
const work = aPortfolioWork({ rows: [{ owner: carla, ...busy }], total: busy });

function show({ pending = false, portfolio = books } = {}) {
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });
  const onSort = jest.fn();
  render(
    <RouterContextProvider router={router as never}>
      <MantineProvider env="test">
        <OwnerTable
          rows={ownerRows(portfolio, pending ? undefined : work)}
          teams={null}
          total={totalRow(portfolio, pending ? undefined : work)}
          page={anOwnerPage()}
          sort={sortOf(undefined)}
          pending={pending}
          onSort={onSort}
        />
      </MantineProvider>
    </RouterContextProvider>,
  );
  return { onSort, row: within(screen.getByRole('row', { name: /^Carla/ })) };
}

it('every figure opens the accounts behind it, and a 0 opens nothing', () => {
  const { row } = show();
  const searchOf = (link: HTMLElement) => new URL(link.getAttribute('href') ?? '', 'http://x').searchParams;
  const atRisk = searchOf(row.getByRole('link', { name: 'Carla: 2 accounts at risk (67 %)' }));
  expect(Object.fromEntries(atRisk)).toMatchObject({
    status: 'trial,customer',
    band: 'at_risk',
    more: "account.csm~in~'id-of-Carla",
  });
  const touches = row.getByRole('link', { name: 'Carla: Touches 12, On 2 accounts' });
  expect(searchOf(touches).get('parts')).toBe('[{"kind":"touched","from":"2025-12-01","to":"2026-11-22"}]');
  expect(row.queryByRole('link', { name: /Overdue/ })).toBeNull();
  expect(row.queryByRole('link', { name: /healthy/ })).toBeNull();
});

it('a book that is over its target is marked by more than its colour', () => {
  const { row } = show();
  expect(row.getByRole('link', { name: /Load 120 %, Tier 1: 10 of 20 accounts/ })).toHaveTextContent('▲ 120 %');
});

it('a load that is not told says why', () => {
  const untold = aBook({ load: null, tiers: [{ tier: 'T1', accounts: 10, counted: 0, target: null, load: null }] });
  show({
    portfolio: aPortfolio({
      rows: [
        { owner: anOwner('Carla', { partly: true }), ...untold },
        { owner: anOwner(null), ...untold },
      ],
      total: { ...untold, owners: 1 },
    }),
  });
  const row = (name: RegExp) => within(screen.getByRole('row', { name }));
  expect(row(/^Carla/).getByTitle('You see a part of this book only')).toHaveTextContent('–');
  expect(row(/^Nobody/).getByTitle('Nobody to be loaded: the accounts have no owner')).toHaveTextContent('–');
  expect(row(/^All/).getByTitle('You see parts of these books only')).toHaveTextContent('–');
});

it('the load of all says what it leaves out, so that its accounts add up', () => {
  show({
    portfolio: aPortfolio({
      total: {
        ...aBook({ accounts: 30, noTier: 3, load: 60 }),
        tiers: [{ tier: 'T1', accounts: 27, counted: 12, target: 20, load: 60 }],
        owners: 2,
      },
      rows: books.rows,
    }),
  });
  const load = within(screen.getByRole('row', { name: /^All/ })).getByRole('link', { name: /Load 60 %/ });
  expect(load).toHaveAccessibleName(
    'All: Load 60 %, Tier 1: 12 of 20 accounts; 3 in no tier, 15 of nobody or in books that you see in part, not counted',
  );
});

it('columns are sorted by their names; the one that orders the rows says so', async () => {
  const { onSort } = show();
  expect(screen.getByRole('columnheader', { name: 'ARR' })).toHaveAttribute('aria-sort', 'descending');
  await userEvent.click(screen.getByRole('button', { name: 'Overdue tasks' }));
  expect(onSort).toHaveBeenCalledWith('overdue');
});

it('books stand before the work is known, which no 0 takes the place of', () => {
  const { row } = show({ pending: true });
  expect(row.getByRole('link', { name: /^Carla: Accounts 3/ })).toBeVisible();
  expect(row.queryByText('0', { selector: 'td:nth-child(n+8) *' })).toBeNull();
});
