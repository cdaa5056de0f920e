import { SegmentedControl } from '@mantine/core';
import type { TierDryRun } from '@steward/shared/model-versions';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { plural } from '../../../lib/format.js';
import classes from './dry-run.module.css';
import { DryRunSection, EffectInShort } from './dry-run-section.js';
import { tierMoveWords, tierSentences } from './dry-run-words.js';
import { MoveMatrix, placeLabel } from './move-matrix.js';
import { MovingAccounts, MovingDialog } from './moving-accounts.js';
import { PlaceTable } from './place-table.js';
import { type DryRun, tierVersionDryRun } from './use-dry-run.js';

interface TierDryRunProps {
  dryRun: DryRun<TierDryRun>;
}

const SHOWN = 10;

/** Where accounts would go if the draft were published today. */
export function TierDryRunPanel({ dryRun }: TierDryRunProps) {
  return (
    <DryRunSection
      dryRun={dryRun}
      title="Where accounts would go"
      lead="Who would move from which tier to which, with their ARR, before anything is published."
    >
      {(run) => <TierFigures run={run} />}
    </DryRunSection>
  );
}

function TierFigures({ run }: { run: TierDryRun }) {
  const [by, setBy] = useState<'once' | 'rules'>('once');
  const [opened, setOpened] = useState<{ from: string | null; to: string | null } | null>(null);
  const { tiers, currency, held, rows } = run;
  const labelOf = (key: string | null) => placeLabel(tiers, key);
  const named = rows.map((row) => ({ ...row, words: tierMoveWords(row, labelOf) }));
  const flows = by === 'once' ? run.flows : run.rawFlows;
  const behind = (from: string | null, to: string | null) =>
    named.filter((row) =>
      by === 'once' ? row.from === from && row.to === to : row.rawFrom === from && row.rawTo === to,
    );
  return (
    <>
      {tierSentences(run).map((sentence, index) => (
        <p key={sentence} className={index === 0 ? classes.sum : classes.sentence}>
          {sentence}
        </p>
      ))}
      <PlaceTable
        label="Accounts by tier"
        one="Tier"
        places={tiers}
        currency={currency}
        settledWords={held.holdDays > 1 ? `After ${plural(held.holdDays, 'day')}` : undefined}
      />
      <div className={classes.switch}>
        <h3 className={classes.heading}>Who moves where</h3>
        <SegmentedControl
          size="xs"
          aria-label="Which moves"
          data={[
            { value: 'once', label: 'At once' },
            { value: 'rules', label: 'By the rules alone' },
          ]}
          value={by}
          onChange={(value) => setBy(value as 'once' | 'rules')}
        />
      </div>
      <MoveMatrix
        label={by === 'once' ? 'Who moves at once' : 'What the rules alone say, now and then'}
        flows={flows}
        places={tiers}
        currency={currency}
        onOpen={(from, to) => setOpened({ from, to })}
      />
      {named.length === 0 ? null : (
        <>
          <h3 className={classes.heading}>The largest of them</h3>
          <MovingAccounts label="The largest accounts that move" rows={named.slice(0, SHOWN)} currency={currency} />
        </>
      )}
      {opened === null ? null : (
        <MovingDialog
          label={`From ${labelOf(opened.from)} to ${labelOf(opened.to)}`}
          rows={behind(opened.from, opened.to)}
          total={flows.find(({ from, to }) => from === opened.from && to === opened.to)?.accounts ?? 0}
          currency={currency}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

/** The dry run in short, where publishing is asked for. */
export function TierEffect({ dryRun: { answer, error, isPending, isStale } }: TierDryRunProps) {
  return (
    <EffectInShort error={error} sentences={answer === null || isPending || isStale ? null : tierSentences(answer)} />
  );
}

/** The same for a version that is to apply again. */
export function TierVersionEffect({ version }: { version: number }) {
  const { data, error } = useQuery(tierVersionDryRun(version));
  return <EffectInShort error={error} sentences={data === undefined ? null : tierSentences(data)} />;
}
