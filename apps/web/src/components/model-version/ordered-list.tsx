import { ActionIcon } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import classes from './ordered-list.module.css';

interface OrderedListProps<T> {
  label: string;
  items: readonly T[];
  /** Stays the same while an item moves or changes. */
  idOf: (item: T, index: number) => string;
  nameOf: (item: T) => string;
  /** How many at the end keep their place, as a fallback does. */
  fixedAtEnd?: number;
  /** Null for those who look on. */
  onMove: ((from: number, to: number) => void) | null;
  /** `handle` is what moves it, by mouse and by the arrow keys. */
  children: (item: T, index: number, handle: ReactNode) => ReactNode;
}

/** The same items with one of them at another place. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.filter((_, index) => index !== from);
  const item = items[from];
  return item === undefined ? [...items] : [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** Items whose order counts: put in order by dragging and by keyboard. */
export function OrderedList<T>(props: OrderedListProps<T>) {
  const { label, items, idOf, nameOf, fixedAtEnd = 0, onMove, children } = props;
  const list = useRef<HTMLOListElement>(null);
  const type = `application/x-steward-${useId().replaceAll(/\W/g, '')}`;
  const [target, setTarget] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const movable = items.length - fixedAtEnd;
  const move = (from: number, to: number) => {
    const item = items[from];
    if (onMove === null || item === undefined || from === to || to < 0 || to >= movable) return;
    onMove(from, to);
    setSaid(`${nameOf(item)} is now ${to + 1} of ${items.length}`);
    const id = idOf(item, from);
    setTimeout(() => {
      const moved = [...(list.current?.children ?? [])].find((each) => each.getAttribute('data-item') === id);
      moved?.querySelector<HTMLElement>('[data-handle]')?.focus();
    });
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    move(index, index + by);
  };
  return (
    <>
      <ol className={classes.list} ref={list} aria-label={label}>
        {items.map((item, index) => {
          const id = idOf(item, index);
          const isFixed = index >= movable;
          const handle =
            onMove === null ? null : isFixed || movable < 2 ? (
              <span className={classes.noHandle} />
            ) : (
              <ActionIcon
                size={24}
                className={classes.handle}
                data-handle
                draggable
                aria-label={`Move ${nameOf(item)}: ${index + 1} of ${items.length}, with the arrow keys`}
                onDragStart={({ dataTransfer }) => {
                  dataTransfer.setData(type, id);
                  dataTransfer.effectAllowed = 'move';
                }}
                onKeyDown={(event) => onKeyDown(event, index)}
              >
                <IconGripVertical size={14} aria-hidden />
              </ActionIcon>
            );
          return (
            <li
              key={id}
              className={classes.item}
              data-item={id}
              data-target={target === id || undefined}
              onDragOver={(event) => {
                if (isFixed || !event.dataTransfer.types.includes(type)) return;
                event.preventDefault();
                setTarget(id);
              }}
              onDragLeave={() => setTarget(null)}
              onDrop={(event) => {
                setTarget(null);
                if (isFixed || !event.dataTransfer.types.includes(type)) return;
                event.preventDefault();
                const dragged = event.dataTransfer.getData(type);
                move(
                  items.findIndex((each, at) => idOf(each, at) === dragged),
                  index,
                );
              }}
            >
              {children(item, index, handle)}
            </li>
          );
        })}
      </ol>
      <span className={classes.said} role="status">
        {said}
      </span>
    </>
  );
}
