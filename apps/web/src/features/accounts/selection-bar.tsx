import { Button } from '@mantine/core';
import type { AccountRow } from '@steward/shared/accounts';
import type { Rule } from '@steward/shared/rules';
import { formatMoneyCompact, formatNumber } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import classes from './accounts-page.module.css';

interface SelectionBarProps {
  rows: readonly AccountRow[];
  onClear: () => void;
  onExport: (rule: Rule) => void;
}

export function SelectionBar({ rows, onClear, onExport }: SelectionBarProps) {
  const currency = useCurrency();
  if (rows.length === 0) return null;
  const arrMinor = rows.reduce((sum, row) => sum + (row.arrMinor ?? 0), 0);
  return (
    <div className={classes.selection}>
      <span role="status">
        {formatNumber(rows.length)} selected · ARR {formatMoneyCompact(arrMinor, currency)}
      </span>
      <Button
        variant="default"
        size="compact-xs"
        onClick={() =>
          onExport({
            kind: 'compare',
            field: 'account.externalId',
            op: 'in',
            value: rows.map((row) => row.externalId),
          })
        }
      >
        Export these
      </Button>
      <Button variant="subtle" color="gray" size="compact-xs" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
