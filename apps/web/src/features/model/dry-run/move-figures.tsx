import type { ModelFlow } from '@steward/shared/model-versions';
import { type ReactNode, useState } from 'react';
import classes from './dry-run.module.css';
import { MoveMatrix, placeLabel } from './move-matrix.js';
import { type MovingAccount, MovingAccounts, MovingDialog } from './moving-accounts.js';
import type { Behind } from './use-dry-run.js';

interface MoveFiguresProps<R> {
  /** What happens, in words; the first is the sum of it. */
  sentences: readonly string[];
  /** How many accounts each place has and would have. */
  table: ReactNode;
  /** Beside “Who moves where”. */
  aside?: ReactNode;
  label: string;
  flows: readonly ModelFlow[];
  places: readonly { key: string; label: string }[];
  currency: string;
  /** The largest accounts that move, and what happens to each. */
  rows: readonly R[];
  wordsOf: (row: R, labelOf: (key: string | null) => string) => string;
  behind: Behind<R, { from: string | null; to: string | null; offset: number }>;
}

const SHOWN = 10;

/** What a dry run found: sums, places, who moves from where to where, and the largest of them by name. */
export function MoveFigures<R extends Omit<MovingAccount, 'words'>>(props: MoveFiguresProps<R>) {
  const { sentences, table, aside, label, flows, places, currency, rows, wordsOf, behind } = props;
  const [opened, setOpened] = useState<{ from: string | null; to: string | null } | null>(null);
  const labelOf = (key: string | null) => placeLabel(places, key);
  const named = (some: readonly R[]) => some.map((row) => ({ ...row, words: wordsOf(row, labelOf) }));
  return (
    <>
      {sentences.map((sentence, index) => (
        <p key={sentence} className={index === 0 ? classes.sum : classes.sentence}>
          {sentence}
        </p>
      ))}
      {table}
      <div className={classes.switch}>
        <h3 className={classes.heading}>Who moves where</h3>
        {aside}
      </div>
      <MoveMatrix
        label={label}
        flows={flows}
        places={places}
        currency={currency}
        onOpen={(from, to) => setOpened({ from, to })}
      />
      {rows.length === 0 ? null : (
        <>
          <h3 className={classes.heading}>The largest of them</h3>
          <MovingAccounts
            label="The largest accounts that move"
            rows={named(rows.slice(0, SHOWN))}
            currency={currency}
          />
        </>
      )}
      {opened === null ? null : (
        <MovingDialog
          label={`From ${labelOf(opened.from)} to ${labelOf(opened.to)}`}
          cell={['model', 'dry-run', label, behind.trial, opened.from, opened.to]}
          load={async (offset) => named(await behind.rows({ ...opened, offset }))}
          total={flows.find(({ from, to }) => from === opened.from && to === opened.to)?.accounts ?? 0}
          currency={currency}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}
