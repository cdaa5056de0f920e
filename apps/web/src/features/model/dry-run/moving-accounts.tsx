import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Dialog } from '../../../components/ui/dialog.js';
import { errorText } from '../../../lib/api.js';
import { formatMoney, formatNumber, plural } from '../../../lib/format.js';
import classes from './dry-run.module.css';

export interface MovingAccount {
  id: string;
  name: string;
  arrMinor: number | null;
  /** “falls to Tier 3 on 12 Dec 2026”. */
  words: string;
}

interface MovingAccountsProps {
  label: string;
  rows: readonly MovingAccount[];
  currency: string;
}

/** Accounts by name, with what happens to each. */
export function MovingAccounts({ label, rows, currency }: MovingAccountsProps) {
  return (
    <ul className={classes.accounts} aria-label={label}>
      {rows.map(({ id, name, arrMinor, words }) => (
        <li key={id}>
          <Link to="/accounts/$accountId" params={{ accountId: id }} className={classes.account}>
            {name}
          </Link>
          <span className="tabular">{formatMoney(arrMinor, currency)}</span>
          <span className={classes.moves}>{words}</span>
        </li>
      ))}
    </ul>
  );
}

interface MovingDialogProps {
  label: string;
  currency: string;
  /** Tells the cell from others, and the trial from others. */
  cell: readonly (string | number | null)[];
  /** The next of them, the largest first; fewer than a page where there are no more. */
  load: (offset: number) => Promise<readonly MovingAccount[]>;
  /** How many there are. */
  total: number;
  onClose: () => void;
}

/** Who is behind a cell, page after page. */
export function MovingDialog({ label, cell, load, total, currency, onClose }: MovingDialogProps) {
  const { data, error, isFetching, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: cell,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, page) => sum + page.length, 0);
      return last.length === 0 || shown >= total ? null : shown;
    },
    gcTime: 0,
  });
  const rows = data?.pages.flat() ?? [];
  return (
    <Dialog onClose={onClose} title={label} size="lg">
      {rows.length > 0 && rows.length < total ? (
        <p className={classes.quiet}>{`The largest ${formatNumber(rows.length)} of ${plural(total, 'account')}.`}</p>
      ) : null}
      {data === undefined && isFetching ? <Skeleton h={120} /> : null}
      <MovingAccounts label={label} rows={rows} currency={currency} />
      {error ? <p role="alert">{errorText(error)}</p> : null}
      {hasNextPage ? (
        <Button variant="default" mt="xs" loading={isFetching} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </Dialog>
  );
}
