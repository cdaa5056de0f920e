import type { ModelChange } from '@steward/shared/model-versions';
import { IconArrowsSort, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import classes from './model-version.module.css';

const MARKS = { added: IconPlus, removed: IconMinus, changed: IconPencil, moved: IconArrowsSort } as const;
const WORDS: Record<ModelChange['kind'], string> = {
  added: 'New',
  removed: 'Gone',
  changed: 'Changed',
  moved: 'Moved',
};

interface ChangeListProps {
  changes: readonly ModelChange[];
  label: string;
  /** Said where both sides say the same. */
  same?: string;
}

/** What changed, a sentence each; what kind of change it is has a sign and a word. */
export function ChangeList({ changes, label, same = 'They say the same.' }: ChangeListProps) {
  if (changes.length === 0) return <p className={classes.dim}>{same}</p>;
  return (
    <ul className={classes.changes} aria-label={label}>
      {changes.map(({ about, kind, text }, index) => {
        const Mark = MARKS[kind];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two sentences may be about one thing, and none ever moves
          <li key={`${about} ${index}`} data-kind={kind}>
            <Mark size={13} role="img" aria-label={WORDS[kind]} title={WORDS[kind]} />
            <span>{text}</span>
          </li>
        );
      })}
    </ul>
  );
}
