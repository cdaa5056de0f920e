import type { LifecycleReport } from '@steward/shared/lifecycle-report';
import { type PageOfFigure, slowBehind, stageBehind } from '@steward/shared/portfolio-behind';
import type { AccountsOfFigure } from '@steward/shared/report-parts';
import type { ChartData } from '../../components/report/chart-data.js';
import { doorOf } from '../../components/report/door.js';
import type { ReportTable, ReportTableCell } from '../../components/report/report-table.js';
import type { SeriesLook } from '../../components/report/series-look.js';
import { COUNT } from '../../components/report/value-formats.js';
import { formatMoney, formatMoneyCompact, formatNumber, formatPercent, minorUnits, plural } from '../../lib/format.js';

type Stage = LifecycleReport['stages'][number];
export type Pace = 'on_track' | 'behind' | 'stuck';

export const PACES: readonly { pace: Pace; label: string; look: SeriesLook }[] = [
  { pace: 'on_track', label: 'On track', look: { color: 'var(--band-healthy)', shape: 'circle' } },
  { pace: 'behind', label: 'Behind', look: { color: 'var(--band-watch)', shape: 'diamond' } },
  { pace: 'stuck', label: 'Stuck', look: { color: 'var(--band-at-risk)', shape: 'triangleDown' } },
];

const hasPace = ({ expectedDays, stuckDays }: Stage): boolean => expectedDays !== null || stuckDays !== null;

/** Exactly the accounts of a stage at this pace: `behind` without those that are stuck. */
export function paceBehind(page: PageOfFigure, stage: Stage, pace: Pace): AccountsOfFigure {
  const all = stageBehind(page, stage.key);
  if (!hasPace(stage)) return all;
  const slow = slowBehind(page, [stage], 'behind');
  if (pace === 'stuck') return slowBehind(page, [stage], 'stuck');
  const base = pace === 'behind' ? slow : all;
  const beyond = pace === 'behind' ? slowBehind(page, [stage], 'stuck') : slow;
  const condition = beyond.rule.kind === 'all' ? beyond.rule.rules.at(-1) : undefined;
  // Where a stage has no day from which accounts are stuck, none is beyond.
  if (condition === undefined || (condition.kind === 'any' && condition.rules.length === 0)) return base;
  const rules = base.rule.kind === 'all' ? base.rule.rules : [base.rule];
  return { ...base, rule: { kind: 'all', rules: [...rules, { kind: 'not', rule: condition }] } };
}

/** Accounts by stage, stacked by their pace. */
export function stageColumns({ stages }: LifecycleReport, page: PageOfFigure): ChartData {
  return {
    of: 'Stage',
    columns: stages.map(({ key, label }) => ({ key, label, title: label })),
    series: PACES.map(({ pace, label, look }) => ({
      key: pace,
      label,
      look,
      cells: stages.map((stage) => ({
        value: stage.pace[pace],
        note: stage.accounts === 0 ? undefined : formatPercent((100 * stage.pace[pace]) / stage.accounts),
        door: stage.pace[pace] === 0 ? null : doorOf(paceBehind(page, stage, pace)),
      })),
    })),
    format: COUNT,
  };
}

/** “120 accounts; most are in Adoption (40); 6 are stuck with $80K of ARR, most of them in Onboarding.” */
export function stagesWords({ stages, noStage, currency }: LifecycleReport): string {
  const all = stages.reduce((sum, { accounts }) => sum + accounts, 0);
  const [first] = stages;
  if (all === 0 || first === undefined) return 'No accounts in any stage.';
  const most = stages.reduce((best, each) => (each.accounts > best.accounts ? each : best), first);
  const stuck = stages.reduce((sum, { pace }) => sum + pace.stuck, 0);
  const arr = stages.reduce((sum, { stuckArrMinor }) => sum + (stuckArrMinor ?? 0), 0);
  const worst = stages.reduce((best, each) => (each.pace.stuck > best.pace.stuck ? each : best), first);
  const rest = noStage === 0 ? '' : `; ${formatNumber(noStage)} in no stage yet`;
  const held =
    stuck === 0
      ? 'none is stuck'
      : `${formatNumber(stuck)} ${stuck === 1 ? 'is' : 'are'} stuck with ${formatMoneyCompact(arr, currency)} of ARR, the most in ${worst.label} (${formatNumber(worst.pace.stuck)})`;
  return `${plural(all, 'account')}; the most in ${most.label} (${formatNumber(most.accounts)}); ${held}${rest}.`;
}

export function stagesTable({ stages, noStage, currency }: LifecycleReport, page: PageOfFigure): ReportTable {
  const money = (amount: number | null): ReportTableCell => ({
    text: formatMoney(amount, currency),
    plain: amount === null ? null : amount / minorUnits(currency),
  });
  const days = (value: number | null): ReportTableCell => ({ text: formatNumber(value), plain: value });
  const counted = (value: number, behind: () => AccountsOfFigure): ReportTableCell => ({
    text: formatNumber(value),
    plain: value,
    door: value === 0 ? null : doorOf(behind()),
  });
  const column = (label: string, fileLabel = label) => ({ label, numeric: true, fileLabel });
  return {
    columns: [
      { label: 'Stage', numeric: false },
      column('Accounts'),
      column('ARR', `ARR (${currency})`),
      ...PACES.map(({ label }) => column(label)),
      column('ARR stuck', `ARR stuck (${currency})`),
      column('Expected days'),
      column('Stuck after days'),
    ],
    rows: [
      ...stages.map((stage) => ({
        key: stage.key,
        cells: [
          { text: stage.label, plain: stage.label },
          counted(stage.accounts, () => stageBehind(page, stage.key)),
          money(stage.arrMinor),
          ...PACES.map(({ pace }) => counted(stage.pace[pace], () => paceBehind(page, stage, pace))),
          money(stage.stuckArrMinor),
          days(stage.expectedDays),
          days(stage.stuckDays),
        ],
      })),
      ...(noStage === 0
        ? []
        : [
            {
              key: '',
              cells: [
                { text: 'In no stage yet', plain: 'In no stage yet' },
                counted(noStage, () => stageBehind(page, null)),
                ...Array.from({ length: 7 }, () => ({ text: '–', plain: null })),
              ],
            },
          ]),
    ],
  };
}
