import { Injectable } from '@nestjs/common';
import type { Rule } from '@steward/shared/rules';
import type { Tx } from '../../db/unit-of-work.js';
import { alertOfDay, type Finding, waitsToBeFalse } from '../../domain/alerts/alert-of-day.js';
import { clearsOn } from '../../domain/alerts/clearing.js';
import { mayFire } from '../../domain/alerts/firing.js';
import { severityFor } from '../../domain/alerts/severity.js';
import type { AlertRule } from '../../records/alert-rules/alert-rules.reader.js';
import type { Batch } from '../batch.js';
import type { RowsOfDay } from '../rows-of-day.js';
import { AlertQuestionsRepository, type Answers, type Asked } from './alert-questions.repository.js';
import { AlertWriter, type Decided } from './alert-writer.service.js';
import { type AlertMemory, AlertsRepository, alertKey, type StoredAlert } from './alerts.repository.js';
import type { DayOfAlerts } from './day-of-alerts.js';
import { type PreparedRule, preparedRules } from './prepared-rules.js';

/** A rule and account that something is to be decided about. */
interface Concern {
  accountId: string;
  rule: PreparedRule | null;
  alert: StoredAlert | null;
  fires: boolean;
}

interface HowEvaluated {
  accounts: readonly string[];
  /** Days past are gone through again. */
  isReplay: boolean;
  /** False: new alerts, and what is new to an account, wait for its next run. */
  mayRaise: boolean;
}

/** The places of a rule's questions among all that are asked. */
interface Places {
  /** Of the rule itself among those that ask. */
  of: number;
  could: number;
  withoutFall: number;
  withFall: number;
  clears: number | null;
  leaves: readonly number[];
}

/**
 * What becomes of the alerts of a batch on a day. All rules are asked in one statement; more only of the accounts that
 * have an alert or are to have one. What stays as it is is not written.
 */
@Injectable()
export class AlertEvaluation {
  constructor(
    private readonly questions: AlertQuestionsRepository,
    private readonly repository: AlertsRepository,
    private readonly writer: AlertWriter,
  ) {}

  async evaluate(
    tx: Tx,
    batch: Batch,
    day: DayOfAlerts,
    rows: RowsOfDay,
    rules: readonly AlertRule[],
    how: HowEvaluated,
  ): Promise<void> {
    const memory = await this.memory(tx, batch, day, rules);
    if (rules.length === 0 && memory.live.length === 0) return;
    const prepared = preparedRules(rules, day);
    const firing = await this.questions.firing(
      tx,
      batch,
      rows,
      prepared.map((rule) => rule.firing),
    );
    const concerns = concernsOf(day, rules, prepared, memory, firing, new Set(how.accounts));
    if (concerns.length > 0) await this.decide(tx, day, rows, prepared, concerns, memory, how);
    if (how.isReplay) return;
    await this.noteSound(tx, rules, prepared, day);
    if (!how.mayRaise) return;
    const newest = Math.max(0, ...rules.map(({ version }) => version));
    const behind = how.accounts.filter((id) => (memory.through.get(id) ?? 0) < newest);
    await this.repository.setThrough(tx, behind, newest);
  }

  /**
   * A rule that cannot be asked is remembered. When it can be again, it is a new one to all accounts, under a new version:
   * what it finds then was true at start. Until that version is seen everywhere, the memory itself says so.
   */
  private async noteSound(
    tx: Tx,
    rules: readonly AlertRule[],
    prepared: readonly PreparedRule[],
    { at }: DayOfAlerts,
  ): Promise<void> {
    const sound = new Set(prepared.map(({ id }) => id));
    const idsOf = (which: (rule: AlertRule) => boolean) => rules.filter(which).map(({ id }) => id);
    await this.repository.rest(
      tx,
      idsOf(({ id, unsound }) => !unsound && !sound.has(id)),
    );
    await this.repository.beginAnew(
      tx,
      idsOf(({ id, unsound }) => unsound && sound.has(id)),
      at,
    );
  }

  private memory(tx: Tx, batch: Batch, day: DayOfAlerts, rules: readonly AlertRule[]): Promise<AlertMemory> {
    const coolDowns = rules.map(({ coolDownDays }) => coolDownDays);
    return this.repository.memory(tx, batch, day.iso, Math.max(0, ...coolDowns));
  }

  private async decide(
    tx: Tx,
    day: DayOfAlerts,
    rows: RowsOfDay,
    prepared: readonly PreparedRule[],
    concerns: readonly Concern[],
    memory: AlertMemory,
    { isReplay, mayRaise }: HowEvaluated,
  ): Promise<void> {
    const asked: Asked[] = [];
    const places = new Map<string, Places>();
    for (const rule of rulesToAsk(prepared, concerns)) places.set(rule.id, ask(rule, places.size, asked));
    const concerned = new Map<string, Set<number>>();
    for (const { accountId, rule } of concerns) {
      const rules = concerned.get(accountId) ?? new Set();
      concerned.set(accountId, rules);
      if (rule !== null) rules.add((places.get(rule.id) as Places).of);
    }
    const answers = await this.questions.answers(tx, concerned, rows, asked);
    const valuesNow = await this.valuesNow(tx, rows, concerns);
    const decided: Decided[] = [];
    for (const { accountId, rule, alert, fires } of concerns) {
      const answer = answers.get(accountId);
      if (!answer) continue;
      const finding =
        rule === null
          ? byHand(alert, answer)
          : findingOf(rule, places.get(rule.id) as Places, answer, fires, alert, valuesNow);
      const ended = rule === null ? null : (memory.ended.get(alertKey(accountId, rule.id)) ?? null);
      const decision = alertOfDay(alert, ended, finding, {
        day: day.asOf,
        isComplete: day.isComplete,
        isStart: rule !== null && (rule.unsound || rule.version > (memory.through.get(accountId) ?? 0)),
        mayRaise: mayRaise && rule?.enabled === true && !(rule.skipInQuietPeriods && day.quietPeriod !== null),
        coolDownDays: rule?.coolDownDays ?? 0,
        isReplay,
      });
      decided.push({ accountId, rule, alert, ended, finding, decision, answer });
    }
    await this.writer.write(tx, day, rows, decided);
  }

  /** By alert, what has become of the value that had fallen. */
  private async valuesNow(tx: Tx, rows: RowsOfDay, concerns: readonly Concern[]): Promise<Map<string, number | null>> {
    const fallen = concerns.flatMap(({ alert }) => (alert?.loss ? [{ ...alert, field: alert.loss.field }] : []));
    const fields = [...new Set(fallen.map(({ field }) => field))].filter((key) => rows.catalogue.fields.has(key));
    const ids = [...new Set(fallen.map(({ accountId }) => accountId))];
    const values = await this.questions.values(tx, ids, rows, fields);
    return new Map(
      fallen.map(({ id, accountId, field }) => {
        const value = values.get(accountId)?.[fields.indexOf(field)];
        return [id, typeof value === 'number' ? value : null];
      }),
    );
  }
}

/** Most accounts meet no rule and have no alert: nothing is to be decided about them. */
function concernsOf(
  { asOf, isComplete }: DayOfAlerts,
  rules: readonly AlertRule[],
  prepared: readonly PreparedRule[],
  memory: AlertMemory,
  firing: ReadonlyMap<string, readonly number[]>,
  accounts: ReadonlySet<string>,
): Concern[] {
  const known = new Set(rules.map(({ id }) => id));
  const byId = new Map(prepared.map((rule) => [rule.id, rule]));
  const placeOf = new Map(prepared.map(({ id }, place) => [id, place]));
  const fires = (accountId: string, ruleId: string) => {
    const place = placeOf.get(ruleId);
    return place !== undefined && (firing.get(accountId)?.includes(place) ?? false);
  };
  const concerns: Concern[] = [];
  const taken = new Set<string>();
  for (const alert of memory.live) {
    const { accountId, ruleId, openedDay } = alert;
    const rule = ruleId === null ? null : (byId.get(ruleId) ?? null);
    if (ruleId !== null) taken.add(alertKey(accountId, ruleId));
    // It began on a later day than the one that is closed late, and is in the way of another.
    if (openedDay > asOf) continue;
    // A rule that cannot be asked leaves its alerts alone; one that is there no more has none.
    if (!accounts.has(accountId) || (ruleId !== null && rule === null && known.has(ruleId))) continue;
    concerns.push({ accountId, rule, alert, fires: ruleId !== null && fires(accountId, ruleId) });
  }
  for (const [key, ended] of memory.ended) {
    const { accountId, ruleId } = ended;
    const rule = byId.get(ruleId);
    if (
      !isComplete ||
      !waitsToBeFalse(ended, asOf) ||
      !rule ||
      taken.has(key) ||
      !accounts.has(accountId) ||
      fires(accountId, ruleId)
    )
      continue;
    concerns.push({ accountId, rule, alert: null, fires: false });
  }
  for (const [accountId, places] of firing) {
    if (!accounts.has(accountId)) continue;
    for (const place of places) {
      const rule = prepared[place] as PreparedRule;
      const key = alertKey(accountId, rule.id);
      if (taken.has(key) || !rule.enabled || rule.silentSource !== null) continue;
      if (!mayFire(memory.ended.get(key) ?? null, asOf, rule.coolDownDays)) continue;
      concerns.push({ accountId, rule, alert: null, fires: true });
    }
  }
  return concerns;
}

/**
 * In their order, and of many accounts all rules: the statement is then the same again and again, and PostgreSQL keeps its
 * plan, which costs more than to answer it.
 */
function rulesToAsk(prepared: readonly PreparedRule[], concerns: readonly Concern[]): readonly PreparedRule[] {
  if (concerns.length >= prepared.length) return prepared;
  const concerned = new Set(concerns.map(({ rule }) => rule?.id));
  return prepared.filter(({ id }) => concerned.has(id));
}

function ask({ questions }: PreparedRule, of: number, asked: Asked[]): Places {
  const place = (rule: Rule) => asked.push({ rule, of }) - 1;
  const could = place(questions.could);
  return {
    of,
    could,
    withoutFall: questions.hasFall ? place(questions.couldWithoutFall) : could,
    withFall: questions.hasFall ? place(questions.couldWithFall) : could,
    clears: questions.clears === null ? null : place(questions.clears),
    leaves: questions.leaves.map(place),
  };
}

function findingOf(
  rule: PreparedRule,
  places: Places,
  answer: Answers,
  fires: boolean,
  alert: StoredAlert | null,
  valuesNow: ReadonlyMap<string, number | null>,
): Finding {
  const holds = (place: number) => answer.holding.includes(place);
  const could = holds(places.could);
  const isSilent = rule.silentSource !== null;
  return {
    holds: isSilent ? 'silentSource' : fires ? 'yes' : could ? 'unknown' : 'no',
    clears: clearsOn({
      own: places.clears === null ? null : holds(places.clears),
      could,
      withoutFall: holds(places.withoutFall),
      withFall: holds(places.withFall),
      loss: alert?.loss ?? null,
      lowest: alert?.loss?.field === 'health.score' ? alert.scoreNoted : null,
      now: alert === null ? null : (valuesNow.get(alert.id) ?? null),
      band: answer.band,
    }),
    leaves: places.leaves.flatMap((place, index) => (holds(place) ? [index] : [])),
    score: answer.score,
    severity: severityFor(rule, answer.tier),
  };
}

/** What a person has raised holds until a person ends it. One whose rule is there no more is over. */
function byHand(alert: StoredAlert | null, { score }: Answers): Finding {
  const isByHand = alert !== null && alert.ruleId === null;
  return {
    holds: isByHand ? 'yes' : 'no',
    clears: !isByHand,
    leaves: null,
    score,
    severity: alert?.severity ?? 'info',
  };
}
