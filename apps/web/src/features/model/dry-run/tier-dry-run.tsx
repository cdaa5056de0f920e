import { SegmentedControl } from '@mantine/core';
import type { TierCell, TierDryRun } from '@steward/shared/model-versions';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { plural } from '../../../lib/format.js';
import { DryRunEffect, DryRunSection, EffectInShort } from './dry-run-section.js';
import { tierMoveWords, tierSentences } from './dry-run-words.js';
import { MoveFigures } from './move-figures.js';
import { PlaceTable } from './place-table.js';
import { type DryRun, tierVersionDryRun } from './use-dry-run.js';

interface TierDryRunProps {
  dryRun: DryRun<TierDryRun, TierCell>;
}

/** Where accounts would go if the draft were published today. */
export function TierDryRunPanel({ dryRun }: TierDryRunProps) {
  return (
    <DryRunSection dryRun={dryRun} one="tier">
      {(run) => <TierFigures run={run} behind={dryRun.behind} />}
    </DryRunSection>
  );
}

function TierFigures({ run, behind }: { run: TierDryRun; behind: TierDryRunProps['dryRun']['behind'] }) {
  const [by, setBy] = useState<'once' | 'rules'>('once');
  const { tiers, currency, held } = run;
  const atOnce = by === 'once';
  return (
    <MoveFigures
      sentences={tierSentences(run)}
      table={
        <PlaceTable
          label="Accounts by tier"
          one="Tier"
          places={tiers}
          currency={currency}
          settledWords={held.holdDays > 1 ? `After ${plural(held.holdDays, 'day')}` : undefined}
        />
      }
      aside={
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
      }
      label={atOnce ? 'Who moves at once' : 'What the rules alone say, now and then'}
      flows={atOnce ? run.flows : run.rawFlows}
      places={tiers}
      currency={currency}
      rows={run.rows}
      wordsOf={tierMoveWords}
      behind={{ ...behind, rows: (cell) => behind.rows({ ...cell, by }) }}
    />
  );
}

/** The dry run in short, where publishing is asked for. */
export function TierEffect({ dryRun }: TierDryRunProps) {
  return <DryRunEffect dryRun={dryRun} sentencesOf={tierSentences} />;
}

/** The same for a version that is to apply again. */
export function TierVersionEffect({ version }: { version: number }) {
  const { data, error } = useQuery(tierVersionDryRun(version));
  return <EffectInShort error={error} sentences={data === undefined ? null : tierSentences(data)} />;
}
