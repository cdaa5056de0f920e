import { ActionIcon, Tooltip as Hint, Table, UnstyledButton } from '@mantine/core';
import { FORECAST_CATEGORIES, type ForecastCategory, type RenewalTotals } from '@steward/shared/renewals';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { CategoryMark, categoryColor } from '../../components/renewal/category-mark.js';
import { daysOfMonth, monthShort, monthWords } from '../../components/renewal/renewal-words.js';
import { formatMoney, formatMoneyCompact, NONE, plural } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import { withEmptyMonths } from './group-rows.js';
import { overviewSummary } from './overview-summary.js';
import type { RenewalsSearch } from './renewal-filters.js';
import classes from './renewal-overview.module.css';

interface RenewalOverviewProps {
  totals: RenewalTotals;
  /** Opens the rows behind a bar or a figure. */
  onOpen: (change: RenewalsSearch) => void;
}

/** Amounts by month and forecast, and the churn that is known already, with a door to the rows behind each. */
export function RenewalOverview({ totals, onOpen }: RenewalOverviewProps) {
  return (
    <div className={classes.overview}>
      <ByMonth totals={totals} onOpen={onOpen} />
      <div className={classes.beside}>
        <Attention totals={totals} onOpen={onOpen} />
        <KnownChurn churn={totals.knownChurn} />
      </div>
    </div>
  );
}

/** Marks of an axis to which nothing gives a length would all say the same. */
const NOTHING_DUE = { domain: [0, 1], ticks: [0] };

type Point = { month: string } & Record<ForecastCategory, number>;

function ByMonth({ totals, onOpen }: RenewalOverviewProps) {
  const currency = useCurrency();
  const [asTable, setAsTable] = useState(false);
  const months = withEmptyMonths(totals.byMonth);
  const amount = (of: (typeof months)[number]['of'], category: ForecastCategory): number =>
    of?.byCategory.find((each) => each.category === category)?.amountMinor ?? 0;
  const points: Point[] = months.map(({ month, of }) => ({
    month,
    commit: amount(of, 'commit'),
    likely: amount(of, 'likely'),
    atRisk: amount(of, 'atRisk'),
    lost: amount(of, 'lost'),
  }));
  const isEmpty = points.every((point) => FORECAST_CATEGORIES.every((category) => point[category] === 0));
  const open = (month: string, category?: ForecastCategory) => onOpen({ ...daysOfMonth(month), category });
  return (
    <figure className={classes.card}>
      <div className={classes.head}>
        <h2 className={classes.title}>Due by month and forecast</h2>
        <ul className={classes.legend} aria-label="Forecast of what is open">
          {totals.byCategory.map(({ category, renewals, amountMinor, weightedMinor }) => (
            <li key={category}>
              <UnstyledButton
                className={classes.door}
                title={`${plural(renewals, 'renewal')}, ${formatMoney(amountMinor, currency)}, expected ${formatMoney(weightedMinor, currency)}`}
                onClick={() => onOpen({ category })}
              >
                <CategoryMark category={category} />
                <span className="tabular">{formatMoneyCompact(amountMinor, currency)}</span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
        <Hint label={asTable ? 'Show as chart' : 'Show as table'}>
          <ActionIcon
            size={24}
            aria-label={asTable ? 'Show due by month as a chart' : 'Show due by month as a table'}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? <IconChartBar size={14} aria-hidden /> : <IconTable size={14} aria-hidden />}
          </ActionIcon>
        </Hint>
      </div>
      {asTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
        <section className={classes.scroll} tabIndex={0} aria-label="Due by month as a table">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Month</Table.Th>
                {FORECAST_CATEGORIES.map((category) => (
                  <Table.Th key={category} ta="right">
                    <CategoryMark category={category} />
                  </Table.Th>
                ))}
                <Table.Th ta="right">Expected</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {months.map(({ month, of }) => (
                <Table.Tr key={month}>
                  <Table.Td>
                    <UnstyledButton className={classes.door} onClick={() => open(month)}>
                      {monthWords(month)}
                    </UnstyledButton>
                  </Table.Td>
                  {FORECAST_CATEGORIES.map((category) => (
                    <Table.Td key={category} ta="right" className="tabular">
                      {amount(of, category) === 0 ? NONE : formatMoney(amount(of, category), currency)}
                    </Table.Td>
                  ))}
                  <Table.Td ta="right" className="tabular">
                    {formatMoney(of?.weightedMinor ?? null, currency)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      ) : (
        <div aria-hidden className={classes.chart}>
          <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 150 }}>
            <BarChart data={points} margin={{ top: 4, right: 4, bottom: 0, left: 0 }} accessibilityLayer={false}>
              <CartesianGrid stroke="var(--line)" vertical={false} />
              <XAxis
                dataKey="month"
                tickFormatter={monthShort}
                tick={{ fill: 'var(--text-dim)', fontSize: 11 }}
                axisLine={{ stroke: 'var(--line-strong)' }}
                tickLine={false}
              />
              <YAxis
                width={52}
                tickFormatter={(value: number) => formatMoneyCompact(value, currency)}
                tick={{ fill: 'var(--text-dim)', fontSize: 11 }}
                axisLine={false}
                tickLine={false}
                tickCount={4}
                {...(isEmpty ? NOTHING_DUE : {})}
              />
              <Tooltip
                isAnimationActive={false}
                cursor={{ fill: 'var(--surface-hover)' }}
                content={({ active, payload }) => {
                  const point = payload?.[0]?.payload as Point | undefined;
                  return active && point ? <Shown point={point} currency={currency} /> : null;
                }}
              />
              {FORECAST_CATEGORIES.map((category) => (
                <Bar
                  key={category}
                  dataKey={category}
                  stackId="due"
                  fill={categoryColor(category)}
                  maxBarSize={34}
                  isAnimationActive={false}
                  style={{ cursor: 'pointer' }}
                  onClick={({ payload }: { payload?: Point }) => payload && open(payload.month, category)}
                />
              ))}
            </BarChart>
          </ResponsiveContainer>
        </div>
      )}
      <figcaption className={classes.summary}>{overviewSummary(totals, currency)}</figcaption>
    </figure>
  );
}

function Shown({ point, currency }: { point: Point; currency: string }) {
  return (
    <div className={classes.tooltip}>
      <strong>{monthWords(point.month)}</strong>
      {FORECAST_CATEGORIES.filter((category) => point[category] > 0).map((category) => (
        <div key={category} className={classes.tooltipLine}>
          <CategoryMark category={category} />
          <span className="tabular">{formatMoney(point[category], currency)}</span>
        </div>
      ))}
    </div>
  );
}

/** What is overdue or missing, each a door to its rows. */
function Attention({ totals, onOpen }: RenewalOverviewProps) {
  const currency = useCurrency();
  const { overdue, missingForecast, missingTouch } = totals;
  const lines: { count: number; words: string; change: RenewalsSearch; amountMinor?: number | null }[] = [
    { count: overdue.renewals, words: 'overdue', change: { state: 'overdue' }, amountMinor: overdue.amountMinor },
    { count: missingForecast, words: 'without a forecast', change: { missing: 'forecast' } },
    { count: missingTouch, words: 'without a touch', change: { missing: 'touch' } },
  ];
  return (
    <section className={classes.card} aria-label="Calls for attention">
      <h2 className={classes.title}>Calls for attention</h2>
      <ul className={classes.lines}>
        {lines.map(({ count, words, change, amountMinor }) => (
          <li key={words}>
            {count === 0 ? (
              <span className={classes.dim}>None {words}</span>
            ) : (
              <UnstyledButton className={classes.door} onClick={() => onOpen(change)}>
                <strong className="tabular">{count}</strong> {words}
              </UnstyledButton>
            )}
            {amountMinor === undefined || amountMinor === null ? null : (
              <span className="tabular">{formatMoneyCompact(amountMinor, currency)}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** ARR of customers who said that they leave, by the month they leave in. */
function KnownChurn({ churn }: { churn: RenewalTotals['knownChurn'] }) {
  const currency = useCurrency();
  return (
    <section className={classes.card} aria-label="Known churn">
      <h2 className={classes.title}>Known churn</h2>
      {churn.length === 0 ? (
        <p className={classes.dim}>Nobody among these has said when they leave.</p>
      ) : (
        <ul className={classes.lines}>
          {churn.map(({ month, accounts, arrMinor }) => (
            <li key={month}>
              <span>
                {monthWords(month)} <span className={classes.dim}>{plural(accounts, 'account')}</span>
              </span>
              <span className="tabular" title="ARR today">
                {formatMoney(arrMinor, currency)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
