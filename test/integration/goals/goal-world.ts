import { randomUUID } from 'node:crypto';
import type { PlaybookDefinition } from '@steward/shared/playbooks';
import type { Rule } from '@steward/shared/rules';
import { aPlaybook } from '../../../apps/api/src/domain/goals/goal.factory.js';
import { insertRows } from '../../support/insert-rows.js';
import type { PipelineWorld } from '../pipeline/pipeline-world.js';

/** Keeps a playbook; what is left out is of the plainest kind. */
export async function keepPlaybook(
  world: PipelineWorld,
  definition: Partial<PlaybookDefinition> = {},
  { id = randomUUID(), enabled = true }: { id?: string; enabled?: boolean } = {},
): Promise<string> {
  const whole = aPlaybook(definition);
  const { name, kind } = whole;
  await insertRows(world.dataSource, 'playbook', [
    { id, name, kind, definition: whole, enabled, version: 1, revision: 1 },
  ]);
  await insertRows(world.dataSource, 'playbook_version', [{ playbook_id: id, version: 1, definition: whole }]);
  return id;
}

/** Publishes the next version of a playbook. */
export async function publish(
  world: PipelineWorld,
  id: string,
  definition: Partial<PlaybookDefinition>,
): Promise<void> {
  const whole = aPlaybook(definition);
  const [{ version }] = await world
    .query(`UPDATE steward.playbook SET definition = $2, version = version + 1 WHERE id = $1 RETURNING version`, [
      id,
      JSON.stringify(whole),
    ])
    .then(([rows]: any) => rows);
  await insertRows(world.dataSource, 'playbook_version', [{ playbook_id: id, version, definition: whole }]);
}

export async function keepSegment(world: PipelineWorld, rule: Rule): Promise<string> {
  const id = randomUUID();
  const [{ version }] = await world.query(`SELECT nextval('steward.segment_rule_version')::int AS version`);
  await insertRows(world.dataSource, 'segment', [
    {
      id,
      name: 'Segment',
      description: '',
      of: 'account',
      rule,
      visibility: 'shared',
      rule_version: version,
      revision: 1,
    },
  ]);
  return id;
}

export async function keepPerson(world: PipelineWorld, name: string, managerId: string | null = null): Promise<string> {
  const id = randomUUID();
  await insertRows(world.dataSource, 'app_user', [
    {
      id,
      email: `${name}@steward.example`,
      full_name: name,
      role: 'csm',
      manager_id: managerId,
      active: true,
      revision: 1,
    },
  ]);
  return id;
}

/** `account status start→due progress`, and how it ended. */
export async function goals(world: PipelineWorld): Promise<string[]> {
  const rows = await world.query(
    `SELECT a.external_id AS account, g.* FROM steward.goal g JOIN steward.account a ON a.id = g.account_id
     ORDER BY 1, g.start_day, g.id`,
  );
  return rows.map((row) => {
    const progress = row.progress === null ? '–' : `${Math.round(row.progress * 100)}%`;
    const end = row.ended_day === null ? '' : ` ended ${row.ended_day} ${row.outcome_reason ?? ''}`.trimEnd();
    return `${row.account} ${row.status} ${row.start_day}→${row.due_day} ${progress}${end}`;
  });
}

/** `account key state due assignee`. */
export async function tasks(world: PipelineWorld): Promise<string[]> {
  const rows = await world.query(
    `SELECT a.external_id AS account, t.*, u.full_name FROM steward.task t JOIN steward.account a ON a.id = t.account_id
     LEFT JOIN steward.app_user u ON u.id = t.assignee_user_id ORDER BY 1, t.key, t.id`,
  );
  return rows.map((row) => {
    const due = row.due_day ?? `waits for ${row.waits_for}`;
    return `${row.account} ${row.key} ${row.state} ${due} ${row.full_name ?? 'nobody'}`;
  });
}

export async function goalEvents(world: PipelineWorld): Promise<string[]> {
  const rows = await world.query(
    `SELECT a.external_id AS account, e.kind, e.day, e.told_at IS NULL AS news
     FROM steward.goal_event e JOIN steward.account a ON a.id = e.account_id ORDER BY e.day, 1, e.kind`,
  );
  return rows.map(({ account, kind, day, news }) => `${account} ${kind} ${day}${news ? ' news' : ''}`);
}
