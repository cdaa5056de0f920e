import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconDots, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { OrderedList } from '../../components/model-version/ordered-list.js';
import { plural } from '../../lib/format.js';
import classes from './editor-parts.module.css';
import { known, NONE_KNOWN } from './stable-ids.js';

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
  const [shown, setShown] = useState(() => known(NONE_KNOWN, items.map(keyOf)));
  const now = known(shown, items.map(keyOf));
  if (now !== shown) setShown(now);
  const idAt = (index: number): string => now.ids[index] ?? String(index);
  const unfold = (...ids: string[]) => {
    setOpen((before) => new Set([...before, ...ids]));
    setSeen((before) => new Set([...before, ...ids]));
  };
  // What was added is unfolded once it is drawn: only then is it told apart.
  const [added, setAdded] = useState<string | null>(null);
  const addedAt = added === null ? -1 : items.findIndex((item) => keyOf(item) === added);
  if (addedAt >= 0) {
    setAdded(null);
    unfold(idAt(addedAt));
  }
  const [asked, setAsked] = useState(props.shownProblems);
  if (asked !== props.shownProblems) {
    setAsked(props.shownProblems);
    unfold(...items.flatMap((_, index) => (wrongIn(index) > 0 ? [idAt(index)] : [])));
    setTimeout(() =>
      root.current?.querySelector<HTMLElement>('[data-wrong] :is(input[aria-invalid=true], [data-fold])')?.focus(),
    );
  }
  const add = () => {
    if (onAdd === null) return;
    const key = onAdd();
    setAdded(key);
    setTimeout(() => root.current?.querySelector<HTMLElement>(`[data-definition="${key}"] input`)?.focus());
  };
  return (
    <div ref={root}>
      <OrderedList
        label={label}
        items={items}
        idOf={(_, index) => idAt(index)}
        nameOf={nameOf}
        fixedAtEnd={fixedAtEnd}
        onMove={onMove}
      >
        {(item, index, handle) => {
          const id = idAt(index);
          const isOpen = open.has(id);
          const wrong = wrongIn(index);
          const Fold = isOpen ? IconChevronDown : IconChevronRight;
          const remove = onRemove(index);
          return (
            <div data-definition={keyOf(item)} data-wrong={wrong > 0 || undefined}>
              <div className={classes.head}>
                {handle}
                <button
                  type="button"
                  className={classes.fold}
                  data-fold
                  aria-expanded={isOpen}
                  onClick={() => (isOpen ? setOpen(without(open, id)) : unfold(id))}
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
              {seen.has(id) ? (
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
