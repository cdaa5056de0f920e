import { Popover, UnstyledButton } from '@mantine/core';
import type { IsoDay } from '@steward/shared/common';
import { IconSquareCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useRef, useState } from 'react';
import { GoalStatusShape } from '../../components/goal/goal-status.js';
import { addDays, formatDay } from '../../lib/days.js';
import { plural } from '../../lib/format.js';
import classes from './calendar.module.css';
import type { DueItem } from './due-items.js';

const SHOWN = 3;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

interface CalendarGridProps {
  month: string;
  weeks: readonly (readonly IsoDay[])[];
  today: IsoDay;
  items: ReadonlyMap<IsoDay, readonly DueItem[]>;
  isBusy: boolean;
  onMonth: (by: 1 | -1) => void;
  onOpen: (item: DueItem) => void;
}

/** A month; arrow keys move from day to day, Enter shows all of one, Page up and down change the month. */
export function CalendarGrid({ month, weeks, today, items, isBusy, onMonth, onOpen }: CalendarGridProps) {
  const grid = useRef<HTMLTableElement>(null);
  const [active, setActive] = useState<IsoDay>(today.startsWith(month) ? today : `${month}-01`);
  const [unfolded, setUnfolded] = useState<IsoDay | null>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof Element) || !event.target.matches('[data-day]')) return;
    const step = STEPS[event.key];
    if (event.key === 'PageUp' || event.key === 'PageDown') {
      event.preventDefault();
      onMonth(event.key === 'PageUp' ? -1 : 1);
    } else if (event.key === 'Enter' && (items.get(active)?.length ?? 0) > 0) {
      event.preventDefault();
      setUnfolded(active);
    } else if (step !== undefined) {
      event.preventDefault();
      const next = addDays(active, step);
      const cell = grid.current?.querySelector<HTMLElement>(`[data-day="${next}"]`);
      if (!cell) return;
      setActive(next);
      cell.focus();
    }
  };
  return (
    <table
      className={classes.grid}
      ref={grid}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells take the focus, which the role says
      role="grid"
      aria-label="Due days"
      aria-busy={isBusy}
      onKeyDown={onKeyDown}
    >
      <thead>
        <tr>
          {WEEKDAYS.map((name) => (
            <th key={name} scope="col" className={classes.weekday}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <DayCell
                key={day}
                day={day}
                isOutside={!day.startsWith(month)}
                isToday={day === today}
                isActive={day === active}
                items={items.get(day) ?? []}
                isUnfolded={unfolded === day}
                onUnfold={(open) => setUnfolded(open ? day : null)}
                onFocus={() => setActive(day)}
                onOpen={onOpen}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayCellProps {
  day: IsoDay;
  isOutside: boolean;
  isToday: boolean;
  isActive: boolean;
  items: readonly DueItem[];
  isUnfolded: boolean;
  onUnfold: (open: boolean) => void;
  onFocus: () => void;
  onOpen: (item: DueItem) => void;
}

function DayCell({ day, isOutside, isToday, isActive, items, isUnfolded, onUnfold, onFocus, onOpen }: DayCellProps) {
  const count = items.length;
  return (
    <td
      className={classes.day}
      data-day={day}
      data-outside={isOutside || undefined}
      tabIndex={isActive ? 0 : -1}
      aria-label={`${formatDay(day)}${count === 0 ? '' : `, ${plural(count, 'thing')} due`}`}
      aria-current={isToday ? 'date' : undefined}
      onFocus={onFocus}
    >
      <span className={classes.number} data-today={isToday || undefined}>
        {Number(day.slice(8))}
      </span>
      {items.slice(0, SHOWN).map((item) => (
        <ItemLine key={item.id} item={item} onOpen={onOpen} />
      ))}
      {count > SHOWN || isUnfolded ? (
        <Popover
          opened={isUnfolded}
          onChange={onUnfold}
          position="bottom-start"
          shadow="md"
          trapFocus
          returnFocus
          width={300}
        >
          <Popover.Target>
            <UnstyledButton
              className={classes.more}
              aria-label={`${count - SHOWN} more on ${formatDay(day)}`}
              hidden={count <= SHOWN}
              onClick={() => onUnfold(!isUnfolded)}
            >
              +{count - SHOWN} more
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown p="xs" aria-label={`Due on ${formatDay(day)}`}>
            <h3 className={classes.unfolded}>{formatDay(day)}</h3>
            <div className={classes.all}>
              {items.map((item) => (
                <ItemLine key={item.id} item={item} onOpen={onOpen} />
              ))}
            </div>
          </Popover.Dropdown>
        </Popover>
      ) : null}
    </td>
  );
}

function ItemLine({ item, onOpen }: { item: DueItem; onOpen: (item: DueItem) => void }) {
  const words = `${item.what === 'goal' ? 'Goal' : 'Task'}: ${item.title}, ${item.account.name}`;
  const inside = (
    <>
      {item.status === null ? (
        <IconSquareCheck size={12} aria-hidden className={classes.icon} />
      ) : (
        <GoalStatusShape status={item.status} size={10} />
      )}
      <span className={classes.account}>{item.account.name}</span>
      <span className={classes.title}>{item.title}</span>
    </>
  );
  const line = {
    className: classes.item,
    title: words,
    'aria-label': words,
    'data-overdue': item.isOverdue || undefined,
  };
  // A task that belongs to no goal opens its account.
  return item.goal === null ? (
    <Link {...line} to="/accounts/$accountId" params={{ accountId: item.account.id }} search={{ tab: 'goals' }}>
      {inside}
    </Link>
  ) : (
    <UnstyledButton {...line} onClick={() => onOpen(item)}>
      {inside}
    </UnstyledButton>
  );
}
