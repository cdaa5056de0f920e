import type { SignalStandings } from '@steward/shared/signal-dry-run';
import type { FactRow } from '../../../apps/api/src/domain/values/fact-rows.js';
import { anAccount, anEvent, usd } from '../pipeline/pipeline-world.js';
import { ModelWorld } from './model-world.js';

const names = Array.from({ length: 8 }, (_, n) => `A${n}`);

const facts = (): FactRow[] =>
  names.flatMap((name, n) => [
    anAccount(name, {
      status: n === 7 ? 'churned' : 'customer',
      arr: usd(1_000 * (n + 1)),
      customerSince: '2025-01-01',
    }),
    // Account n exported n times, half of it long ago.
    ...Array.from({ length: n }, (_, i) =>
      anEvent(name, i % 2 ? '2026-04-07' : '2026-03-20', { name: 'export', count: 1 }),
    ),
  ]);

describe('signals of one’s own, tried out', () => {
  let world: ModelWorld;
  beforeAll(async () => {
    world = await ModelWorld.start('2026-04-08T09:00:00Z');
    await world.deliver(...facts());
    await world.refresh();
  }, 180_000);
  afterAll(() => world?.server.close());

  const exports = (fields: object = {}) => ({
    key: 'own.exports',
    label: 'Exports',
    unit: 'events',
    description: 'How often they export',
    better: 'up',
    windowDays: 28,
    change: null,
    compute: { source: 'event', event: 'export', where: [], aggregation: 'count' },
    ...fields,
  });
  const tryOut = (definition: object, replaces: string | null = null) =>
    world.admin.post('/api/v1/signals/dry-run', { definition, replaces });

  it('says what a new signal would say of each live account, before it is saved', async () => {
    const { status, body } = await tryOut(exports());
    expect({ status, body }).toMatchObject({ status: 200 });
    expect(body).toMatchObject({
      accounts: 7,
      computed: 7,
      isSample: false,
      before: null,
      changed: null,
      usedBy: [],
      after: { withValue: 6, summary: { min: 1, median: 3.5, max: 6 }, without: [{ reason: 'no_feed', accounts: 1 }] },
    });
    expect(body.histogram.reduce((sum: number, { after }: { after: number }) => sum + after, 0)).toBe(6);
    expect(body.examples.find(({ why }: { why: string }) => why === 'highest')).toMatchObject({
      name: 'A6',
      after: { value: 6, nullReason: null },
    });
    expect((await world.admin.get('/api/v1/signals')).body.signals.map(({ key }: any) => key)).not.toContain(
      'own.exports',
    );
  });

  it('is then computed as it was tried out; an edit is told with what it changes and who reads it', async () => {
    const made = await world.admin.post('/api/v1/signals', exports());
    expect(made.status).toBe(201);
    await world.refresh();
    const { number } = (await world.admin.get('/api/v1/signals')).body.signals.find(
      ({ key }: any) => key === 'own.exports',
    );
    const stored = await world.query(
      `SELECT signals[$1] AS value FROM steward.account_state WHERE status = 'customer' ORDER BY signals[$1]`,
      [number],
    );
    expect(stored.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5, 6, null]);

    await world.admin.post('/api/v1/segments', {
      name: 'Exporters',
      rule: { kind: 'compare', field: 'own.exports', op: 'gte', value: 2 },
      visibility: 'shared',
    });
    const { body } = await tryOut(exports({ windowDays: 7 }), 'own.exports');
    expect(body).toMatchObject({
      before: { summary: { max: 6 } },
      after: { summary: { max: 3 } },
      // Of those that ever exported all did so long ago as well.
      changed: 6,
      usedBy: ['segment Exporters'],
    });
    expect(body.examples.filter(({ why }: { why: string }) => why === 'changed')[0]).toMatchObject({
      name: 'A6',
      before: { value: 6 },
      after: { value: 3 },
    });
    expect((await world.admin.get('/api/v1/signals/own.exports/uses')).body).toEqual({ usedBy: ['segment Exporters'] });
  });

  it('keeps in words who changed it, and is retired and taken back', async () => {
    const find = async () =>
      (await world.admin.get('/api/v1/signals')).body.signals.find(({ key }: any) => key === 'own.exports');
    const patch = async (fields: object) =>
      world.admin.patch('/api/v1/signals/own.exports', { revision: (await find()).revision, ...fields });
    expect((await patch({ retired: true })).body.code).toBe('SIGNAL_IN_USE');
    const { segments } = (await world.admin.get('/api/v1/segments')).body;
    const { id } = segments.find(({ name }: { name: string }) => name === 'Exporters');
    await world.admin.delete(`/api/v1/segments/${id}`);
    expect((await patch({ windowDays: 14, label: 'Downloads' })).status).toBe(200);
    expect((await patch({ retired: true })).body.retired).toBe(true);
    expect((await tryOut(exports(), 'own.exports')).status).toBe(404);
    expect((await patch({ retired: false })).body.retired).toBe(false);
    await patch({ compute: { source: 'event', event: null, where: [], aggregation: 'distinctDays' } });
    const { entries } = (await world.admin.get('/api/v1/signals/own.exports/history')).body;
    expect(entries.map(({ changes }: { changes: string[] }) => changes)).toEqual([
      ['Computed from: number of times of the event export → number of days of any event'],
      ['Taken back: computed again'],
      ['Retired: no longer computed'],
      expect.arrayContaining(['Name: “Exports” → “Downloads”', 'Window: 28 days → 14 days']),
      ['Made'],
    ]);
  });

  it('tells of all signals at once what reads each, as of one alone, and which have anything to be computed from', async () => {
    const { status, body } = await world.admin.get('/api/v1/signals/standings');
    expect(status).toBe(200);
    const { standings }: SignalStandings = body;
    const of = (key: string) => standings.find((each) => each.key === key);
    for (const key of ['own.exports', 'usage.active_contacts', 'health.change', 'adoption.breadth_change']) {
      expect(of(key)?.usedBy).toEqual((await world.admin.get(`/api/v1/signals/${key}/uses`)).body.usedBy);
    }
    expect(of('usage.active_contacts')?.usedBy).toContain('alert rule Usage collapse');
    expect([of('usage.events')?.connected, of('billing.days_overdue')?.connected]).toEqual([true, false]);
  });

  it('says why a signal would say nothing, and refuses what cannot be', async () => {
    const nothing = await tryOut(
      exports({ key: 'own.nothing', compute: { source: 'event', event: 'never', where: [], aggregation: 'count' } }),
    );
    expect(nothing.body.after.summary).toMatchObject({ isConstant: true });
    expect(nothing.body.cautions).toEqual(['All accounts with a value have the same one: it tells none from another.']);
    expect((await tryOut(exports({ key: 'usage.seat_utilization' }))).body.code).toBe('SIGNAL_KEY_TAKEN');
    const unknown = exports({ key: 'own.x', compute: { source: 'metric', metric: 'nope', aggregation: 'last' } });
    expect((await tryOut(unknown)).body).toMatchObject({
      code: 'SIGNAL_NOT_VALID',
      details: [{ path: 'compute.metric' }],
    });
    expect((await tryOut(exports(), 'usage.seat_utilization')).body.code).toBe('SIGNAL_BUILT_IN');
    expect((await tryOut(exports({ windowDays: 0 }))).status).toBe(400);
  });
});
