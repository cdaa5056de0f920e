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
import { type AccountOfDay, AlertFiringRepository, type Firing } from './alert-firing.repository.js';
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
  /** Null: the rule does not surely hold. */
  fired: Fired | null;
}

/** A rule surely holds: of the account, and which of the rule's conditions hold. */
interface Fired {
  account: AccountOfDay;
  leaves: readonly number[];
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

/** What rules ask together, and by rule the places of its own questions. */
interface Questions {
  asked: readonly Asked[];
  places: ReadonlyMap<string, Places>;
}

/**
 * What becomes of the alerts of a batch on a day. All rules are asked in one statement; more only where an alert may end.
 * What stays as it is is not written.
 */
@Injectable()
export class AlertEvaluation {
  private readonly questionsOf = new WeakMap<readonly PreparedRule[], Questions>();

  constructor(
    private readonly firing: AlertFiringRepository,
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
    const newest = Math.max(0, ...rules.map(({ version }) => version));
    const longestCoolDown = Math.max(0, ...rules.map(({ coolDownDays }) => coolDownDays));
    const memory = await this.repository.memory(tx, batch, day.iso, { longestCoolDown, newest });
    if (rules.length === 0 && memory.live.length === 0) return;
    const prepared = preparedRules(rules, day);
    const firing = await this.firing.firing(tx, batch, rows, prepared);
    const concerns = concernsOf(day, rules, prepared, memory, firing, new Set(how.accounts));
    if (concerns.length > 0) await this.decide(tx, day, rows, prepared, concerns, { ...memory, newest }, how);
    if (how.isReplay) return;
    await this.noteSound(tx, rules, prepared, day);
    if (!how.mayRaise) return;
    const behind = how.accounts.filter((id) => memory.behind.has(id));
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

  private async decide(
    tx: Tx,
    day: DayOfAlerts,
    rows: RowsOfDay,
    prepared: readonly PreparedRule[],
    concerns: readonly Concern[],
    memory: AlertMemory & { newest: number },
    { isReplay, mayRaise }: HowEvaluated,
  ): Promise<void> {
    const asking = concerns.filter((concern) => asksMore(concern, day));
    const { places, answers } = await this.ask(tx, rows, prepared, asking);
    const valuesNow = day.isComplete ? await this.valuesNow(tx, rows, asking) : new Map<string, number | null>();
    const decided: Decided[] = [];
    for (const concern of concerns) {
      const { accountId, rule, alert, fired } = concern;
      const answer = asksMore(concern, day) ? (answers.get(accountId) ?? null) : null;
      const account = fired?.account ?? answer;
      if (!account) continue;
      const finding = findingOf(
        concern,
        account,
        rule === null ? null : (places.get(rule.id) ?? null),
        answer,
        valuesNow,
      );
      const ended = rule === null ? null : (memory.ended.get(alertKey(accountId, rule.id)) ?? null);
      const through = memory.behind.get(accountId) ?? memory.newest;
      const decision = alertOfDay(alert, ended, finding, {
        day: day.asOf,
        isComplete: day.isComplete,
        isStart: rule !== null && (rule.unsound || rule.version > through),
        mayRaise: mayRaise && rule?.enabled === true && !(rule.skipInQuietPeriods && day.quietPeriod !== null),
        coolDownDays: rule?.coolDownDays ?? 0,
        isReplay,
      });
      decided.push({ accountId, rule, alert, ended, finding, decision, account });
    }
    await this.writer.write(tx, day, rows, decided);
  }

  /** What the rules of these concerns leave open. */
  private async ask(tx: Tx, rows: RowsOfDay, prepared: readonly PreparedRule[], asking: readonly Concern[]) {
    const { asked, places } = this.questionsFor(rulesToAsk(prepared, asking));
    const concerned = new Map<string, Set<number>>();
    for (const { accountId, rule } of asking) {
      const rules = concerned.get(accountId) ?? new Set();
      concerned.set(accountId, rules);
      if (rule !== null) rules.add((places.get(rule.id) as Places).of);
    }
    const answers =
      asking.length === 0 ? new Map<string, Answers>() : await this.questions.answers(tx, concerned, rows, asked);
    return { places, answers };
  }

  private questionsFor(rules: readonly PreparedRule[]): Questions {
    const known = this.questionsOf.get(rules);
    if (known) return known;
    const asked: Asked[] = [];
    const places = new Map<string, Places>();
    for (const rule of rules) places.set(rule.id, ask(rule, places.size, asked));
    const questions = { asked, places };
    this.questionsOf.set(rules, questions);
    return questions;
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

/**
 * A rule that surely holds has told its conditions, too: what it leaves open is only whether an alert is to end, on a day
 * that ends, by a clear rule of its own or because a fall is made good.
 */
function asksMore({ rule, alert, fired }: Concern, { isComplete }: DayOfAlerts): boolean {
  if (rule === null || fired === null) return true;
  return isComplete && alert !== null && (rule.clearRule !== null || alert.loss !== null);
}

/** Most accounts meet no rule and have no alert: nothing is to be decided about them. */
function concernsOf(
  { asOf, isComplete }: DayOfAlerts,
  rules: readonly AlertRule[],
  prepared: readonly PreparedRule[],
  memory: AlertMemory,
  firing: ReadonlyMap<string, Firing>,
  accounts: ReadonlySet<string>,
): Concern[] {
  const known = new Set(rules.map(({ id }) => id));
  const byId = new Map(prepared.map((rule) => [rule.id, rule]));
  const placeOf = new Map(prepared.map(({ id }, place) => [id, place]));
  const firedOf = (accountId: string, ruleId: string): Fired | null => {
    const found = firing.get(accountId);
    const leaves = found?.rules.get(placeOf.get(ruleId) ?? -1);
    return found === undefined || leaves === undefined ? null : { account: found.account, leaves };
  };
  const concerns: Concern[] = [];
  /** By account, the rules that have a live alert. */
  const taken = new Map<string, string[]>();
  const isTaken = (accountId: string, ruleId: string) => taken.get(accountId)?.includes(ruleId) === true;
  for (const alert of memory.live) {
    const { accountId, ruleId, openedDay } = alert;
    const rule = ruleId === null ? null : (byId.get(ruleId) ?? null);
    if (ruleId !== null) {
      const rulesOf = taken.get(accountId);
      if (rulesOf === undefined) taken.set(accountId, [ruleId]);
      else rulesOf.push(ruleId);
    }
    // It began on a later day than the one that is closed late, and is in the way of another.
    if (openedDay > asOf) continue;
    // A rule that cannot be asked leaves its alerts alone; one that is there no more has none.
    if (!accounts.has(accountId) || (ruleId !== null && rule === null && known.has(ruleId))) continue;
    concerns.push({ accountId, rule, alert, fired: ruleId === null ? null : firedOf(accountId, ruleId) });
  }
  for (const ended of memory.ended.values()) {
    const { accountId, ruleId } = ended;
    const rule = byId.get(ruleId);
    if (
      !isComplete ||
      !waitsToBeFalse(ended, asOf) ||
      !rule ||
      isTaken(accountId, ruleId) ||
      !accounts.has(accountId) ||
      firedOf(accountId, ruleId) !== null
    )
      continue;
    concerns.push({ accountId, rule, alert: null, fired: null });
  }
  for (const [accountId, found] of firing) {
    if (!accounts.has(accountId)) continue;
    for (const [place, leaves] of found.rules) {
      const rule = prepared[place] as PreparedRule;
      if (!rule.enabled || rule.silentSource !== null || isTaken(accountId, rule.id)) continue;
      if (!mayFire(memory.ended.get(alertKey(accountId, rule.id)) ?? null, asOf, rule.coolDownDays)) continue;
      concerns.push({ accountId, rule, alert: null, fired: { account: found.account, leaves } });
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
  { rule, alert, fired }: Concern,
  account: AccountOfDay,
  places: Places | null,
  answer: Answers | null,
  valuesNow: ReadonlyMap<string, number | null>,
): Finding {
  if (rule === null) return byHand(alert, account);
  const holds = (place: number) => answer?.holding.includes(place) ?? false;
  // Where nothing more was asked, the rule surely holds, and its alert has no other way to end.
  const could = places === null || answer === null || holds(places.could);
  const isSilent = rule.silentSource !== null;
  return {
    holds: isSilent ? 'silentSource' : fired ? 'yes' : could ? 'unknown' : 'no',
    clears:
      places !== null &&
      answer !== null &&
      clearsOn({
        own: places.clears === null ? null : holds(places.clears),
        could,
        withoutFall: holds(places.withoutFall),
        withFall: holds(places.withFall),
        loss: alert?.loss ?? null,
        lowest: alert?.loss?.field === 'health.score' ? alert.scoreNoted : null,
        now: alert === null ? null : (valuesNow.get(alert.id) ?? null),
        band: account.band,
      }),
    leaves: fired?.leaves ?? places?.leaves.flatMap((place, index) => (holds(place) ? [index] : [])) ?? null,
    score: account.score,
    severity: severityFor(rule, account.tier),
  };
}

/** What a person has raised holds until a person ends it. One whose rule is there no more is over. */
function byHand(alert: StoredAlert | null, { score }: AccountOfDay): Finding {
  const isByHand = alert !== null && alert.ruleId === null;
  return {
    holds: isByHand ? 'yes' : 'no',
    clears: !isByHand,
    leaves: null,
    score,
    severity: alert?.severity ?? 'info',
  };
}
