import type { StageDryRun } from '@steward/shared/model-versions';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import classes from './dry-run.module.css';
import { DryRunSection, EffectInShort } from './dry-run-section.js';
import { stageMoveWords, stageSentences } from './dry-run-words.js';
import { MoveMatrix, placeLabel } from './move-matrix.js';
import { MovingAccounts, MovingDialog } from './moving-accounts.js';
import { PlaceTable } from './place-table.js';
import { type DryRun, stageVersionDryRun } from './use-dry-run.js';

interface StageDryRunProps {
  dryRun: DryRun<StageDryRun>;
}

const SHOWN = 10;

/** Where accounts would go if the draft were published today. */
export function StageDryRunPanel({ dryRun }: StageDryRunProps) {
  return (
    <DryRunSection
      dryRun={dryRun}
      title="Where accounts would go"
      lead="Who would move from which stage to which, with their ARR, before anything is published."
    >
      {(run) => <StageFigures run={run} />}
    </DryRunSection>
  );
}

function StageFigures({ run }: { run: StageDryRun }) {
  const [opened, setOpened] = useState<{ from: string | null; to: string | null } | null>(null);
  const { stages, currency, flows } = run;
  const labelOf = (key: string | null) => placeLabel(stages, key);
  const named = run.rows.map((row) => ({ ...row, words: stageMoveWords(row, labelOf) }));
  return (
    <>
      {stageSentences(run).map((sentence, index) => (
        <p key={sentence} className={index === 0 ? classes.sum : classes.sentence}>
          {sentence}
        </p>
      ))}
      <PlaceTable label="Accounts by stage" one="Stage" places={stages} currency={currency} />
      <h3 className={classes.heading}>Who moves where</h3>
      <MoveMatrix
        label="Who moves at once"
        flows={flows}
        places={stages}
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
          rows={named.filter(({ from, to }) => from === opened.from && to === opened.to)}
          total={flows.find(({ from, to }) => from === opened.from && to === opened.to)?.accounts ?? 0}
          currency={currency}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

/** The dry run in short, where publishing is asked for. */
export function StageEffect({ dryRun: { answer, error, isPending, isStale } }: StageDryRunProps) {
  return (
    <EffectInShort error={error} sentences={answer === null || isPending || isStale ? null : stageSentences(answer)} />
  );
}

/** The same for a version that is to apply again. */
export function StageVersionEffect({ version }: { version: number }) {
  const { data, error } = useQuery(stageVersionDryRun(version));
  return <EffectInShort error={error} sentences={data === undefined ? null : stageSentences(data)} />;
}
