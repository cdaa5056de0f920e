import type { Plays } from '@steward/shared/portfolio';
import type { ReportTable, ReportTableCell } from '../../components/report/report-table.js';
import { moneyCell } from '../../components/report/value-formats.js';
import { formatMoneyCompact, formatNumber, formatPercent, plural } from '../../lib/format.js';

const number = (value: number | null, digits = 0): ReportTableCell => ({
  text: formatNumber(value, digits),
  plain: value === null ? null : Math.round(value * 10) / 10,
});
/** Of a share from 0 to 1. */
const percent = (share: number | null, title: string): ReportTableCell => ({
  text: formatShare(share),
  plain: share === null ? null : Math.round(share * 1000) / 10,
  title,
});
const formatShare = (share: number | null): string => formatPercent(share === null ? null : share * 100);
const column = (label: string, fileLabel = label) => ({ label, numeric: true, fileLabel });

/** Rates below this count say little: the table marks them. */
export const FEW = 10;
const few = (count: number): string => (count < FEW ? `, only ${formatNumber(count)}: says little yet` : '');

/** Alert rules, those that fired most first; a name leads to the rule with all its figures. */
export function rulesTable({ alertRules, currency }: Plays): ReportTable {
  return {
    columns: [
      { label: 'Alert rule', numeric: false },
      column('Fired'),
      column('Answered in time', 'Answered in time (%)'),
      column('False alarms', 'False alarms (%)'),
      column('Kept'),
      column('ARR kept', `ARR kept (${currency})`),
    ],
    rows: alertRules.map((rule) => ({
      key: rule.ruleId,
      cells: [
        {
          text: rule.name ?? 'A rule that was deleted',
          plain: rule.name ?? 'A rule that was deleted',
          door: rule.name === null ? null : { to: `/alerts/rules/${rule.ruleId}`, search: {} },
        },
        number(rule.fired),
        percent(
          rule.acknowledgedInTimeRate,
          rule.acknowledgedInTimeRate === null
            ? 'No alert had a time to be answered in'
            : `Of ${plural(rule.toAcknowledge, 'alert')} with a time to be answered in${few(rule.toAcknowledge)}`,
        ),
        percent(
          rule.falseAlarmRate,
          rule.falseAlarmRate === null
            ? 'None was resolved by a person'
            : `Of those that people resolved${few(rule.fired)}`,
        ),
        { ...number(rule.kept), title: 'Successful, and still a customer 90 days later' },
        moneyCell(rule.kept === 0 ? 0 : rule.arrKeptMinor, currency),
      ],
    })),
  };
}

/** Playbooks, those started most first; a name leads to the playbook with its effect. */
export function playbooksTable({ playbooks }: Plays): ReportTable {
  return {
    columns: [
      { label: 'Playbook', numeric: false },
      { label: 'Kind', numeric: false },
      column('Started'),
      column('Running'),
      column('Achieved'),
      column('Missed'),
      column('Cancelled'),
      column('Success', 'Success (%)'),
      column('Median days'),
    ],
    rows: playbooks.map((play) => {
      const rate = play.successRate;
      const kind = play.kind.charAt(0).toUpperCase() + play.kind.slice(1);
      const ended = play.started - play.running;
      return {
        key: play.playbookId,
        cells: [
          { text: play.name, plain: play.name, door: { to: `/goals/playbooks/${play.playbookId}`, search: {} } },
          { text: kind, plain: kind },
          number(play.started),
          number(play.running),
          number(play.achieved),
          number(play.missed),
          number(play.cancelled),
          percent(rate, rate === null ? 'None has ended yet' : `Of ${plural(ended, 'goal')} that ended${few(ended)}`),
          { ...number(play.medianDays, 1), title: 'From the start to the day they were achieved' },
        ],
      };
    }),
  };
}

/** “6 rules fired 120 times; the noisiest is Silent account with 40 % false alarms; $90K of ARR kept.” */
export function rulesWords({ alertRules, currency }: Plays): string {
  const fired = alertRules.reduce((sum, rule) => sum + rule.fired, 0);
  if (fired === 0)
    return 'No alert rule has fired as the days came: alerts found for past days afterwards are not counted here.';
  const noisy = alertRules
    .filter((rule) => rule.fired >= FEW && (rule.falseAlarmRate ?? 0) > 0)
    .toSorted((a, b) => (b.falseAlarmRate ?? 0) - (a.falseAlarmRate ?? 0))[0];
  const kept = alertRules.reduce((sum, rule) => sum + (rule.arrKeptMinor ?? 0), 0);
  return [
    `${plural(alertRules.length, 'rule')} fired ${plural(fired, 'time')}`,
    noisy === undefined
      ? null
      : `the noisiest is ${noisy.name ?? 'one that was deleted'} with ${formatShare(noisy.falseAlarmRate)} false alarms`,
    kept === 0 ? 'no ARR is known to be kept yet' : `${formatMoneyCompact(kept, currency)} of ARR kept`,
  ]
    .filter((each) => each !== null)
    .join('; ')
    .concat('.');
}

/** “40 goals started, 12 achieved, 3 missed; what works best is Onboarding with 90 % of 10.” */
export function playbooksWords({ playbooks }: Plays): string {
  const sum = (of: (play: Plays['playbooks'][number]) => number) => playbooks.reduce((all, play) => all + of(play), 0);
  const started = sum((play) => play.started);
  if (started === 0) return 'No playbook was started in these months.';
  const tried = playbooks.filter((play) => play.started - play.running >= FEW && play.successRate !== null);
  const best = tried.toSorted((a, b) => (b.successRate ?? 0) - (a.successRate ?? 0))[0];
  const words = `${plural(started, 'goal')} started, ${formatNumber(sum((play) => play.achieved))} achieved, ${formatNumber(sum((play) => play.missed))} missed`;
  return best === undefined
    ? `${words}; too few of any playbook have ended to tell which works best.`
    : `${words}; what works best is ${best.name} with ${formatShare(best.successRate)}.`;
}
