import { randomUUID } from 'node:crypto';
import type { Rule } from '@steward/shared/rules';
import { Binder } from '../../../apps/api/src/db/rules/binder.js';
import { buildCatalogue } from '../../../apps/api/src/db/rules/build-catalogue.js';
import { compileRule } from '../../../apps/api/src/db/rules/compile-rule.js';
import { scopeOf } from '../../../apps/api/src/platform/auth/scope.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';
import { alerts, goTo, keepRule } from '../alerts/alert-world.js';
import { keepSegment } from '../goals/goal-world.js';
import { anAccount, type KeptWorld, PipelineWorld, usd } from '../pipeline/pipeline-world.js';

const hasSmallChild: Rule = {
  kind: 'related',
  of: 'childAccount',
  quantifier: 'any',
  rule: { kind: 'compare', field: 'arr', op: 'lt', value: 50_000 },
};
/** Their buckets lie before and after each other's. */
const FAMILIES = Array.from({ length: 12 }, (_, place) => ({ parent: `parent-${place}`, child: `child-${place}` }));

describe('rules over child accounts', () => {
  let world: PipelineWorld;
  let small: string;
  let begun: KeptWorld;
  beforeAll(async () => {
    world = await PipelineWorld.open('2026-04-09T08:00:00Z');
    small = await keepSegment(world, hasSmallChild);
    for (const { parent, child } of FAMILIES) {
      await deliver(parent, 900_000);
      await deliver(child, 80_000, parent);
    }
    await world.drain();
    await goTo(world, '2026-04-10');
    begun = await world.keep();
  }, 60_000);
  beforeEach(async () => {
    world = await begun.copy();
  });
  afterEach(() => world.close());
  afterAll(() => begun?.close());

  const deliver = (id: string, arr: number, parent: string | null = null) =>
    world.deliver(anAccount(id, { arr: usd(arr), customerSince: '2024-01-01', parentExternalId: parent }));
  const events = async () => {
    const rows = await world.query(
      `SELECT a.external_id AS account, e.kind, e.day, e.leaf FROM steward.segment_event e
       JOIN steward.account a ON a.id = e.account_id WHERE e.segment_id = $1 ORDER BY e.day, e.kind, 1`,
      [small],
    );
    return rows.map(({ account, kind, day, leaf }) => `${account} ${kind} ${day} ${leaf}`);
  };
  const members = async (id = small) => {
    const rows = await world.query(
      `SELECT a.external_id AS account FROM steward.segment_member m
       JOIN steward.account a ON a.id = m.account_id WHERE m.segment_id = $1 ORDER BY 1`,
      [id],
    );
    return rows.map(({ account }) => account);
  };

  it('see what became of a child from the day after, however often the day is computed', async () => {
    await deliver('child-3', 20_000, 'parent-3');
    await world.drain();
    await deliver('parent-3', 900_001);
    await world.drain();
    await world.refresh();
    await world.refresh();
    expect(await members()).toEqual([]);
    await goTo(world, '2026-04-11');
    expect(await members()).toEqual(['parent-3']);
    await world.refresh();
    await deliver('child-3', 70_000, 'parent-3');
    await world.drain();
    await world.refresh();
    expect(await members()).toEqual(['parent-3']);
    await goTo(world, '2026-04-12');
    expect(await events()).toEqual(['parent-3 entered 2026-04-11 0', 'parent-3 left 2026-04-12 0']);
  });

  it('come out the same in two processes that take the accounts as they find them', async () => {
    const changed = FAMILIES.filter((_, place) => place % 2 === 0);
    for (const { parent, child } of changed) await deliver(child, 20_000, parent);
    await world.drain();
    world.now = '2026-04-11T08:00:00Z';
    for (const { parent, child } of FAMILIES) await deliver(child, 60_000, parent);
    const second = await world.another();
    try {
      await Promise.all([world.closeDays(), second.closeDays()]);
      await Promise.all([world.drain(), second.refresh(), world.refresh(), second.drain()]);
    } finally {
      await second.app.close();
    }
    const found = changed.map(({ parent }) => parent).sort();
    expect(await members()).toEqual(found);
    expect(await events()).toEqual(found.map((parent) => `${parent} entered 2026-04-11 0`));
  });

  it('are about the family of now', async () => {
    await deliver('child-3', 20_000, 'parent-3');
    await goTo(world, '2026-04-11');
    expect(await members()).toEqual(['parent-3']);
    await deliver('child-3', 20_000, 'parent-5');
    await goTo(world, '2026-04-12');
    expect(await members()).toEqual(['parent-5']);
  });

  it('raise alerts as the day after tells of a child', async () => {
    await keepRule(world, hasSmallChild);
    await world.drain();
    await deliver('child-3', 20_000, 'parent-3');
    await world.drain();
    expect(await alerts(world)).toEqual([]);
    await goTo(world, '2026-04-11');
    expect(await alerts(world)).toEqual(['parent-3 open change 2026-04-11']);
  });

  it('tell nothing more to the owner of a private segment who sees all accounts no longer', async () => {
    const privateOf = async (role: string) => {
      const id = await keepSegment(world, hasSmallChild);
      const owner = randomUUID();
      const person = { email: `${role}@steward.example`, full_name: role, active: true, revision: 1 };
      await insertRows(world.dataSource, 'app_user', [{ id: owner, role, ...person }]);
      await world.query(`UPDATE steward.segment SET visibility = 'private', owner_user_id = $2 WHERE id = $1`, [
        id,
        owner,
      ]);
      return id;
    };
    const [ofAdmin, ofCsm, ofManager] = [await privateOf('admin'), await privateOf('csm'), await privateOf('manager')];
    await deliver('child-3', 20_000, 'parent-3');
    await goTo(world, '2026-04-11');
    expect(await members(ofAdmin)).toEqual(['parent-3']);
    expect([await members(ofCsm), await members(ofManager)]).toEqual([[], []]);
    await world.query('UPDATE steward.workspace SET everyone_sees_all = TRUE');
    await goTo(world, '2026-04-12');
    expect(await members(ofCsm)).toEqual(['parent-3']);
  });

  it('are filtered by from the children, of many accounts', async () => {
    await world.query(
      `INSERT INTO steward.account (id, external_id, parent_id, name, status, tags, attributes, first_seen_on, revision,
         created_at, updated_at)
       SELECT md5('a' || g)::uuid, 'many-' || g, CASE WHEN g % 10 = 0 THEN md5('a' || g / 10)::uuid END, 'Many', 'customer',
         '{}', '{}', '2026-01-01', 1, now(), now() FROM generate_series(1, 5000) g`,
    );
    await insertStates(
      world.dataSource,
      (await world.query(`SELECT id FROM steward.account WHERE name = 'Many'`)).map(({ id }) => ({
        account_id: id,
        as_of: '2026-04-10',
        status: 'customer',
        band: 'healthy',
      })),
    );
    await world.query('ANALYZE steward.account, steward.account_state');
    const none = { signals: [], attributes: [], tiers: [], stages: [], users: [], features: [] };
    const catalogue = buildCatalogue({ ...none, currency: 'USD', timeZone: 'Etc/UTC' });
    const rule: Rule = { ...hasSmallChild, rule: { kind: 'compare', field: 'band', op: 'eq', value: 'healthy' } };
    for (const role of ['admin', 'csm'] as const) {
      const reader = scopeOf({ id: randomUUID(), role, teamIds: [], standsInForIds: [] }, { everyoneSeesAll: false });
      const binder = new Binder();
      const { sql } = compileRule(rule, { catalogue, context: { kind: 'live', day: '2026-04-10' }, binder, reader });
      const plan = await world.query(`EXPLAIN SELECT count(*) FROM steward.account_state s WHERE ${sql}`, [
        ...binder.values,
      ]);
      const lines = plan.map((line) => line['QUERY PLAN']).join('\n');
      // The condition is a join with the children, and not asked of each account by itself.
      expect(lines).toContain('account_parent_idx');
      expect(lines).not.toContain('SubPlan');
    }
  });
});
