import { BANDS } from '@steward/shared/common';
import type {
  BandMovement,
  ChurnReasonsReport,
  Plays,
  Portfolio,
  PortfolioWork,
  RenewalMonths,
  ReportOwner,
} from '@steward/shared/portfolio';
import { RENEWAL_STATES } from '@steward/shared/renewals';
import { type CsvTable, cell, money } from '../base/csv-table.js';

const nameOf = ({ name, userId }: ReportOwner) => name ?? (userId === null ? 'No owner' : userId);
/** Of whom the reader sees some accounts only, the figures are of those. */
const seen = ({ partly }: ReportOwner) => (partly ? 'in part' : '');
const influence = (can: boolean | null) => (can === null ? 'not known' : can ? 'yes' : 'no');

export function booksTable({ rows, tiers, currency }: Portfolio): CsvTable {
  return {
    headers: [
      ...['Owner', 'Seen', 'Manager', 'Accounts', `ARR ${currency}`, 'Mean score'],
      ...BANDS.flatMap((band) => [`${band} accounts`, `${band} ARR ${currency}`]),
      ...tiers.flatMap(({ key }) => [`${key} accounts`, `${key} target`]),
      'Load %',
    ],
    rows: rows.map((row) => [
      ...[nameOf(row.owner), seen(row.owner), row.owner.manager?.name ?? ''],
      ...[cell(row.accounts), money(row.arrMinor, currency), cell(row.meanScore)],
      ...BANDS.flatMap((band) => [cell(row.bands[band].accounts), money(row.bands[band].arrMinor, currency)]),
      ...row.tiers.flatMap(({ accounts, target }) => [cell(accounts), cell(target)]),
      cell(row.load),
    ]),
  };
}

export function workTable({ rows, currency }: PortfolioWork): CsvTable {
  return {
    headers: [
      ...['Owner', 'Seen', 'Renewals due', `Due ${currency}`],
      ...RENEWAL_STATES.flatMap((state) => [state, `${state} ${currency}`]),
      ...['Renewed %', 'Touches', 'Touched accounts', 'Overdue tasks', 'Open goals', 'Alerts', 'Answered'],
      ...['Median business hours to acknowledge', 'Resolved', 'Median days to resolve'],
    ],
    rows: rows.map(({ owner, renewals, alerts, ...work }) => [
      ...[nameOf(owner), seen(owner), cell(renewals.due.renewals), money(renewals.due.arrMinor, currency)],
      ...RENEWAL_STATES.flatMap((state) => {
        const of = renewals.byState[state];
        return [cell(of.renewals), money(of.arrMinor, currency)];
      }),
      ...[cell(renewals.renewedRate), cell(work.touches), cell(work.touchedAccounts), cell(work.overdueTasks)],
      ...[cell(work.openGoals), cell(alerts.opened), cell(alerts.answered), cell(alerts.medianHoursToAcknowledge)],
      ...[cell(alerts.resolved), cell(alerts.medianDaysToResolve)],
    ]),
  };
}

export function bandMovementTable({ cells, fromDay, toDay, currency }: BandMovement): CsvTable {
  return {
    headers: [`Band on ${fromDay}`, `Band on ${toDay}`, 'Accounts', `ARR ${currency}`],
    rows: cells.map(({ from, to, accounts, arrMinor }) => [from, to, cell(accounts), money(arrMinor, currency)]),
  };
}

export function renewalsTable({ months, currency }: RenewalMonths): CsvTable {
  return {
    headers: [
      ...['Month', 'Renewals', `Due ${currency}`, 'At risk', `At risk ${currency}`, `Weighted ${currency}`],
      ...RENEWAL_STATES.flatMap((state) => [state, `${state} ${currency}`]),
    ],
    rows: months.map(({ month, due, atRisk, weightedMinor, byState }) => [
      ...[month, cell(due.renewals), money(due.arrMinor, currency), cell(atRisk.renewals)],
      ...[money(atRisk.arrMinor, currency), money(weightedMinor, currency)],
      ...RENEWAL_STATES.flatMap((state) => [cell(byState[state].renewals), money(byState[state].arrMinor, currency)]),
    ]),
  };
}

export function churnTable({ reasons, currency }: ChurnReasonsReport): CsvTable {
  return {
    headers: ['Reason', 'We can influence it', 'Accounts', `ARR lost ${currency}`],
    rows: reasons.map(({ reason, canInfluence, accounts, arrLostMinor }) => [
      reason ?? 'None recorded',
      ...[influence(canInfluence), cell(accounts), money(arrLostMinor, currency)],
    ]),
  };
}

export function alertRulesTable({ alertRules, currency }: Plays): CsvTable {
  return {
    headers: ['Alert rule', 'Fired', 'To acknowledge', 'In time', 'False alarms', 'Kept', `ARR kept ${currency}`],
    rows: alertRules.map((rule) => [
      ...[rule.name ?? '', cell(rule.fired), cell(rule.toAcknowledge), cell(rule.acknowledgedInTimeRate)],
      ...[cell(rule.falseAlarmRate), cell(rule.kept), money(rule.arrKeptMinor, currency)],
    ]),
  };
}

export function playbooksTable({ playbooks }: Plays): CsvTable {
  return {
    headers: ['Playbook', 'Kind', 'Started', 'Running', 'Achieved', 'Missed', 'Cancelled', 'Success', 'Median days'],
    rows: playbooks.map(({ name, kind, started, running, achieved, missed, cancelled, successRate, medianDays }) => [
      ...[name, kind, cell(started), cell(running), cell(achieved), cell(missed), cell(cancelled)],
      ...[cell(successRate), cell(medianDays)],
    ]),
  };
}
