import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconDots, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { OrderedList } from '../../components/model-version/ordered-list.js';
import { plural } from '../../lib/format.js';
import classes from './editor-parts.module.css';

interface DefinitionListProps<T> {
  /** “Tiers”, “tier”. */
  label: string;
  one: string;
  items: readonly T[];
  keyOf: (item: T) => string;
  nameOf: (item: T) => string;
  fixedAtEnd?: number;
  /** How much is wrong with each. */
  wrongIn: (index: number) => number;
  /** What it says in a line. */
  line: (item: T, index: number) => ReactNode;
  fields: (item: T, index: number) => ReactNode;
  onMove: (from: number, to: number) => void;
  /** Null where it cannot be taken away. */
  onRemove: (index: number) => (() => void) | null;
  /** Adds one and answers its key; null: there are as many as there may be. */
  onAdd: (() => string) | null;
  /** Unfolds all that something is wrong with whenever it rises. */
  shownProblems: number;
}

/** Definitions in an order that counts, each a line that unfolds to all that it says. */
export function DefinitionList<T>(props: DefinitionListProps<T>) {
  const { label, one, items, keyOf, nameOf, fixedAtEnd = 0, wrongIn, line, fields, onMove, onRemove, onAdd } = props;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  // What was unfolded once stays drawn: a condition that is half written is not lost by folding it.
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const root = useRef<HTMLDivElement>(null);
  const unfold = (...keys: string[]) => {
    setOpen((now) => new Set([...now, ...keys]));
    setSeen((now) => new Set([...now, ...keys]));
  };
  const [asked, setAsked] = useState(props.shownProblems);
  if (asked !== props.shownProblems) {
    setAsked(props.shownProblems);
    unfold(...items.filter((_, index) => wrongIn(index) > 0).map(keyOf));
    setTimeout(() =>
      root.current?.querySelector<HTMLElement>('[data-wrong] :is(input[aria-invalid=true], [data-fold])')?.focus(),
    );
  }
  const add = () => {
    if (onAdd === null) return;
    const key = onAdd();
    unfold(key);
    setTimeout(() => root.current?.querySelector<HTMLElement>(`[data-definition="${key}"] input`)?.focus());
  };
  return (
    <div ref={root}>
      <OrderedList label={label} items={items} idOf={keyOf} nameOf={nameOf} fixedAtEnd={fixedAtEnd} onMove={onMove}>
        {(item, index, handle) => {
          const key = keyOf(item);
          const isOpen = open.has(key);
          const wrong = wrongIn(index);
          const Fold = isOpen ? IconChevronDown : IconChevronRight;
          const remove = onRemove(index);
          return (
            <div data-definition={key} data-wrong={wrong > 0 || undefined}>
              <div className={classes.head}>
                {handle}
                <button
                  type="button"
                  className={classes.fold}
                  data-fold
                  aria-expanded={isOpen}
                  onClick={() => (isOpen ? setOpen(without(open, key)) : unfold(key))}
                >
                  <Fold size={14} aria-hidden />
                  {line(item, index)}
                  {wrong > 0 ? <span className={classes.wrong}>{plural(wrong, 'problem')}</span> : null}
                </button>
                <Menu position="bottom-end" shadow="md">
                  <Menu.Target>
                    <ActionIcon size={24} aria-label={`More for ${nameOf(item)}`}>
                      <IconDots size={14} aria-hidden />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item
                      disabled={index === 0 || index >= items.length - fixedAtEnd}
                      onClick={() => onMove(index, index - 1)}
                    >
                      Move up
                    </Menu.Item>
                    <Menu.Item
                      disabled={index >= items.length - fixedAtEnd - 1}
                      onClick={() => onMove(index, index + 1)}
                    >
                      Move down
                    </Menu.Item>
                    <Menu.Item disabled={remove === null} onClick={() => remove?.()}>
                      Remove
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              </div>
              {seen.has(key) ? (
                <div className={classes.fields} hidden={!isOpen}>
                  {fields(item, index)}
                </div>
              ) : null}
            </div>
          );
        }}
      </OrderedList>
      <div className={classes.under}>
        <Button
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={onAdd === null}
          onClick={add}
        >
          Add a {one}
        </Button>
      </div>
    </div>
  );
}

const without = (set: ReadonlySet<string>, key: string): ReadonlySet<string> =>
  new Set([...set].filter((each) => each !== key));
