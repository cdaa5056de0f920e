import { Checkbox } from '@mantine/core';
import type { Alert, AlertInboxRow } from '@steward/shared/alerts';
import { type KeyboardEvent, useRef, useState } from 'react';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { type Shortcuts, useShortcuts } from '../../lib/shortcuts.js';
import { focusRow, useKeptPlace } from '../ui/use-kept-place.js';
import classes from './alert-list.module.css';
import { AlertRow } from './alert-row.js';
import { type Triage, targetOf } from './use-triage.js';

interface AlertListProps {
  label: string;
  rows: readonly AlertInboxRow[];
  triage: Triage;
  /** Accounts that are ticked; without it nothing can be. */
  selection?: {
    ids: ReadonlySet<string>;
    onToggle: (accountId: string) => void;
    /** All rows, or none where all are ticked. */
    onToggleAll: () => void;
  };
  /** The alert that stands open beside the list. */
  openId?: string | null;
  onOpen: (alert: Alert) => void;
}

/**
 * One row an account with its most severe alert. J and K move, O opens, X ticks, Ctrl+A ticks all, E acknowledges,
 * S snoozes, R resolves, A assigns: the row that has the focus.
 */
export function AlertList({ label, rows, triage, selection, openId = null, onOpen }: AlertListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const mayTriage = useMe().permissions.includes('alerts:triage');
  const at = rows.findIndex(({ account }) => account.id === active);
  const row = rows[at];
  const elementOf = (accountId: string) => list.current?.querySelector<HTMLElement>(`[data-account="${accountId}"]`);
  const ids = rows.map(({ account }) => account.id);
  useKeptPlace({ ids, active, onActive: setActive, isAsking: triage.isAsking, elementOf });

  const move = (by: 1 | -1) => {
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next === undefined) return;
    setActive(next.account.id);
    focusRow(elementOf(next.account.id));
    // What stands open beside the list follows, as the peek does.
    if (openId !== null) onOpen(next.top);
  };
  // Another list beside it has the focus, and with it the keys.
  const isElsewhere = () => document.activeElement?.closest('[data-task]') != null;
  const on = (run: (current: AlertInboxRow) => void) => () => {
    if (isElsewhere()) return false;
    if (row !== undefined) run(row);
    return true;
  };
  const toggle = (accountId: string) =>
    setUnfolded((now) => new Set(now.has(accountId) ? [...now].filter((id) => id !== accountId) : [...now, accountId]));
  const target = (current: AlertInboxRow) => targetOf(current.account.name, current.top);
  const deeds: Shortcuts = mayTriage
    ? {
        e: on((current) => triage.acknowledge(target(current))),
        s: on((current) => triage.ask('snooze', target(current))),
        r: on((current) => triage.ask('resolve', target(current))),
        a: on((current) => triage.ask('assign', target(current))),
      }
    : {};
  useShortcuts({
    j: () => !isElsewhere() && move(1),
    k: () => !isElsewhere() && move(-1),
    o: on((current) => onOpen(current.top)),
    ...(selection ? { x: on((current) => selection.onToggle(current.account.id)) } : {}),
    ...deeds,
  });

  const onSelectAll = (event: KeyboardEvent) => {
    if (!selection || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'a') return;
    event.preventDefault();
    selection.onToggleAll();
  };
  const ticked = selection ? rows.filter(({ account }) => selection.ids.has(account.id)).length : 0;
  return (
    <>
      {selection ? (
        <div className={classes.selectAll}>
          <Checkbox
            size="16px"
            radius="4px"
            label={`Select all: ${plural(rows.length, 'account')} shown`}
            checked={ticked === rows.length}
            indeterminate={ticked > 0 && ticked < rows.length}
            onChange={selection.onToggleAll}
          />
        </div>
      ) : null}
      <ul className={classes.list} aria-label={label} ref={list} onKeyDown={onSelectAll}>
        {rows.map((each) => (
          <AlertRow
            key={each.account.id}
            row={each}
            triage={mayTriage ? triage : null}
            selection={
              selection === undefined
                ? null
                : {
                    ticked: selection.ids.has(each.account.id),
                    onToggle: () => selection.onToggle(each.account.id),
                  }
            }
            openId={openId}
            unfolded={unfolded.has(each.account.id)}
            onUnfold={() => toggle(each.account.id)}
            onOpen={onOpen}
            onFocus={() => setActive(each.account.id)}
          />
        ))}
      </ul>
    </>
  );
}
