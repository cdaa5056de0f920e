import { Button } from '@mantine/core';
import type { AccountSelection, SelectionSize } from '../../components/account-grid/account-selection.js';
import { ArrTotal } from '../../components/account-grid/arr-total.js';
import { formatNumber } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import classes from './accounts-page.module.css';

interface SelectionBarProps {
  selection: AccountSelection;
  size: SelectionSize | null;
  /** How many match the filters; null while it is not known. */
  total: number | null;
  onSelectAll: () => void;
  onClear: () => void;
  onExport: () => void;
}

export function SelectionBar({ selection, size, total, onSelectAll, onClear, onExport }: SelectionBarProps) {
  const currency = useCurrency();
  if (size === null || size.accounts === 0) return null;
  const all = selection.kind === 'matching' && selection.without.length === 0;
  return (
    <div className={classes.selection}>
      <span role="status">
        {all ? `All ${formatNumber(size.accounts)} that match selected` : `${formatNumber(size.accounts)} selected`} ·{' '}
        <ArrTotal arrMinor={size.arrMinor} currency={currency} />
      </span>
      {selection.kind === 'rows' && total !== null && total > size.accounts ? (
        <Button variant="subtle" size="compact-xs" onClick={onSelectAll}>
          Select all {formatNumber(total)}
        </Button>
      ) : null}
      <Button variant="default" size="compact-xs" onClick={onExport}>
        Export these
      </Button>
      <Button variant="subtle" color="gray" size="compact-xs" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
