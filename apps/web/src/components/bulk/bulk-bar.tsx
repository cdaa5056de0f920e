import { Button } from '@mantine/core';
import type { BulkChange } from '@steward/shared/bulk';
import { useState } from 'react';
import { formatNumber } from '../../lib/format.js';
import { useCurrency, useMe } from '../../lib/me.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import type { AccountSelection, SelectionSize } from '../account-grid/account-selection.js';
import { ArrTotal } from '../account-grid/arr-total.js';
import type { AccountQuestion } from '../account-grid/count-accounts.js';
import { AssignDialog } from './assign-dialog.js';
import { bulkSelectionOf, useOrderBulk } from './bulk-actions.js';
import classes from './bulk-bar.module.css';
import { followBulk, useUnfinishedBulk } from './follow-bulk.js';
import { BulkPulseDialog } from './pulse-dialog.js';
import { BulkSnoozeDialog } from './snooze-dialog.js';
import { BulkStartDialog } from './start-dialog.js';
import { TagDialog } from './tag-dialog.js';
import { TierDialog } from './tier-dialog.js';

interface BulkBarProps {
  selection: AccountSelection;
  size: SelectionSize | null;
  question: AccountQuestion;
  /** How many match the filters; null while it is not known. */
  total: number | null;
  onSelectAll: () => void;
  onClear: () => void;
  onExport: () => void;
}

/** What can be done with the selected accounts; without a selection there is nothing to see. */
export function BulkBar(props: BulkBarProps) {
  const mayChange = useMe().permissions.includes('accounts:edit');
  useUnfinishedBulk(mayChange);
  const { size, question } = props;
  if (size === null || size.accounts === 0) return null;
  // The past is not changed: it can be looked at and taken along.
  return <SelectedBar {...props} size={size} editable={mayChange && (question.asOf ?? null) === null} />;
}

type Dialog = 'assign' | 'tier' | 'pulse' | 'tag' | 'snooze' | 'start';

interface SelectedBarProps extends BulkBarProps {
  size: SelectionSize;
  editable: boolean;
}

function SelectedBar({ selection, size, question, total, editable, onSelectAll, onClear, onExport }: SelectedBarProps) {
  const currency = useCurrency();
  const order = useOrderBulk();
  const [open, setOpen] = useState<Dialog | null>(null);
  const all = selection.kind === 'matching' && selection.without.length === 0;
  const close = () => setOpen(null);
  const openOn = (dialog: Dialog) => () => open === null && setOpen(dialog);
  const mayStart = useMe().permissions.includes('goals:write');
  useShortcuts(editable ? { a: openOn('assign'), s: openOn('snooze') } : {});

  const change = (what: BulkChange) =>
    order.mutate(
      { change: what, selection: bulkSelectionOf(selection, question) },
      {
        onSuccess: (action) => {
          followBulk(action);
          close();
          onClear();
        },
      },
    );
  const frame = { accounts: size.accounts, isPending: order.isPending, onClose: close };
  const button = (what: Dialog, label: string, hint?: string) => (
    <Button variant="default" size="compact-xs" title={hint} aria-keyshortcuts={hint} onClick={() => setOpen(what)}>
      {label}
    </Button>
  );
  return (
    <div className={classes.bar} role="toolbar" aria-label="The selected accounts">
      <span role="status">
        {all ? `All ${formatNumber(size.accounts)} that match selected` : `${formatNumber(size.accounts)} selected`} ·{' '}
        <ArrTotal arrMinor={size.arrMinor} currency={currency} />
      </span>
      {selection.kind === 'rows' && total !== null && total > size.accounts ? (
        <Button variant="subtle" size="compact-xs" onClick={onSelectAll}>
          Select all {formatNumber(total)}
        </Button>
      ) : null}
      {editable ? (
        <>
          {button('assign', 'Assign', 'A')}
          {button('tier', 'Tier')}
          {button('pulse', 'Pulse')}
          {button('tag', 'Tag')}
          {button('snooze', 'Snooze', 'S')}
          {mayStart ? button('start', 'Start playbook', 'P') : null}
        </>
      ) : null}
      <Button variant="default" size="compact-xs" onClick={onExport}>
        Export these
      </Button>
      <Button variant="subtle" color="gray" size="compact-xs" onClick={onClear}>
        Clear
      </Button>
      {open === 'assign' ? <AssignDialog {...frame} onChange={change} /> : null}
      {open === 'tier' ? <TierDialog {...frame} onChange={change} /> : null}
      {open === 'pulse' ? <BulkPulseDialog {...frame} onChange={change} /> : null}
      {open === 'tag' ? <TagDialog {...frame} known={tagsOf(selection)} onChange={change} /> : null}
      {open === 'start' ? <BulkStartDialog {...frame} onChange={change} /> : null}
      {open === 'snooze' ? <BulkSnoozeDialog {...frame} onChange={change} /> : null}
    </div>
  );
}

/** Tags of the rows that were ticked one by one. */
function tagsOf(selection: AccountSelection): string[] {
  if (selection.kind !== 'rows') return [];
  return [...new Set(selection.rows.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b));
}
