import { Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
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

interface MovingDialogProps extends MovingAccountsProps {
  /** How many there are: the largest only are known by name. */
  total: number;
  onClose: () => void;
}

/** Who is behind a cell. */
export function MovingDialog({ label, rows, total, currency, onClose }: MovingDialogProps) {
  return (
    <Modal opened onClose={onClose} title={label} size="lg">
      {rows.length < total ? (
        <p className={classes.quiet}>
          {rows.length === 0
            ? `Those ${plural(total, 'account')} are not among the hundred largest that move.`
            : `The largest ${formatNumber(rows.length)} of ${plural(total, 'account')}.`}
        </p>
      ) : null}
      <MovingAccounts label={label} rows={rows} currency={currency} />
    </Modal>
  );
}
