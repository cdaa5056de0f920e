import type { StageOutcome } from '@steward/shared/report-parts';
import { perCentOf } from './share.js';

/** Entries into a stage in a month, by what became of them: how many were an account's first of the period, and all. */
export interface EntryGroup {
  month: string;
  stage: string;
  became: StageOutcome;
  accounts: number;
  entries: number;
}

export interface Conversion {
  entered: number;
  movedOn: number;
  lost: number;
  wentBack: number;
  stillThere: number;
  /** movedOn ÷ entered × 100; null: nobody entered. */
  conversion: number | null;
}

/** What became of those who entered: the four add up to `entered`. */
export function conversionOf(groups: readonly EntryGroup[]): Conversion {
  const of = (became: StageOutcome) =>
    groups.filter((group) => group.became === became).reduce((sum, { accounts }) => sum + accounts, 0);
  const entered = groups.reduce((sum, { accounts }) => sum + accounts, 0);
  const movedOn = of('movedOn');
  return {
    entered,
    movedOn,
    lost: of('lost'),
    wentBack: of('wentBack'),
    stillThere: of('stillThere'),
    conversion: perCentOf(movedOn, entered),
  };
}

/** Entries after the first of an account. */
export function reEntriesOf(groups: readonly EntryGroup[]): number {
  return groups.reduce((sum, { entries, accounts }) => sum + entries - accounts, 0);
}
