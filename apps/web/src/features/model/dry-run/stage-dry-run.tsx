import type { StageCell, StageDryRun } from '@steward/shared/model-versions';
import { useQuery } from '@tanstack/react-query';
import { DryRunEffect, DryRunSection, EffectInShort } from './dry-run-section.js';
import { stageMoveWords, stageSentences } from './dry-run-words.js';
import { MoveFigures } from './move-figures.js';
import { PlaceTable } from './place-table.js';
import { type DryRun, stageVersionDryRun } from './use-dry-run.js';

interface StageDryRunProps {
  dryRun: DryRun<StageDryRun, StageCell>;
}

/** Where accounts would go if the draft were published today. */
export function StageDryRunPanel({ dryRun }: StageDryRunProps) {
  return (
    <DryRunSection dryRun={dryRun} one="stage">
      {(run) => (
        <MoveFigures
          sentences={stageSentences(run)}
          table={<PlaceTable label="Accounts by stage" one="Stage" places={run.stages} currency={run.currency} />}
          label="Who moves at once"
          flows={run.flows}
          places={run.stages}
          currency={run.currency}
          rows={run.rows}
          wordsOf={stageMoveWords}
          behind={dryRun.behind}
        />
      )}
    </DryRunSection>
  );
}

/** The dry run in short, where publishing is asked for. */
export function StageEffect({ dryRun }: StageDryRunProps) {
  return <DryRunEffect dryRun={dryRun} sentencesOf={stageSentences} />;
}

/** The same for a version that is to apply again. */
export function StageVersionEffect({ version }: { version: number }) {
  const { data, error } = useQuery(stageVersionDryRun(version));
  return <EffectInShort error={error} sentences={data === undefined ? null : stageSentences(data)} />;
}
