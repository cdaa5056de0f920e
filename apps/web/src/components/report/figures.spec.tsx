import { MantineProvider } from '@mantine/core';
import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router';
import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { ChartCard } from './chart-card.js';
import type { ChartData } from './chart-data.js';
import { ColumnFigure } from './column-figure.js';
import { doorOf } from './door.js';
import { HeatMap } from './heat-map.js';
import { LineFigure } from './line-figure.js';
import { tableOf } from './report-table.js';
import { seriesLook } from './series-look.js';
import { WaterfallFigure } from './waterfall-figure.js';

beforeEach(() => {
  // Nothing has a size here, and charts of no size draw nothing.
  jest.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 560, 200));
});

function show(children: ReactNode) {
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });
  const navigate = jest.spyOn(router, 'navigate').mockResolvedValue();
  render(
    <RouterContextProvider router={router as never}>
      <MantineProvider env="test">{children}</MantineProvider>
    </RouterContextProvider>,
  );
  return navigate;
}

const behindTier = (tier: string, day: string) =>
  doorOf({ kind: 'accounts', rule: { kind: 'compare', field: 'tier', op: 'eq', value: tier }, asOf: day });

const chart: ChartData = {
  of: 'Month',
  columns: [
    { key: '2026-10', label: 'Oct', title: 'October 2026' },
    { key: '2026-11', label: 'Nov', title: 'November 2026' },
  ],
  series: ['T1', 'T2'].map((tier, index) => ({
    key: tier,
    label: tier,
    look: seriesLook(index),
    cells: [
      { value: 10 + index, door: behindTier(tier, '2026-10-31') },
      { value: index === 0 ? 12 : null, door: behindTier(tier, '2026-11-21') },
    ],
  })),
  format: { text: String, short: String, plain: (value) => value },
};

it('every mark of a line leads to the accounts behind it, and a value that is not known has none', () => {
  show(<LineFigure label="Accounts" data={chart} />);
  const marks = within(screen.getByRole('group', { name: /^Accounts/ })).getAllByRole('link');
  expect(marks.map((mark) => mark.getAttribute('aria-label'))).toEqual([
    'T1, October 2026: 10',
    'T1, November 2026: 12',
    'T2, October 2026: 11',
  ]);
  expect(marks[0]).toHaveAttribute('href', '/accounts?tier=T1&asOf=2026-10-31');
});

it('a chart is one stop of the Tab key, and arrows go from mark to mark', async () => {
  show(<LineFigure label="Accounts" data={chart} />);
  const user = userEvent.setup();
  await user.tab();
  expect(screen.getByRole('link', { name: 'T2, October 2026: 11' })).toHaveFocus();
  await user.keyboard('{ArrowUp}');
  expect(screen.getByRole('link', { name: 'T1, October 2026: 10' })).toHaveFocus();
  await user.keyboard('{ArrowRight}{ArrowRight}');
  expect(screen.getByRole('link', { name: 'T1, November 2026: 12' })).toHaveFocus();
  await user.tab();
  expect(document.body).toHaveFocus();
});

it('a mark opens the accounts behind it as of its day; with Ctrl the browser opens them beside', async () => {
  const navigate = show(<ColumnFigure label="Accounts" data={chart} stacked />);
  const mark = screen.getByRole('link', { name: 'T1, October 2026: 10' });
  await userEvent.click(mark);
  expect(navigate).toHaveBeenCalledWith({ to: '/accounts', search: { tier: 'T1', asOf: '2026-10-31' } });
  expect(fireEvent.click(mark, { ctrlKey: true })).toBe(true);
  expect(navigate).toHaveBeenCalledTimes(1);
});

it('the table twin holds the same values behind the same doors', async () => {
  show(
    <ChartCard title="Accounts" summary="Ten to twelve." table={tableOf(chart)} day="2026-11-22">
      <LineFigure label="Accounts" data={chart} />
    </ChartCard>,
  );
  expect(screen.getByRole('figure', { name: 'Accounts' })).toHaveTextContent('Ten to twelve.');
  await userEvent.click(screen.getByRole('button', { name: 'Show Accounts as a table' }));
  const table = screen.getByRole('table', { name: 'Accounts' });
  expect(within(table).getAllByRole('row')).toHaveLength(3);
  expect(within(table).getByRole('link', { name: '12' })).toHaveAttribute('href', '/accounts?tier=T1&asOf=2026-11-21');
  expect(within(table).getByText('–')).toBeVisible();
});

it('the legend names the pale lines by the months they are of, also where there is one series', () => {
  const legend = chart.series.slice(0, 1);
  show(
    <ChartCard
      title="Kept"
      summary=""
      table={tableOf(chart)}
      legend={legend}
      before="October 2025"
      lines
      day="2026-11-22"
    >
      <LineFigure label="Kept" data={chart} />
    </ChartCard>,
  );
  const names = within(screen.getByRole('list', { name: 'Series of Kept' })).getAllByRole('listitem');
  expect(names.map((each) => each.textContent)).toEqual(['T1', 'The same before, October 2025']);
});

it('an axis of things that do not follow one another names each of them, however narrow it is', () => {
  jest.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 360, 200));
  const steps = ['Start', 'New', 'Expansion', 'Reactivation', 'Contraction', 'Churn', 'End'].map((label) => ({
    key: label,
    label,
    value: 5,
    total: label === 'Start' || label === 'End',
    look: seriesLook(0),
  }));
  show(<WaterfallFigure label="MRR" steps={steps} format={chart.format} />);
  for (const { label } of steps) expect(screen.getByText(label)).toBeVisible();
});

it('nothing to draw is said in words, with neither table nor file', () => {
  show(
    <ChartCard title="Goals" summary="" table={tableOf(chart)} day="2026-11-22" empty="No goal ended in these months.">
      <LineFigure label="Goals" data={chart} />
    </ChartCard>,
  );
  expect(screen.getByText('No goal ended in these months.')).toBeVisible();
  expect(screen.queryByRole('button')).toBeNull();
});

it('a heat map writes the value into each cell, and what is not known is no 0', () => {
  show(
    <HeatMap
      label="Features"
      data={{
        of: 'Feature',
        rows: [{ key: 'r', label: 'Reports' }],
        columns: [
          { key: 'T1', label: 'T1' },
          { key: 'T2', label: 'T2' },
        ],
        cells: [
          [
            { value: 92, door: behindTier('T1', '2026-11-21') },
            { value: null, why: 'no accounts' },
          ],
        ],
        text: (value) => `${value} %`,
        plain: (value) => value,
        most: 100,
      }}
    />,
  );
  expect(screen.getByRole('link', { name: 'Reports, T1: 92 %' })).toHaveTextContent('92 %');
  expect(screen.getByTitle('no accounts')).toHaveTextContent('–');
});
