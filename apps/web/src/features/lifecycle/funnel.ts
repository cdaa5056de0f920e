import type { LifecycleFunnel } from '@steward/shared/lifecycle-report';
import { enteredBehind, type PageOfFigure } from '@steward/shared/portfolio-behind';
import type { StageOutcome } from '@steward/shared/report-parts';
import { monthWords } from '../../components/renewal/renewal-words.js';
import type { ChartData } from '../../components/report/chart-data.js';
import { doorOf } from '../../components/report/door.js';
import type { HeatData } from '../../components/report/heat-map.js';
import type { ReportTable, ReportTableCell } from '../../components/report/report-table.js';
import { BAD_LOOK, GOOD_LOOK, type SeriesLook } from '../../components/report/series-look.js';
import { COUNT } from '../../components/report/value-formats.js';
import { formatNumber, formatPercent, plural } from '../../lib/format.js';

type Stage = LifecycleFunnel['stages'][number];

export const OUTCOMES: readonly { became: StageOutcome; label: string; look: SeriesLook }[] = [
  { became: 'movedOn', label: 'Moved on', look: GOOD_LOOK('circle') },
  { became: 'stillThere', label: 'Still there', look: { color: 'var(--text-dim)', shape: 'ring' } },
  { became: 'wentBack', label: 'Went back', look: { color: 'var(--band-watch)', shape: 'diamond' } },
  { became: 'lost', label: 'Left', look: BAD_LOOK('triangleDown') },
];

/** The stage of accounts that have left is an end, and from the last one before it nobody can move on. */
const LEFT = 'churned';
const aheadOf = (stages: readonly Stage[]): Stage[] => stages.filter(({ key }) => key !== LEFT);

/** Stages that one can move on from, and that were entered. */
const ways = ({ stages }: LifecycleFunnel): Stage[] =>
  aheadOf(stages)
    .slice(0, -1)
    .filter(({ entered }) => entered > 0);

/** Accounts that entered each stage, stacked by what became of them. */
export function funnelColumns({ stages: all, from }: LifecycleFunnel, page: PageOfFigure): ChartData {
  const stages = aheadOf(all);
  return {
    of: 'Stage',
    columns: stages.map(({ key, label, conversion }) => ({
      key,
      label,
      title: conversion === null ? label : `${label} (${formatPercent(conversion)} moved on)`,
    })),
    series: OUTCOMES.map(({ became, label, look }) => ({
      key: became,
      label,
      look,
      cells: stages.map((stage) => ({
        value: stage[became],
        note:
          stage.entered === 0
            ? undefined
            : `${formatPercent((100 * stage[became]) / stage.entered)} of ${formatNumber(stage.entered)}`,
        door: stage[became] === 0 ? null : doorOf(enteredBehind(page, from, stage.key, { became })),
      })),
    })),
    format: COUNT,
  };
}

/** “Onboarding 80 % (32 of 40), Adoption 50 % (10 of 20). The narrowest is Adoption.” */
export function funnelWords(data: LifecycleFunnel): string {
  const entered = ways(data);
  if (data.stages.every((stage) => stage.entered === 0)) return 'No account entered a stage in these months.';
  if (entered.length === 0) return 'No account entered a stage that one moves on from.';
  const named = entered.map(
    ({ label, movedOn, entered: count, conversion }) =>
      `${label} ${formatPercent(conversion)} (${formatNumber(movedOn)} of ${formatNumber(count)})`,
  );
  const losses = aheadOf(data.stages)
    .filter(({ lost }) => lost > 0)
    .toSorted((a, b) => b.lost / b.entered - a.lost / a.entered);
  const worst = losses[0];
  const left =
    worst === undefined
      ? ' No account was lost from any of them.'
      : ` The most left from ${worst.label}: ${formatNumber(worst.lost)} of ${formatNumber(worst.entered)}.`;
  return `Moved on: ${named.join(', ')}.${left}`;
}

export function funnelTable({ stages, from }: LifecycleFunnel, page: PageOfFigure): ReportTable {
  const plain = (value: number): ReportTableCell => ({ text: formatNumber(value), plain: value });
  const counted = (value: number, stage: string, became?: StageOutcome): ReportTableCell => ({
    ...plain(value),
    door: value === 0 ? null : doorOf(enteredBehind(page, from, stage, became === undefined ? {} : { became })),
  });
  const column = (label: string, fileLabel = label) => ({ label, numeric: true, fileLabel });
  return {
    columns: [
      { label: 'Stage', numeric: false },
      column('Entered'),
      ...OUTCOMES.map(({ label }) => column(label)),
      column('Conversion', 'Conversion (%)'),
      column('Entered again'),
      column('Fell back into'),
      column('Found there'),
    ],
    rows: stages.map((stage) => ({
      key: stage.key,
      cells: [
        { text: stage.label, plain: stage.label },
        counted(stage.entered, stage.key),
        ...OUTCOMES.map(({ became }) => counted(stage[became], stage.key, became)),
        {
          text: formatPercent(stage.conversion),
          plain: stage.conversion === null ? null : Math.round(stage.conversion * 10) / 10,
          title: stage.conversion === null ? 'Nobody entered it' : undefined,
        },
        { ...plain(stage.reEntries), title: 'Further entries of accounts that are counted already' },
        { ...plain(stage.fellBackInto), title: 'Falling back into a stage is no entry' },
        { ...plain(stage.found), title: 'Were there when they first came in: entered at an unknown time, left out' },
      ],
    })),
  };
}

/** Conversion by the month of entry, newest first: month × stage. */
export function cohortHeat(data: LifecycleFunnel, page: PageOfFigure): HeatData {
  // Stages that nobody ever enters, or that lead nowhere, would only be empty columns.
  const shown = ways(data);
  const newest = data.cohorts.toReversed();
  return {
    of: 'Entered in',
    rows: newest.map(({ month }) => ({ key: month, label: monthWords(month) })),
    columns: shown.map(({ key, label }) => ({ key, label })),
    cells: newest.map(({ month, stages: ofMonth }) =>
      shown.map(({ key }) => {
        const cell = ofMonth.find((each) => each.key === key);
        if (cell === undefined || cell.entered === 0) return { value: null, why: 'nobody entered it in this month' };
        const open = cell.stillThere === 0 ? '' : `; ${formatNumber(cell.stillThere)} still there`;
        return {
          value: cell.conversion,
          note: `${formatNumber(cell.movedOn)} of ${plural(cell.entered, 'account')} moved on${open}`,
          door: doorOf(
            enteredBehind(page, month, key, { month, ...(cell.movedOn > 0 && { became: 'movedOn' as const }) }),
          ),
        };
      }),
    ),
    text: (value) => formatPercent(value),
    plain: (value) => Math.round(value * 10) / 10,
    unit: '%',
    most: 100,
  };
}
