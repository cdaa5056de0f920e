import { Injectable } from '@nestjs/common';
import type { Alert, AlertAction, AlertActionAnswer, AlertRefusal, RaiseAlert } from '@steward/shared/alerts';
import { v7 as uuidv7 } from 'uuid';
import { announce } from '../../db/live-channel.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import {
  type Actor,
  LONGEST_SNOOZE_DAYS,
  type Triage,
  type TriageAction,
  triage,
  undo,
  undoable,
} from '../../domain/alerts/triage.js';
import { addDays, isoOf, toDay } from '../../domain/calendar/day.js';
import { changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import type { Scope } from '../../platform/auth/scope.js';
import { InvalidInput, NotFound } from '../../platform/errors/app-error.js';
import { AlertsRepository } from './alerts.repository.js';
import { ShownAlerts } from './shown-alerts.service.js';
import { type AlertKey, type TriagedAlert, TriageRepository } from './triage.repository.js';
import { type Assignee, type Person, TriageWorld } from './triage-world.js';

const REFUSALS: Record<AlertRefusal, string> = {
  NOT_FOUND: 'There is no such alert.',
  REVISION_MOVED: 'This alert was changed in the meantime. Load it again and repeat your change.',
  ALERT_ENDED: 'This alert has ended already.',
  ALERT_NOT_SNOOZED: 'This alert is not snoozed.',
  NOTHING_TO_UNDO: 'There is nothing to take back, or something else has come of the alert since.',
  LIVE_ALERT_EXISTS: 'The rule has raised a new alert on this account since.',
  ASSIGNEE_CANNOT_SEE: 'This person may not see the account. Make them its owner first.',
};

/** One action as it was asked for, and who asks. */
interface Order {
  person: Person;
  by: Actor;
  action: AlertAction;
  assignee: Assignee | null;
  /** Of the accounts named, those that the assignee may see. */
  assigneeSees: ReadonlySet<string>;
}

const keyOf = ({ accountId, id }: AlertKey) => `${accountId} ${id}`;

/** What people do with alerts. Each alert of a request is answered on its own. */
@Injectable()
export class TriageService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: TriageRepository,
    private readonly alerts: AlertsRepository,
    private readonly shownAlerts: ShownAlerts,
    private readonly world: TriageWorld,
  ) {}

  act(person: Person, action: AlertAction): Promise<AlertActionAnswer> {
    return this.unitOfWork.run(async (tx) => {
      const order = await this.orderOf(tx, person, action);
      const found = new Map(
        (await this.repository.load(tx, person.scope, action.alerts)).map((each) => [keyOf(each), each]),
      );
      const refused = new Map<string, AlertRefusal>();
      // In the order of their keys, as all writers of several rows.
      for (const wanted of [...action.alerts].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))) {
        const why = await this.one(tx, order, found.get(keyOf(wanted)) ?? null, wanted.revision);
        if (why !== null) refused.set(keyOf(wanted), why);
      }
      const done = action.alerts.filter((each) => !refused.has(keyOf(each)));
      const now = new Map((await this.shown(tx, person.scope, done)).map((each) => [keyOf(each), each]));
      if (done.length > 0)
        await announce(tx, { topic: 'alerts', ids: [...new Set(done.map((each) => each.accountId))] });
      const results = action.alerts.map(({ accountId, id }): AlertActionAnswer['results'][number] => {
        const alert = now.get(keyOf({ accountId, id }));
        if (alert) return { ok: true, accountId, id, alert };
        const code = refused.get(keyOf({ accountId, id })) ?? 'NOT_FOUND';
        return { ok: false, accountId, id, status: code === 'NOT_FOUND' ? 404 : 409, code, message: REFUSALS[code] };
      });
      return { done: results.filter(({ ok }) => ok).length, results };
    });
  }

  raise(person: Person, accountId: string, given: RaiseAlert): Promise<Alert> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.repository.inScope(tx, person.scope, [accountId])).has(accountId)) throw new NotFound('account');
      const by = await this.world.actor(tx, person);
      const day = isoOf(by.day);
      if (given.dueDay !== null && given.dueDay < day) {
        throw new InvalidInput('It would be due before it is raised.', [{ path: 'dueDay', message: given.dueDay }]);
      }
      const assignee = await this.world.assignee(tx, given.assigneeUserId);
      if (assignee !== null && !(await this.repository.inScope(tx, assignee.scope, [accountId])).has(accountId)) {
        const message = REFUSALS.ASSIGNEE_CANNOT_SEE;
        throw new InvalidInput(message, [{ path: 'assigneeUserId', message }], 'ASSIGNEE_CANNOT_SEE');
      }
      const key = { accountId, id: uuidv7() };
      await this.repository.raise(tx, { ...given, ...key, day, at: by.at });
      const details = assignee === null ? null : { assignee: assignee.name };
      const event = { ...key, kind: 'opened', at: by.at, day, byUserId: by.userId, before: null, details } as const;
      await this.repository.addEvent(tx, { ...event, isNews: true });
      await this.world.record(tx, person, 'alert.raised', key, changesOfNew(given));
      await announce(tx, { topic: 'alerts', ids: [accountId] });
      const [alert] = await this.shown(tx, person.scope, [key]);
      return alert as Alert;
    });
  }

  private async orderOf(tx: Tx, person: Person, action: AlertAction): Promise<Order> {
    if (new Set(action.alerts.map(keyOf)).size < action.alerts.length) {
      throw new InvalidInput('An alert is named twice.', [{ path: 'alerts', message: 'names an alert twice' }]);
    }
    const by = await this.world.actor(tx, person);
    if (action.action === 'snooze' && toDay(action.until) <= by.day) {
      throw new InvalidInput('It would wake at once: tomorrow is the earliest day.', [
        { path: 'until', message: action.until },
      ]);
    }
    if (action.action === 'snooze' && toDay(action.until) > addDays(by.day, LONGEST_SNOOZE_DAYS)) {
      const last = isoOf(addDays(by.day, LONGEST_SNOOZE_DAYS));
      throw new InvalidInput(
        `A snooze lasts a year at most: until ${last}.`,
        [{ path: 'until', message: `is later than ${last}` }],
        'SNOOZE_TOO_LONG',
      );
    }
    const assignee = action.action === 'assign' ? await this.world.assignee(tx, action.assigneeUserId) : null;
    const accountIds = action.alerts.map(({ accountId }) => accountId);
    const assigneeSees =
      assignee === null ? new Set<string>() : await this.repository.inScope(tx, assignee.scope, accountIds);
    return { person, by, action, assignee, assigneeSees };
  }

  /** Null: it was done. */
  private async one(tx: Tx, order: Order, alert: TriagedAlert | null, revision: number): Promise<AlertRefusal | null> {
    if (alert === null) return 'NOT_FOUND';
    if (alert.revision !== revision) return 'REVISION_MOVED';
    const { person, by, action, assignee } = order;
    if (assignee !== null && !order.assigneeSees.has(alert.accountId)) return 'ASSIGNEE_CANNOT_SEE';
    const decided = action.action === 'undo' ? await this.takenBack(tx, alert) : triage(alert, actionOf(action), by);
    if (decided.kind === 'refused') return decided.why;
    const { change, event } = decided;
    const changes = changesBetween(alert, change);
    if (Object.keys(changes).length === 0) return null;
    if (!(await this.repository.change(tx, alert, revision, change))) return 'REVISION_MOVED';
    if (event === null) return null;
    const before = Object.fromEntries(Object.keys(change).map((field) => [field, alert[field as keyof TriagedAlert]]));
    const details = action.action === 'assign' ? { ...event.details, assignee: assignee?.name ?? null } : event.details;
    await this.repository.addEvent(tx, {
      accountId: alert.accountId,
      id: alert.id,
      kind: event.kind,
      at: by.at,
      day: isoOf(by.day),
      byUserId: by.userId,
      before: event.kind === 'undone' ? null : before,
      details,
      isNews: event.kind === 'assigned' && assignee !== null && assignee.userId !== by.userId,
    });
    await this.world.record(tx, person, `alert.${event.kind}`, alert, changes);
    return null;
  }

  private async takenBack(tx: Tx, alert: TriagedAlert): Promise<Triage> {
    const last = undoable(await this.repository.pastEvents(tx, alert.accountId, alert.id));
    if (last === null) return { kind: 'refused', why: 'NOTHING_TO_UNDO' };
    if (last.kind === 'resolved' && (await this.repository.otherLives(tx, alert))) {
      return { kind: 'refused', why: 'LIVE_ALERT_EXISTS' };
    }
    return { kind: 'done', ...undo(alert, last) };
  }

  private async shown(tx: Tx, scope: Scope, keys: readonly AlertKey[]): Promise<Alert[]> {
    if (keys.length === 0) return [];
    return this.shownAlerts.shown(tx, await this.alerts.byIds(tx, scope, keys));
  }
}

function actionOf(action: Exclude<AlertAction, { action: 'undo' }>): TriageAction {
  switch (action.action) {
    case 'snooze':
      return { kind: 'snooze', until: action.until, reason: action.reason };
    case 'resolve':
      return { kind: 'resolve', outcome: action.outcome, note: action.note };
    case 'assign':
      return { kind: 'assign', assigneeUserId: action.assigneeUserId };
    default:
      return { kind: action.action };
  }
}
