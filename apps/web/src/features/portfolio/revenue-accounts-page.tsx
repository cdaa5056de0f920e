import { Button, Skeleton, Table } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { RevenueAccounts } from '@steward/shared/revenue-report';
import { IconArrowLeft, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ReportEmpty } from '../../components/report/report-empty.js';
import { ReportFilterBar, type ReportFilterName } from '../../components/report/report-filter-bar.js';
import { keptFilters } from '../../components/report/report-keys.js';
import { ReportPage } from '../../components/report/report-page.js';
import { fileNameOf, saveCsv } from '../../components/report/report-table.js';
import { useReportSearch } from '../../components/report/use-report-search.js';
import { Pager } from '../../components/sales/pager.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { formatDay } from '../../lib/days.js';
import { formatMoney, formatMoneyWhole, NONE, plural } from '../../lib/format.js';
import { LISTED_AT_ONCE, listQuestion, revenueAccountsQuery } from './get-revenue.js';
import classes from './revenue.module.css';
import { listTable, listWords, outcomeWords } from './revenue-list.js';

const FILTERS: readonly ReportFilterName[] = ['tier', 'segment', 'owner', 'region', 'product', 'tierMode', 'asOf'];

/** The accounts behind a figure of revenue, the largest change first. */
export function RevenueAccountsPage() {
  const { search, question, set } = useReportSearch();
  const list = listQuestion(search, question);
  const { data, error, refetch } = useQuery(revenueAccountsQuery(question, list));
  const tiers = fieldOf(useCatalogue(), 'tier')?.options ?? [];
  const words = listWords(list, data ?? null);
  useDocumentTitle(`${words.title} · Steward`);
  const kept = keptFilters(search);
  return (
    <ReportPage
      title={words.title}
      aside={words.when}
      question={question}
      state={data}
      actions={
        <>
          <Button
            variant="default"
            component={Link}
            to="/portfolio"
            search={{ ...kept, tab: 'revenue' } as never}
            leftSection={<IconArrowLeft size={14} aria-hidden />}
          >
            Revenue
          </Button>
          <Button
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            disabled={!data || data.rows.length === 0}
            onClick={() => data && saveCsv(listTable(data), fileNameOf(words.title, data.asOf))}
          >
            Save as CSV
          </Button>
        </>
      }
      filters={
        <ReportFilterBar
          question={question}
          shows={FILTERS}
          onChange={(change) => set({ ...change, offset: undefined })}
        />
      }
    >
      {error && !data ? <LoadFailed title="The accounts could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={420} m="lg" w="auto" />}
      {data?.accounts === 0 ? <ReportEmpty question={question} what="account" onChange={set} /> : null}
      {data && data.accounts > 0 ? (
        <div className={classes.list}>
          <Totals data={data} />
          <List data={data} tierLabel={(key) => tiers.find(({ value }) => value === key)?.label ?? key} />
          <Pager
            offset={list.offset}
            shown={data.rows.length}
            total={data.accounts}
            atOnce={LISTED_AT_ONCE}
            onMove={(offset) => set({ offset })}
          />
        </div>
      ) : null}
    </ReportPage>
  );
}

function Totals({ data }: { data: RevenueAccounts }) {
  const { accounts, startMinor, endMinor, currency, fromDay, toDay } = data;
  return (
    <p className={`${classes.totals} tabular`}>
      <strong>{plural(accounts, 'account')}</strong>: MRR <strong>{formatMoneyWhole(startMinor, currency)}</strong>{' '}
      before {formatDay(fromDay)}, <strong>{formatMoneyWhole(endMinor, currency)}</strong> on {formatDay(toDay)}.
    </p>
  );
}

function List({ data, tierLabel }: { data: RevenueAccounts; tierLabel: (key: string) => string }) {
  const { rows, currency } = data;
  return (
    <Table aria-label="Accounts">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Account</Table.Th>
          <Table.Th>Tier</Table.Th>
          <Table.Th>CSM</Table.Th>
          <Table.Th ta="right">MRR at start</Table.Th>
          <Table.Th ta="right">Change</Table.Th>
          <Table.Th ta="right">MRR at end</Table.Th>
          <Table.Th>Outcome</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => {
          const { accountId, name, externalId, tier, csm, startMinor, endMinor } = row;
          const change = endMinor - startMinor;
          return (
            <Table.Tr key={accountId}>
              <Table.Td>
                <Link
                  to="/accounts/$accountId"
                  params={{ accountId }}
                  search={{ tab: 'revenue' }}
                  style={{ color: 'inherit' }}
                  title={externalId}
                >
                  {name}
                </Link>
              </Table.Td>
              <Table.Td>{tier === null ? NONE : tierLabel(tier)}</Table.Td>
              <Table.Td>{csm ?? NONE}</Table.Td>
              <Table.Td ta="right" className="tabular" title={formatMoney(startMinor, currency)}>
                {formatMoneyWhole(startMinor, currency)}
              </Table.Td>
              <Table.Td ta="right" className="tabular" title={formatMoney(change, currency)}>
                {change > 0 ? '+' : ''}
                {formatMoneyWhole(change, currency)}
                {change > 0 ? ' ▲' : change < 0 ? ' ▼' : ''}
              </Table.Td>
              <Table.Td ta="right" className="tabular" title={formatMoney(endMinor, currency)}>
                {formatMoneyWhole(endMinor, currency)}
              </Table.Td>
              <Table.Td>{outcomeWords(row)}</Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
