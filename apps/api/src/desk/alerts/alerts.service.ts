import { Injectable } from '@nestjs/common';
import type {
  AccountAlertEvents,
  AccountAlertEventsQuery,
  AccountAlerts,
  AccountAlertsQuery,
  AlertDetail,
  AlertInbox,
  AlertInboxQuery,
  AlertInboxRow,
} from '@steward/shared/alerts';
import type { IsoDay } from '@steward/shared/common';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { undoable } from '../../domain/alerts/triage.js';
import type { Principal } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { asOfDay, WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { peopleActedFor } from '../whose.js';
import { alertRowOnDay } from './alert-row-on-day.js';
import { AlertsRepository, type InboxQuestion } from './alerts.repository.js';
import { isLive, ShownAlerts } from './shown-alerts.service.js';
import { TriageRepository } from './triage.repository.js';

/** The inbox, one alert, and the alerts of an account: all within the reader's scope. */
@Injectable()
export class AlertsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: AlertsRepository,
    private readonly triage: TriageRepository,
    private readonly shown: ShownAlerts,
    private readonly workspaces: WorkspaceReader,
  ) {}

  inbox(principal: Principal, { scope: whose, ...query }: AlertInboxQuery): Promise<AlertInbox> {
    const { scope } = principal;
    return this.unitOfWork.run(async (tx) => {
      const question: InboxQuestion = { ...query, receivers: await this.receivers(tx, principal, whose) };
      const { totals, ids } = await this.repository.overview(tx, scope, question);
      if (ids.length === 0) return { rows: [], totals };
      const accounts = new Map((await this.repository.accounts(tx, scope, ids)).map((each) => [each.id, each]));
      const found = await this.repository.alertsOf(tx, scope, question, ids);
      const alerts = await this.shown.shown(tx, found);
      const rows = ids.flatMap((id): AlertInboxRow[] => {
        const account = accounts.get(id);
        const [top, ...others] = alerts.filter(({ accountId }) => accountId === id);
        return account && top ? [{ account, top, more: top.ofAccount - 1, others }] : [];
      });
      return { rows, totals };
    });
  }

  detail(scope: Scope, accountId: string, id: string): Promise<AlertDetail> {
    return this.unitOfWork.run(async (tx) => {
      const found = await this.repository.byIds(tx, scope, [{ accountId, id }]);
      const [alert] = await this.shown.shown(tx, found);
      const [account] = await this.repository.accounts(tx, scope, [accountId]);
      if (!alert || !account) throw new NotFound('alert');
      const past = await this.triage.pastEvents(tx, accountId, id);
      const events = await this.repository.events(tx, accountId, id);
      return { ...alert, account, events, mayUndo: undoable(past) !== null };
    });
  }

  ofAccount(scope: Scope, accountId: string, { state, asOf, ...page }: AccountAlertsQuery): Promise<AccountAlerts> {
    return this.unitOfWork.run(async (tx) => {
      await this.mustSee(tx, scope, accountId);
      const { day, past } = asOfDay(asOf, await this.workspaces.today(tx));
      if (past) return this.onDay(tx, accountId, day, { state, ...page });
      const { rows, total } = await this.repository.ofAccount(tx, accountId, state, page);
      return { alerts: await this.shown.shown(tx, rows), total };
    });
  }

  eventsOfAccount(scope: Scope, accountId: string, query: AccountAlertEventsQuery): Promise<AccountAlertEvents> {
    const { asOf, ...page } = query;
    return this.unitOfWork.run(async (tx) => {
      await this.mustSee(tx, scope, accountId);
      const { day } = asOfDay(asOf, await this.workspaces.today(tx));
      return this.repository.eventsOfAccount(tx, accountId, day, page);
    });
  }

  /** Alerts that were live at the end of an earlier day. */
  private async onDay(
    tx: Tx,
    accountId: string,
    day: IsoDay,
    { state, offset, limit }: Omit<AccountAlertsQuery, 'asOf'>,
  ): Promise<AccountAlerts> {
    const history = await this.repository.history(tx, accountId);
    const rows = (await this.repository.openOn(tx, accountId, day))
      .map((row) =>
        alertRowOnDay(
          row,
          history.filter(({ alertId }) => alertId === row.id),
          day,
        ),
      )
      .filter((row) => isLive(row) && (state === undefined || state.includes(row.state)));
    const alerts = await this.shown.shown(tx, rows.slice(offset, offset + limit));
    return { alerts, total: rows.length };
  }

  private async mustSee(tx: Tx, scope: Scope, accountId: string): Promise<void> {
    if ((await this.repository.accounts(tx, scope, [accountId])).length === 0) throw new NotFound('account');
  }

  /** Null: everyone's. A program has no alerts of its own. */
  private async receivers(
    tx: Tx,
    principal: Principal,
    whose: AlertInboxQuery['scope'],
  ): Promise<readonly string[] | null> {
    if (whose === 'all') return null;
    if (principal.kind !== 'user') return [];
    const mine = peopleActedFor(principal);
    return whose === 'team' ? this.repository.withReports(tx, mine) : mine;
  }
}
