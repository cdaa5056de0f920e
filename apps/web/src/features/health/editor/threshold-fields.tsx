import type { ProfileDraft } from '@steward/shared/model-drafts';
import { BandShape } from '../../../components/ui/band.js';
import parts from '../parts.module.css';
import classes from './editor.module.css';
import { NumberField } from './number-field.js';
import { type Problem, problemOf } from './profile-draft.js';

interface ThresholdFieldsProps {
  draft: ProfileDraft;
  problems: readonly Problem[];
  change: (draft: ProfileDraft, about: string | null) => void;
}

/** Where bands begin, how much data a score needs, and how far a pulse may lie from it. */
export function ThresholdFields({ draft, problems, change }: ThresholdFieldsProps) {
  const { bands } = draft;
  const points = { min: 0, max: 100, clampBehavior: 'strict', w: 150, suffix: ' points' } as const;
  return (
    <div className={classes.thresholds}>
      <NumberField
        {...points}
        label={
          <span className={parts.withShape}>
            <BandShape band="watch" /> Watch begins at
          </span>
        }
        description="Under it an account is at risk"
        value={bands.watchFrom}
        error={problemOf(problems, 'bands.watchFrom')}
        onChange={(watchFrom) => change({ ...draft, bands: { ...bands, watchFrom } }, 'watchFrom')}
      />
      <NumberField
        {...points}
        label={
          <span className={parts.withShape}>
            <BandShape band="healthy" /> Healthy begins at
          </span>
        }
        description="Up to 100"
        value={bands.healthyFrom}
        error={problemOf(problems, 'bands.healthyFrom') ?? problemOf(problems, 'bands')}
        onChange={(healthyFrom) => change({ ...draft, bands: { ...bands, healthyFrom } }, 'healthyFrom')}
      />
      <NumberField
        label="Smallest coverage"
        description="With less data the score is unknown"
        min={0}
        max={100}
        clampBehavior="strict"
        suffix=" %"
        w={170}
        value={draft.minCoverage}
        error={problemOf(problems, 'minCoverage')}
        onChange={(minCoverage) => change({ ...draft, minCoverage }, 'minCoverage')}
      />
      <NumberField
        label="Gap of the pulse"
        description="So far from the score it is reviewed"
        min={1}
        max={100}
        suffix=" points"
        w={190}
        value={draft.pulseGap}
        error={problemOf(problems, 'pulseGap')}
        onChange={(pulseGap) => change({ ...draft, pulseGap }, 'pulseGap')}
      />
    </div>
  );
}
