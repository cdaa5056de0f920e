import { SegmentedControl, Skeleton, Table } from '@mantine/core';
import type { AccountLedger, LedgerMonth } from '@steward/shared/ledger';
import { MOVEMENTS } from '@steward/shared/ledger';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Bar, BarChart, CartesianGrid, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { monthShort, monthWords } from '../../../components/renewal/renewal-words.js';
import { MOVEMENT_LOOKS, MOVEMENT_WORDS } from '../../../components/report/movement-look.js';
import { LoadFailed } from '../../../components/ui/load-failed.js';
import { Section } from '../../../components/ui/section.js';
import { request } from '../../../lib/api.js';
import { addDays } from '../../../lib/days.js';
import { formatMoney, formatMoneyCompact, formatPercent, NONE } from '../../../lib/format.js';
import { useMe } from '../../../lib/me.js';
import { ledgerSummary, movementText, revaluation } from './ledger-words.js';
import classes from './revenue.module.css';

const SPANS = [
  { value: '12', label: '12 months' },
  { value: '24', label: '24 months' },
  { value: '36', label: '36 months' },
];

const NO_START = 'There was no MRR at the start of these months';

/** GET /accounts/:accountId/ledger: MRR by month; the month of today ends today. */
const ledgerQuery = (accountId: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'ledger', from, to],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<AccountLedger>('GET', `/accounts/${accountId}/ledger`, { query: { from, to }, signal }),
  });

/** The first of so many months, of which this one is the last: 2026-04, 12 → 2025-05. */
export function monthsBack(today: string, count: number): string {
  const first = new Date(`${today.slice(0, 7)}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() - count + 1);
  return first.toISOString().slice(0, 7);
}

/** The last month that was over at the end of the day: 2026-09-23 → 2026-08, 2026-09-30 → 2026-09. */
export const lastWholeMonth = (day: string): string => monthsBack(addDays(day, 1), 2);

/** What the account pays a month and how that moved: start + movements = end, month by month. */
export function LedgerSection({ accountId, asOf }: { accountId: string; asOf: string | undefined }) {
  const { today } = useMe().workspace;
  const [span, setSpan] = useState('12');
  const to = asOf === undefined ? monthsBack(today, 1) : lastWholeMonth(asOf);
  const { data, error, refetch } = useQuery(ledgerQuery(accountId, monthsBack(`${to}-01`, Number(span)), to));
  return (
    <Section
      title="Revenue"
      note={asOf === undefined ? 'MRR by month' : `MRR by whole month, up to ${monthWords(to)}`}
      aside={<SegmentedControl aria-label="How many months" data={SPANS} value={span} onChange={setSpan} />}
    >
      {error ? <LoadFailed title="Revenue could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={220} />}
      {data ? <Ledger ledger={data} /> : null}
    </Section>
  );
}

function Ledger({ ledger }: { ledger: AccountLedger }) {
  const { months, currency, grossRetention, netRetention, unknownSubscriptions } = ledger;
  const [asTable, setAsTable] = useState(false);
  if (months.every(({ startMinor, endMinor }) => startMinor === 0 && endMinor === 0)) {
    return (
      <p className={classes.none}>
        No revenue in these months.
        {unknownSubscriptions > 0
          ? ' There are subscriptions without an MRR, or in a currency without a rate: they are in no figure.'
          : ' It follows from subscriptions.'}
      </p>
    );
  }
  return (
    <figure className={classes.ledger}>
      <div className={classes.head}>
        <span className={classes.figure} title={grossRetention === null ? NO_START : undefined}>
          Gross retention <strong className="tabular">{formatPercent(grossRetention, 1)}</strong>
        </span>
        <span className={classes.figure} title={netRetention === null ? NO_START : undefined}>
          Net retention <strong className="tabular">{formatPercent(netRetention, 1)}</strong>
        </span>
        {unknownSubscriptions > 0 ? (
          <span className={classes.bad} title="Without an MRR, or in a currency without a rate">
            {unknownSubscriptions} subscriptions are in no figure
          </span>
        ) : null}
        <span className={classes.push}>
          <SegmentedControl
            size="xs"
            aria-label="How revenue is shown"
            data={[
              { value: 'chart', label: 'Chart' },
              { value: 'table', label: 'Table' },
            ]}
            value={asTable ? 'table' : 'chart'}
            onChange={(next) => setAsTable(next === 'table')}
          />
        </span>
      </div>
      {asTable ? <LedgerTable ledger={ledger} /> : <LedgerChart months={months} currency={currency} />}
      <figcaption className={classes.summary}>{ledgerSummary(ledger)}</figcaption>
    </figure>
  );
}

function LedgerChart({ months, currency }: { months: readonly LedgerMonth[]; currency: string }) {
  const found = MOVEMENTS.filter((movement) => months.some((month) => month.movement === movement));
  const late = months.some(({ lateRenewalMinor }) => lateRenewalMinor > 0);
  // What stayed stands below; what came lies on top of it, and what went hangs below the line.
  const points = months.map((month) => ({
    ...month,
    base: Math.min(month.startMinor, month.endMinor) - month.lateRenewalMinor,
    late: month.lateRenewalMinor,
    ...Object.fromEntries(found.map((each) => [each, month.movement === each ? month.movementMinor : 0])),
  }));
  return (
    <>
      <div aria-hidden className={classes.chart}>
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 180 }}>
          <BarChart
            data={points}
            stackOffset="sign"
            margin={{ top: 4, right: 4, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid stroke="var(--line)" vertical={false} />
            <XAxis
              dataKey="month"
              tickFormatter={monthShort}
              tick={{ fill: 'var(--text-dim)', fontSize: 11 }}
              axisLine={{ stroke: 'var(--line-strong)' }}
              tickLine={false}
              minTickGap={12}
            />
            <YAxis
              width={52}
              tickFormatter={(value: number) => formatMoneyCompact(value, currency)}
              tick={{ fill: 'var(--text-dim)', fontSize: 11 }}
              axisLine={false}
              tickLine={false}
              tickCount={5}
            />
            <ReferenceLine y={0} stroke="var(--line-strong)" />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: 'var(--surface-hover)' }}
              content={({ active, payload }) => {
                const month = payload?.[0]?.payload as LedgerMonth | undefined;
                return active && month ? <Shown month={month} currency={currency} /> : null;
              }}
            />
            <Bar dataKey="base" stackId="mrr" fill="var(--line-strong)" maxBarSize={34} isAnimationActive={false} />
            {late ? (
              <Bar dataKey="late" stackId="mrr" fill="var(--spark)" maxBarSize={34} isAnimationActive={false} />
            ) : null}
            {found.map((movement) => (
              <Bar
                key={movement}
                dataKey={movement}
                stackId="mrr"
                fill={MOVEMENT_LOOKS[movement].color}
                maxBarSize={34}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <ul className={classes.legend} aria-label="Colours of the chart">
        <Swatch color="var(--line-strong)" label="Goes on" />
        {late ? <Swatch color="var(--spark)" label="Late renewal, carried on" /> : null}
        {found.map((movement) => (
          <Swatch key={movement} color={MOVEMENT_LOOKS[movement].color} label={MOVEMENT_WORDS[movement]} />
        ))}
      </ul>
    </>
  );
}

function Swatch({ color, label }: { color: string; label: string }) {
  return (
    <li>
      <span className={classes.swatch} style={{ background: color }} aria-hidden />
      {label}
    </li>
  );
}

function Shown({ month, currency }: { month: LedgerMonth; currency: string }) {
  return (
    <div className={classes.tooltip}>
      <strong>{monthWords(month.month)}</strong>
      <div>
        {formatMoney(month.startMinor, currency)} → {formatMoney(month.endMinor, currency)}
      </div>
      {month.movement ? (
        <div>
          {MOVEMENT_WORDS[month.movement]} {movementText(month, currency)}
        </div>
      ) : null}
      {month.lateRenewalMinor > 0 ? (
        <div>Late renewal: {formatMoney(month.lateRenewalMinor, currency)} carried on</div>
      ) : null}
    </div>
  );
}

function LedgerTable({ ledger }: { ledger: AccountLedger }) {
  const { months, currency, startMinor, endMinor } = ledger;
  const withRates = revaluation(months) !== 0 || months.some(({ revaluationMinor }) => revaluationMinor !== 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label="Revenue as a table">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Month</Table.Th>
            {withRates ? <Table.Th ta="right">Other rates</Table.Th> : null}
            <Table.Th ta="right">Start</Table.Th>
            <Table.Th>Movement</Table.Th>
            <Table.Th ta="right">By</Table.Th>
            <Table.Th ta="right">End</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {months.toReversed().map((month) => (
            <Table.Tr key={month.month}>
              <Table.Td className={classes.nowrap}>{monthWords(month.month)}</Table.Td>
              {withRates ? (
                <Table.Td ta="right" className="tabular">
                  {month.revaluationMinor === 0 ? NONE : formatMoney(month.revaluationMinor, currency)}
                </Table.Td>
              ) : null}
              <Table.Td ta="right" className="tabular">
                {formatMoney(month.startMinor, currency)}
              </Table.Td>
              <Table.Td className={classes.nowrap}>
                {month.movement ? MOVEMENT_WORDS[month.movement] : NONE}
                {month.lateRenewalMinor > 0 ? (
                  <span className={classes.dim} title="Carried over a gap of at most 14 days between subscriptions">
                    {' '}
                    · late renewal, {formatMoney(month.lateRenewalMinor, currency)} carried on
                  </span>
                ) : null}
              </Table.Td>
              <Table.Td ta="right" className="tabular">
                {movementText(month, currency)}
              </Table.Td>
              <Table.Td ta="right" className="tabular">
                {formatMoney(month.endMinor, currency)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th>All months</Table.Th>
            {withRates ? (
              <Table.Th ta="right" className="tabular">
                {formatMoney(revaluation(months), currency)}
              </Table.Th>
            ) : null}
            <Table.Th ta="right" className="tabular">
              {formatMoney(startMinor, currency)}
            </Table.Th>
            <Table.Th />
            <Table.Th ta="right" className="tabular">
              {formatMoney(
                months.reduce((sum, { movementMinor }) => sum + movementMinor, 0),
                currency,
              )}
            </Table.Th>
            <Table.Th ta="right" className="tabular">
              {formatMoney(endMinor, currency)}
            </Table.Th>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </section>
  );
}
