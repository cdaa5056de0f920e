import { ActionIcon, Button, SegmentedControl, Skeleton, Table, Tooltip } from '@mantine/core';
import type { StuckList, StuckRow } from '@steward/shared/lifecycle-report';
import { slowBehind } from '@steward/shared/portfolio-behind';
import { IconDownload, IconLayoutSidebarRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PeekDrawer } from '../../components/account-grid/peek-drawer.js';
import { doorOf } from '../../components/report/door.js';
import { DoorLink } from '../../components/report/door-link.js';
import { queryOf, type ReportQuestion } from '../../components/report/report-search.js';
import { Pager } from '../../components/sales/pager.js';
import { TaskFormDialog } from '../../components/task/task-form-dialog.js';
import { BAND_WORDS, BandShape } from '../../components/ui/band.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { toastError } from '../../components/ui/toast.js';
import { download } from '../../lib/api.js';
import { formatDay } from '../../lib/days.js';
import { formatMoney, formatMoneyCompact, formatNumber, formatScore, NONE, plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { useMutation } from '../../lib/mutation.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { lifecycleQuery, STUCK_AT_ONCE, stuckQuery } from './get-lifecycle.js';
import { pageOf } from './lifecycle-question.js';
import classes from './stuck-tab.module.css';

interface StuckTabProps {
  question: ReportQuestion;
  search: Record<string, string | undefined>;
  set: (change: Record<string, string | undefined>) => void;
}

const offsetOf = (text: string | undefined): number => (/^\d{1,6}$/.test(text ?? '') ? Number(text) : 0);

/** Accounts that are in their stage for too long, the largest first: looked at, opened, and given a task in place. */
export function StuckTab({ question, search, set }: StuckTabProps) {
  const pace = search.pace === 'behind' ? 'behind' : 'stuck';
  const offset = offsetOf(search.page);
  const { data, error, isPlaceholderData, refetch } = useQuery(stuckQuery(question, pace, offset));
  const saving = useMutation({
    mutationFn: () =>
      download('GET', '/reports/lifecycle/csv', 'stuck.csv', { query: { ...queryOf(question), pace, table: 'stuck' } }),
    onError: (failed) => toastError('The file could not be made', failed),
  });
  const [task, setTask] = useState<StuckRow['account'] | null>(null);
  const { peek } = search;
  const setPeek = (id: string | undefined) => set({ peek: id });
  const step = (by: 1 | -1) => {
    const at = data?.rows.findIndex(({ account }) => account.id === peek) ?? -1;
    const next = data?.rows[at === -1 ? 0 : at + by];
    if (next) setPeek(next.account.id);
  };
  useShortcuts({ j: () => step(1), k: () => step(-1), escape: () => peek && setPeek(undefined) });
  if (error) {
    return <LoadFailed title="The list could not be loaded" error={error} onRetry={refetch} />;
  }
  return (
    <div className={classes.page}>
      <div className={classes.list} aria-busy={isPlaceholderData}>
        <div className={classes.head}>
          <SegmentedControl
            aria-label="How long they are there"
            data={[
              { value: 'stuck', label: 'Stuck' },
              { value: 'behind', label: 'Behind or stuck' },
            ]}
            value={pace}
            onChange={(next) => set({ pace: next === 'behind' ? next : undefined, page: undefined, peek: undefined })}
          />
          {data && data.total > 0 ? <Totals data={data} question={question} pace={pace} /> : null}
          {data && data.total > 0 ? (
            <Button
              ml="auto"
              variant="default"
              leftSection={<IconDownload size={14} aria-hidden />}
              loading={saving.isPending}
              onClick={() => saving.mutate()}
            >
              CSV
            </Button>
          ) : null}
        </div>
        {data ? null : <Skeleton h={320} mx="lg" w="auto" />}
        {data?.total === 0 ? (
          <EmptyState
            title={pace === 'stuck' ? 'No account is stuck' : 'No account is behind'}
            text="None of your accounts is in its stage for longer than the stage’s definition allows."
          />
        ) : null}
        {data && data.rows.length > 0 ? (
          <Rows data={data} peek={peek} live={data.live} onPeek={setPeek} onTask={setTask} />
        ) : null}
        {data ? (
          <Pager
            offset={offset}
            shown={data.rows.length}
            total={data.total}
            atOnce={STUCK_AT_ONCE}
            onMove={(page) => set({ page, peek: undefined })}
          />
        ) : null}
      </div>
      {peek ? (
        <div className={classes.peek}>
          <PeekDrawer id={peek} asOf={question.asOf} onClose={() => setPeek(undefined)} />
        </div>
      ) : null}
      {task ? <TaskFormDialog account={task} onClose={() => setTask(null)} /> : null}
    </div>
  );
}

/** How many and how much, and all of them as a list of accounts. */
function Totals({ data, question, pace }: { data: StuckList; question: ReportQuestion; pace: 'behind' | 'stuck' }) {
  const stages = useQuery(lifecycleQuery(question)).data?.stages;
  const door =
    stages === undefined || data.total === 0 ? null : doorOf(slowBehind(pageOf(question, data), stages, pace));
  return (
    <span className={classes.words} role="status">
      <strong className="tabular">{formatNumber(data.total)}</strong> {data.total === 1 ? 'account' : 'accounts'} ·{' '}
      <strong title={formatMoney(data.arrMinor, data.currency)}>
        {formatMoneyCompact(data.arrMinor, data.currency)}
      </strong>{' '}
      of ARR
      {door === null ? null : (
        <>
          {' · '}
          <DoorLink door={door}>as a list of accounts</DoorLink>
        </>
      )}
    </span>
  );
}

interface RowsProps {
  data: StuckList;
  peek: string | undefined;
  live: boolean;
  onPeek: (id: string | undefined) => void;
  onTask: (account: StuckRow['account']) => void;
}

function Rows({ data: { rows, currency }, peek, live, onPeek, onTask }: RowsProps) {
  const mayAct = useMe().permissions.includes('goals:write') && live;
  return (
    <Table className={classes.table} aria-label="Accounts that are in their stage for too long">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Account</Table.Th>
          <Table.Th>Health</Table.Th>
          <Table.Th>Stage</Table.Th>
          <Table.Th ta="right">There for</Table.Th>
          <Table.Th ta="right">Expected</Table.Th>
          <Table.Th ta="right">Stuck after</Table.Th>
          <Table.Th ta="right">ARR</Table.Th>
          <Table.Th>CSM</Table.Th>
          <Table.Th aria-label="What can be done" />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          // The row takes the mouse; its buttons do the same by keyboard.
          <Table.Tr
            key={row.account.id}
            className={classes.row}
            data-open={row.account.id === peek || undefined}
            onClick={({ target }) => {
              if (target instanceof Element && target.closest('a, button')) return;
              onPeek(row.account.id === peek ? undefined : row.account.id);
            }}
          >
            <Table.Td>
              <span className={classes.account}>
                <Link to="/accounts/$accountId" params={{ accountId: row.account.id }}>
                  {row.account.name}
                </Link>
                {row.account.tier ? <span className={classes.tier}>{row.account.tier}</span> : null}
              </span>
            </Table.Td>
            <Table.Td>
              {row.account.band ? (
                <span className={classes.health} title={BAND_WORDS[row.account.band]}>
                  <BandShape band={row.account.band} />
                  <span className="tabular">{formatScore(row.account.score)}</span>
                </span>
              ) : (
                NONE
              )}
            </Table.Td>
            <Table.Td>{row.stage.label}</Table.Td>
            <Table.Td ta="right" className="tabular" title={`Since ${formatDay(row.since)}`}>
              <span className={row.pace === 'stuck' ? classes.stuck : undefined}>{plural(row.days, 'day')}</span>
            </Table.Td>
            <Days days={row.expectedDays} />
            <Days days={row.stuckDays} />
            <Table.Td ta="right" className="tabular">
              {formatMoney(row.account.arrMinor, currency)}
            </Table.Td>
            <Table.Td className={row.account.csm ? undefined : classes.dim}>
              {row.account.csm?.name ?? 'nobody'}
            </Table.Td>
            <Table.Td>
              <span className={classes.acts}>
                {mayAct ? (
                  <Button variant="default" size="compact-xs" onClick={() => onTask(row.account)}>
                    Task…
                  </Button>
                ) : null}
                <Tooltip label="Peek">
                  <ActionIcon
                    size={24}
                    aria-label={`Peek at ${row.account.name}`}
                    aria-pressed={row.account.id === peek}
                    onClick={() => onPeek(row.account.id === peek ? undefined : row.account.id)}
                  >
                    <IconLayoutSidebarRight size={15} aria-hidden />
                  </ActionIcon>
                </Tooltip>
              </span>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Days({ days }: { days: number | null }) {
  return (
    <Table.Td ta="right" className={`tabular ${classes.dim}`}>
      {formatNumber(days)}
    </Table.Td>
  );
}
