import type { LifecycleFunnel, LifecycleReport, StuckList, TimeInStage } from '@steward/shared/lifecycle-report';
import { type CsvTable, cell, money } from '../base/csv-table.js';

export function stagesTable({ stages, currency }: LifecycleReport): CsvTable {
  return {
    headers: ['Stage', 'Accounts', `ARR ${currency}`, 'On track', 'Behind', 'Stuck', `Stuck ARR ${currency}`],
    rows: stages.map(({ label, accounts, arrMinor, pace, stuckArrMinor }) => [
      ...[label, cell(accounts), money(arrMinor, currency), cell(pace.on_track), cell(pace.behind), cell(pace.stuck)],
      money(stuckArrMinor, currency),
    ]),
  };
}

type Became = LifecycleFunnel['cohorts'][number]['stages'][number];
const BECAME = ['Entered', 'Moved on', 'Lost', 'Went back', 'Still there', 'Conversion %'];
const became = (stage: Omit<Became, 'key'>) => [
  ...[cell(stage.entered), cell(stage.movedOn), cell(stage.lost), cell(stage.wentBack), cell(stage.stillThere)],
  cell(stage.conversion),
];

export function funnelTable({ stages }: LifecycleFunnel): CsvTable {
  return {
    headers: ['Stage', ...BECAME, 'Re-entries', 'Fell back into', 'Found there'],
    rows: stages.map((stage) => [
      ...[stage.label, ...became(stage), cell(stage.reEntries), cell(stage.fellBackInto), cell(stage.found)],
    ]),
  };
}

export function cohortsTable({ stages, cohorts }: LifecycleFunnel): CsvTable {
  const labels = new Map(stages.map(({ key, label }) => [key, label]));
  return {
    headers: ['Month', 'Stage', ...BECAME],
    rows: cohorts.flatMap(({ month, stages: of }) =>
      of.map((stage) => [month, labels.get(stage.key) ?? stage.key, ...became(stage)]),
    ),
  };
}

export function timeTable({ stages }: TimeInStage): CsvTable {
  return {
    headers: [
      ...['Stage', 'Completed stays', 'Median days', '90th percentile days'],
      ...['In it now', 'Median days so far', '90th percentile days so far', 'Since unknown'],
    ],
    rows: stages.map(({ label, completed, running }) => [
      ...[label, cell(completed.stays), cell(completed.median), cell(completed.p90)],
      ...[cell(running.accounts), cell(running.median), cell(running.p90), cell(running.found)],
    ]),
  };
}

export function stuckTable({ rows, currency }: StuckList): CsvTable {
  return {
    headers: ['Account', 'External id', 'Stage', 'Since', 'Days', 'Pace', 'Tier', `ARR ${currency}`, 'CSM', 'AM'],
    rows: rows.map(({ account, stage, since, days, pace }) => [
      ...[account.name, account.externalId, stage.label, since, cell(days), pace, account.tier ?? ''],
      ...[money(account.arrMinor, currency), account.csm?.name ?? '', account.am?.name ?? ''],
    ]),
  };
}
