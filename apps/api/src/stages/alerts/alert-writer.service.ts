import { Injectable } from '@nestjs/common';
import { filledReason } from '@steward/shared/alert-reason';
import type { Tx } from '../../db/unit-of-work.js';
import type { EndedAlert, Loss, StoredEvidence } from '../../domain/alerts/alert.js';
import type { AlertChange, AlertDecision, AlertNews, Finding } from '../../domain/alerts/alert-of-day.js';
import { valueBefore } from '../../domain/alerts/loss.js';
import { escalates, isWorse } from '../../domain/alerts/severity.js';
import { assertUnreachable } from '../../domain/assert-unreachable.js';
import { businessHoursAfter } from '../../domain/calendar/business-hours.js';
import { isoOrNull } from '../../domain/calendar/day.js';
import type { RowsOfDay } from '../rows-of-day.js';
import type { AccountOfDay } from './alert-firing.repository.js';
import { AlertQuestionsRepository } from './alert-questions.repository.js';
import {
  AlertsRepository,
  alertId,
  type ChangedAlert,
  type NewAlert,
  type NewAlertEvent,
  type StoredAlert,
  type StoredEnd,
} from './alerts.repository.js';
import type { DayOfAlerts } from './day-of-alerts.js';
import type { PreparedRule } from './prepared-rules.js';

export interface Decided {
  accountId: string;
  /** Null: raised by hand, or the rule is there no more. */
  rule: PreparedRule | null;
  alert: StoredAlert | null;
  ended: (EndedAlert & StoredEnd) | null;
  finding: Finding;
  decision: AlertDecision;
  account: AccountOfDay;
}

type Values = (accountId: string, key: string) => unknown;

/** Writes what was decided, with the values that it rests on. */
@Injectable()
export class AlertWriter {
  constructor(
    private readonly questions: AlertQuestionsRepository,
    private readonly repository: AlertsRepository,
  ) {}

  async write(tx: Tx, day: DayOfAlerts, rows: RowsOfDay, decided: readonly Decided[]): Promise<void> {
    const values = await this.values(tx, rows, decided.filter(needsValues));
    const before = await this.before(tx, rows, decided);
    const added: NewAlert[] = [];
    const changed: { written: ChangedAlert; news: readonly AlertNews[] }[] = [];
    const withdrawn: StoredAlert[] = [];
    const wereFalse: StoredEnd[] = [];
    for (const each of decided) {
      const { decision, alert, ended } = each;
      if (decision.kind === 'raise') {
        added.push(newAlert(each, decision, day, rows, values, before.get(each) ?? null));
      } else if (alert && decision.kind === 'withdraw') withdrawn.push(alert);
      else if (ended && decision.kind === 'wasFalse') wereFalse.push(ended);
      else if (alert) {
        const { change, news } = decision.kind === 'change' ? decision : { change: {}, news: [] };
        const written = changedAlert(each, alert, change, day, values);
        if (written !== null) changed.push({ written, news });
      }
    }
    await this.repository.withdraw(tx, withdrawn);
    await this.repository.wereFalse(tx, wereFalse, day.iso);
    const opened = await this.repository.add(tx, added, day);
    const kept = await this.repository.change(
      tx,
      changed.map(({ written }) => written),
      day,
    );
    await this.repository.addEvents(
      tx,
      [
        ...added.flatMap((alert) => openedEvent(alert, alertId(alert.accountId, alert.ruleId, day.iso), opened)),
        ...changed.flatMap(({ written, news }) => (kept.has(written.alert.id) ? eventsOf(written, news) : [])),
      ],
      day,
    );
  }

  private async values(tx: Tx, rows: RowsOfDay, decided: readonly Decided[]): Promise<Values> {
    const fields = [...new Set(decided.flatMap(({ rule }) => (rule === null ? [] : fieldsOf(rule))))].filter((key) =>
      rows.catalogue.fields.has(key),
    );
    const ids = [...new Set(decided.map(({ accountId }) => accountId))];
    const values = await this.questions.values(tx, ids, rows, fields);
    const places = new Map(fields.map((key, place) => [key, place]));
    return (accountId, key) => values.get(accountId)?.[places.get(key) ?? -1] ?? null;
  }

  /** What falls over so many days fell from. */
  private async before(tx: Tx, rows: RowsOfDay, decided: readonly Decided[]) {
    const before = new Map<Decided, number>();
    const asked = new Map<string, { each: Decided; accountId: string; days: number }[]>();
    for (const each of decided) {
      const fall = fallThatHolds(each);
      if (each.decision.kind !== 'raise' || fall?.kind !== 'over') continue;
      const list = asked.get(fall.field) ?? [];
      list.push({ each, accountId: each.accountId, days: fall.days });
      asked.set(fall.field, list);
    }
    for (const [field, list] of asked) {
      const values = await this.questions.earlier(tx, rows, field, list);
      list.forEach(({ each }, index) => {
        const value = values[index];
        if (typeof value === 'number') before.set(each, value);
      });
    }
    return before;
  }
}

function needsValues({ decision }: Decided): boolean {
  if (decision.kind === 'raise') return true;
  return decision.kind === 'change' && decision.news.some(({ kind }) => kind === 'evidence' || kind === 'woken');
}

function fieldsOf({ fields, fall }: PreparedRule): string[] {
  return fall === null ? fields : [...fields, fall.fall.field];
}

function fallThatHolds({ rule, finding }: Decided) {
  return rule?.fall && finding.leaves?.includes(rule.fall.place) ? rule.fall.fall : null;
}

function evidenceOf({ accountId, rule, finding }: Decided, values: Values, loss: Loss | null): StoredEvidence {
  return {
    values: (rule?.fields ?? []).map((field) => ({ field, value: values(accountId, field) })),
    leaves: finding.leaves === null ? null : [...finding.leaves],
    loss,
  };
}

function lossOf(each: Decided, rows: RowsOfDay, values: Values, before: number | null): Loss | null {
  const fall = fallThatHolds(each);
  if (fall === null) return null;
  const at = values(each.accountId, fall.field);
  if (typeof at !== 'number') return null;
  if (fall.kind === 'over') return before === null ? null : { field: fall.field, before, at };
  const change = values(each.accountId, fall.change);
  const unit = rows.catalogue.fields.get(fall.change)?.field.type === 'percent' ? 'percent' : 'points';
  const from = typeof change === 'number' ? valueBefore(at, change, unit) : null;
  return from === null ? null : { field: fall.field, before: from, at };
}

function newAlert(
  each: Decided,
  { started, state }: Extract<AlertDecision, { kind: 'raise' }>,
  day: DayOfAlerts,
  rows: RowsOfDay,
  values: Values,
  before: number | null,
): NewAlert {
  const { accountId, finding, account } = each;
  const rule = each.rule as PreparedRule;
  const { severity } = finding;
  return {
    accountId,
    ruleId: rule.id,
    ruleVersion: rule.version,
    kind: rule.kind,
    severity,
    state,
    started,
    reason: filledReason(rule.reason, (key) => {
      const bound = rows.catalogue.fields.get(key);
      return bound && { value: values(accountId, key), field: bound.field };
    }),
    evidence: evidenceOf(each, values, lossOf(each, rows, values, before)),
    score: account.score,
    arrMinor: account.arrMinor,
    escalateAt: started === 'change' && escalates(severity) ? dueAt(day, account.tier) : null,
  };
}

/** The tier's promise, in business hours from the run. */
function dueAt(day: DayOfAlerts, tier: string | null): Date | null {
  const { tiers } = day.model.tiers.body;
  const promise = tiers.find(({ key }) => key === tier) ?? tiers.at(-1);
  if (!promise) return null;
  return new Date(businessHoursAfter(day.at.getTime(), promise.responseHours, day.wanted.timeZone));
}

/** Null: nothing is to be written. */
function changedAlert(
  each: Decided,
  alert: StoredAlert,
  change: AlertChange,
  day: DayOfAlerts,
  values: Values,
): ChangedAlert | null {
  const state = change.state ?? alert.state;
  const severity = change.severity ?? alert.severity;
  const isTold = alert.started === 'change' || alert.started === 'hand';
  const waitsForAnswer = state === 'open' && alert.acknowledgedAt === null && !alert.hasEscalation;
  const escalateAt = isTold && waitsForAnswer && escalates(severity) ? dueAt(day, each.account.tier) : null;
  if (Object.keys(change).length === 0 && escalateAt === null) return null;
  const after = { ...alert, ...change };
  return {
    alert,
    state,
    severity,
    evidence: change.leaves ? { ...evidenceOf(each, values, alert.loss), leaves: [...change.leaves] } : null,
    lastMatchedDay: isoOrNull(after.lastMatchedDay),
    clearSinceDay: isoOrNull(after.clearSinceDay),
    heldReason: after.heldReason,
    callsForAttention: change.unread === true,
    scoreNoted: after.scoreNoted,
    snoozedUntil: isoOrNull(after.snoozedUntil),
    escalateAt,
  };
}

/** A pending alert is told of when it is released. */
function openedEvent(alert: NewAlert, id: string, opened: ReadonlySet<string>): NewAlertEvent[] {
  if (alert.state === 'pending' || !opened.has(id)) return [];
  const { accountId, started, severity } = alert;
  return [{ accountId, alertId: id, kind: 'opened', details: { started, severity }, isNews: false }];
}

function eventsOf({ alert, scoreNoted }: ChangedAlert, news: readonly AlertNews[]): NewAlertEvent[] {
  const isTold = alert.started === 'change' || alert.started === 'hand';
  return news.map((each): NewAlertEvent => {
    const of = { accountId: alert.accountId, alertId: alert.id, kind: each.kind };
    switch (each.kind) {
      case 'cleared':
        return { ...of, details: null, isNews: false };
      case 'severity':
        return { ...of, details: { from: each.from, to: each.to }, isNews: isTold && isWorse(each.to, each.from) };
      case 'evidence':
      case 'woken':
        return { ...of, details: { why: each.why, score: scoreNoted }, isNews: isTold };
      default:
        return assertUnreachable(each);
    }
  });
}
