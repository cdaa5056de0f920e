import { Group, Pagination, ScrollArea, SegmentedControl, Skeleton, Table, VisuallyHidden } from '@mantine/core';
import type { AccountDetail, FactList } from '@steward/shared/accounts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { humanize } from '../../lib/catalogue.js';
import { formatDay } from '../../lib/days.js';
import { formatNumber } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { ContactMenu } from './contact-menu.js';
import { factText } from './fact-value.js';
import classes from './facts-tab.module.css';
import { FACTS_A_PAGE, factsQuery } from './get-facts.js';

const route = getRouteApi('/shell/accounts/$accountId');
const LISTS: readonly FactList[] = [
  'contacts',
  'subscriptions',
  'invoices',
  'tickets',
  'surveys',
  'touchpoints',
  'deals',
  'metrics',
  'events',
  'pulses',
];
const RIGHT = ['number', 'money'];
/** A contact is known by an id, an address or a name. */
const NAMELESS = 'contact';
/** Longer texts are cut off in their cell and whole on hover. */
const LONG = 32;

interface FactsTabProps {
  account: AccountDetail;
  asOf: string | undefined;
}

export function FactsTab({ account, asOf }: FactsTabProps) {
  const { list } = route.useSearch();
  const navigate = useNavigate();
  const kind = LISTS.find((each) => each === list) ?? 'contacts';
  return (
    <Section title="Facts" note={asOf ? `nothing dated after ${formatDay(asOf)}` : undefined}>
      <ScrollArea type="never">
        <SegmentedControl
          aria-label="Kind of fact"
          mb="sm"
          data={LISTS.map((value) => ({ value, label: humanize(value) }))}
          value={kind}
          onChange={(next) => void navigate({ to: '.', search: (now) => ({ ...now, list: next }), replace: true })}
        />
      </ScrollArea>
      <FactTable key={`${account.id} ${kind} ${asOf}`} id={account.id} kind={kind} asOf={asOf} />
    </Section>
  );
}

interface FactTableProps {
  id: string;
  kind: FactList;
  asOf: string | undefined;
}

function FactTable({ id, kind, asOf }: FactTableProps) {
  const [page, setPage] = useState(0);
  const { workspace, permissions } = useMe();
  const { data, error, refetch } = useQuery(factsQuery(id, kind, asOf, page));
  if (error) return <LoadFailed title="These facts could not be loaded" error={error} onRetry={refetch} />;
  if (!data) return <Skeleton h={220} />;
  if (data.total === 0) {
    return <EmptyState title={`No ${kind}`} text="Nothing of this kind has been delivered for the account." />;
  }
  const hasActions = kind === 'contacts' && permissions.includes('contacts:erase');
  const pages = Math.ceil(data.total / FACTS_A_PAGE);
  return (
    <>
      <Table.ScrollContainer minWidth={640} type="native">
        <Table highlightOnHover aria-label={humanize(kind)}>
          <Table.Thead>
            <Table.Tr>
              {data.columns.map((column) => (
                <Table.Th
                  key={column.key}
                  className={classes.head}
                  ta={RIGHT.includes(column.type) ? 'right' : undefined}
                >
                  {column.label}
                </Table.Th>
              ))}
              {hasActions ? (
                <Table.Th px={0}>
                  <VisuallyHidden>Actions</VisuallyHidden>
                </Table.Th>
              ) : null}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a page have no identity of their own
              <Table.Tr key={index}>
                {data.columns.map((column) => {
                  const text = factText(row[column.key], column.type, workspace.currency, workspace.timeZone);
                  return (
                    <Table.Td
                      key={column.key}
                      ta={RIGHT.includes(column.type) ? 'right' : undefined}
                      className={`${classes.cell} tabular`}
                      title={text.length > LONG ? text : undefined}
                    >
                      {text}
                    </Table.Td>
                  );
                })}
                {hasActions ? (
                  <Table.Td ta="right" px={0}>
                    <ContactMenu accountId={id} contact={{ id: String(row.id), name: String(row.name ?? NAMELESS) }} />
                  </Table.Td>
                ) : null}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group justify="space-between" mt="sm" c="dimmed">
        <span role="status">{formatNumber(data.total)} in all</span>
        {pages > 1 ? (
          <Pagination
            size="sm"
            total={pages}
            value={page + 1}
            onChange={(next) => setPage(next - 1)}
            getControlProps={(control) => ({ 'aria-label': `${control} page` })}
          />
        ) : null}
      </Group>
    </>
  );
}
