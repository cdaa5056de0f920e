import { randomUUID } from 'node:crypto';
import type { Rule } from '@steward/shared/rules';
import { all, field, isNotSet } from '../../../apps/api/src/domain/rule-builders.js';
import { SegmentsStage } from '../../../apps/api/src/stages/segments/segments.stage.js';
import { insertRows } from '../../support/insert-rows.js';
import { anAccount, PipelineWorld, usd } from '../pipeline/pipeline-world.js';
import { alerts, goTo, keepRule } from './alert-world.js';

const isCustomer = field('account.status', 'eq', 'customer');

describe('an alert rule whose meaning changes without being edited', () => {
  let world: PipelineWorld;
  beforeEach(async () => {
    world = await PipelineWorld.open('2026-04-10T08:00:00Z');
    await world.deliver(anAccount('small', { arr: usd(10_000), customerSince: '2024-01-01' }));
    await world.drain();
  }, 60_000);
  afterEach(() => world.close());

  it('begins anew when a field that it names is there again: what it finds then was true at start', async () => {
    const ruleId = await keepRule(world, all(isCustomer, isNotSet('attribute.region_code')));
    const version = async () => (await world.query('SELECT rule_version, unsound FROM steward.alert_rule'))[0];
    const before = await version();
    await world.drain();
    await goTo(world, '2026-04-12');
    expect(await alerts(world)).toEqual([]);
    expect(await version()).toEqual({ ...before, unsound: true });
    await world.query('UPDATE steward.alert_rule SET rule = $2 WHERE id = $1', [
      ruleId,
      JSON.stringify(all(isCustomer, isNotSet('account.region'))),
    ]);
    await world.refresh();
    await world.drain();
    expect(await alerts(world)).toEqual(['small open start 2026-04-12']);
    expect((await version()).unsound).toBe(false);
    expect((await version()).rule_version).toBeGreaterThan(before.rule_version);
    await goTo(world, '2026-04-13');
    expect(await alerts(world)).toEqual(['small open start 2026-04-12']);
  });

  it('raises nothing of a change where its segment is edited while a batch is computed', async () => {
    const segmentId = randomUUID();
    const ofSegment = async (rule: Rule) => {
      await world.query(
        `UPDATE steward.segment SET rule = $2, rule_version = nextval('steward.segment_rule_version')::int WHERE id = $1`,
        [segmentId, JSON.stringify(rule)],
      );
      await world.query(`UPDATE steward.alert_rule SET rule_version = nextval('steward.alert_rule_number')::int`);
    };
    const [{ version }] = await world.query(`SELECT nextval('steward.segment_rule_version')::int AS version`);
    await insertRows(world.dataSource, 'segment', [
      {
        id: segmentId,
        name: 'Large',
        of: 'account',
        visibility: 'shared',
        rule: field('account.arr', 'gt', 100_000),
        rule_version: version,
      },
    ]);
    await keepRule(world, { kind: 'member', segment: segmentId, is: true });
    await goTo(world, '2026-04-12');
    expect(await alerts(world)).toEqual([]);
    const stage = world.app.get(SegmentsStage, { strict: false });
    const run = stage.run.bind(stage);
    const between = jest.spyOn(stage, 'run').mockImplementationOnce(async (...given) => {
      const newest = await run(...given);
      await ofSegment(field('account.arr', 'gt', 0));
      return newest;
    });
    await world.deliver(anAccount('small', { arr: usd(11_000), customerSince: '2024-01-01' }));
    await world.drain();
    expect(between).toHaveBeenCalled();
    await goTo(world, '2026-04-13');
    expect(await alerts(world)).toEqual(['small open start 2026-04-12']);
  });
});
