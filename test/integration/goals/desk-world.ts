import { randomUUID } from 'node:crypto';
import type { PlaybookDefinition } from '@steward/shared/playbooks';
import { aPlaybook, aTaskTemplate } from '../../../apps/api/src/domain/goals/goal.factory.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';

/** A Wednesday. */
export const TODAY = '2026-04-15';

/** Reached with an ARR of 100,000. */
export const TO_GROW = { kind: 'signal', field: 'account.arr', op: 'gte', value: 100_000 } as const;

interface Owners {
  csm?: string | null;
  am?: string | null;
}

/** The API with people, accounts and playbooks; no pipeline runs. */
export class DeskWorld {
  private made = 0;

  private constructor(
    readonly server: ApiServer,
    readonly csm: TestPerson,
    readonly am: TestPerson,
    readonly lead: TestPerson,
    readonly asCsm: Caller,
    readonly asAm: Caller,
    readonly asLead: Caller,
    readonly asAdmin: Caller,
    readonly asStranger: Caller,
  ) {}

  static async start(): Promise<DeskWorld> {
    const server = await ApiServer.start();
    const lead = await server.person('manager');
    const csm = await server.person('csm', { managerId: lead.id });
    const am = await server.person('am', { managerId: lead.id });
    return new DeskWorld(
      server,
      csm,
      am,
      lead,
      await server.signedIn(csm),
      await server.signedIn(am),
      await server.signedIn(lead),
      await server.as('admin'),
      await server.as('csm'),
    );
  }

  close(): Promise<void> {
    return this.server.close();
  }

  query<Row = any>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.server.dataSource.query(sql, parameters);
  }

  /** A customer of the CSM and the AM with an ARR of 20,000 in major units. */
  async account(overrides: Record<string, unknown> & Owners = {}): Promise<string> {
    const { csm = this.csm.id, am = this.am.id, ...state } = overrides;
    const n = ++this.made;
    const id = randomUUID();
    const owners = { csm_user_id: csm, am_user_id: am };
    await insertRows(this.server.dataSource, 'account', [
      {
        id,
        external_id: `g-${n}`,
        name: `Goal account ${n}`,
        status: 'customer',
        first_seen_on: '2026-01-01',
        revision: 1,
        ...owners,
      },
    ]);
    const row = { account_id: id, as_of: TODAY, status: 'customer', arr_minor: 2_000_000, score: 60, ...owners };
    await insertStates(this.server.dataSource, [{ ...row, ...state }]);
    return id;
  }

  /** Reached by an ARR of 100,000; one call of the CSM on the second business day. */
  async playbook(definition: Partial<PlaybookDefinition> = {}, { enabled = true } = {}): Promise<string> {
    const id = randomUUID();
    const whole = aPlaybook({ target: TO_GROW, ...definition });
    const { name, kind } = whole;
    const db = this.server.dataSource;
    await insertRows(db, 'playbook', [{ id, name, kind, definition: whole, enabled, version: 1, revision: 1 }]);
    await insertRows(db, 'playbook_version', [{ playbook_id: id, version: 1, definition: whole }]);
    return id;
  }

  /** A playbook of two required tasks and an optional one, whose target is that they are done. */
  workPlan(): Promise<string> {
    return this.playbook({
      name: 'Work plan',
      target: { kind: 'tasks' },
      tasks: [
        aTaskTemplate(),
        aTaskTemplate({ key: 'review', title: 'Review the plan', role: 'am' }),
        aTaskTemplate({ key: 'wish', title: 'Wish them luck', required: false }),
      ],
    });
  }

  async started(caller: Caller, accountId: string, playbookId: string, more: object = {}): Promise<any> {
    const { status, body } = await caller.post(`/api/v1/accounts/${accountId}/goals`, { playbookId, ...more });
    if (status !== 201) throw new Error(`refused: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  start(caller: Caller, accountId: string, given: object) {
    return caller.post(`/api/v1/accounts/${accountId}/goals`, given);
  }

  act(caller: Caller, goal: { accountId: string; id: string; revision: number }, action: object) {
    const { accountId, id, revision } = goal;
    return caller.post(`/api/v1/goals/${accountId}/${id}/actions`, { revision, ...action });
  }

  async detail(caller: Caller, { accountId, id }: { accountId: string; id: string }): Promise<any> {
    return (await caller.get(`/api/v1/goals/${accountId}/${id}`)).body;
  }

  /** One task's answer. */
  async taskAct(caller: Caller, task: { accountId: string; id: string; revision: number }, action: object) {
    const { accountId, id, revision } = task;
    const { status, body } = await caller.post('/api/v1/tasks/actions', {
      tasks: [{ accountId, id, revision }],
      ...action,
    });
    return status === 200 ? body.results[0] : { ok: false, status, ...body };
  }

  /** What stands in the table of accounts that are due. */
  async isDue(accountId: string): Promise<boolean> {
    const rows = await this.query('SELECT 1 FROM steward.dirty_account WHERE account_id = $1', [accountId]);
    return rows.length > 0;
  }

  audit(subjectId: string): Promise<string[]> {
    return this.query('SELECT action FROM steward.audit_log WHERE subject_id = $1 ORDER BY at, id', [subjectId]).then(
      (rows) => rows.map(({ action }) => action),
    );
  }
}
