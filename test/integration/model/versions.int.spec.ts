import { DEFAULT_STAGE_SET } from '../../../apps/api/src/domain/lifecycle/defaults.js';
import { field } from '../../../apps/api/src/domain/rule-builders.js';
import { DEFAULT_TIER_SET } from '../../../apps/api/src/domain/tiers/defaults.js';
import { ApiServer, type Caller } from '../../support/api-server.js';

type Problem = { severity: string; path: string; code: string };

describe('versions of the model over HTTP', () => {
  let server: ApiServer;
  let admin: Caller;
  let other: Caller;
  let csm: Caller;

  beforeAll(async () => {
    server = await ApiServer.start();
    admin = await server.as('admin');
    other = await server.as('admin');
    csm = await server.as('csm');
  }, 120_000);
  afterAll(() => server?.close());

  const tiersWith = (change: (tiers: any[]) => unknown, more: object = {}) => {
    const tiers = structuredClone(DEFAULT_TIER_SET.tiers) as any[];
    change(tiers);
    return { ...DEFAULT_TIER_SET, ...more, tiers };
  };
  const save = async (who: Caller, base: string, body: unknown) => {
    const { draft } = (await who.get(`/api/v1/${base}/draft`)).body;
    const saved = await who.put(`/api/v1/${base}/draft`, { revision: draft?.revision ?? null, body });
    expect(saved).toMatchObject({ status: 200 });
    return saved.body;
  };
  const publish = async (base: string, body: unknown, note: string | null = null) => {
    const { draft } = await save(admin, base, body);
    return admin.post(`/api/v1/${base}/publish`, { revision: draft.revision, note });
  };
  const codesOf = (problems: Problem[]) => problems.map(({ path, code }) => `${code} ${path}`);

  it('keeps an unfinished draft, says what is wrong with it and where, and does not publish it', async () => {
    const unfinished = tiersWith((tiers) => {
      tiers[0].label = '';
      tiers[0].responseHours = null;
      tiers[1].rule = field('health.score', 'gte', 80);
      tiers[2].rule = field('usage.nothing', 'gte', 1);
      tiers.splice(3, 0, { ...tiers[1], rule: null });
    });
    const { draft } = await save(admin, 'tiers', unfinished);
    expect(codesOf(draft.problems).sort()).toEqual([
      'FIELD_NOT_READABLE tiers.1.rule.field',
      'KEY_TAKEN tiers.3.key',
      'MISSING tiers.0.label',
      'MISSING tiers.0.responseHours',
      'RULE_MISSING tiers.3.rule',
      'UNKNOWN_FIELD tiers.2.rule.field',
    ]);
    const refused = await admin.post('/api/v1/tiers/publish', { revision: draft.revision });
    expect(refused).toMatchObject({ status: 422, body: { code: 'DRAFT_NOT_VALID' } });
    expect(refused.body.details).toContainEqual({ path: 'tiers.0.label', code: 'MISSING', message: 'is missing' });
    // Refusing it leaves the draft as it was.
    expect((await admin.get('/api/v1/tiers/draft')).body.draft).toMatchObject({ revision: draft.revision });
    expect((await admin.delete(`/api/v1/tiers/draft?revision=${draft.revision}`)).status).toBe(204);
    expect((await admin.get('/api/v1/tiers/draft')).body).toMatchObject({ draft: null, published: { version: 1 } });
  });

  it('is one draft for all: of two admins the later one is told', async () => {
    const begun = await save(admin, 'stages', DEFAULT_STAGE_SET);
    const again = await other.put('/api/v1/stages/draft', { revision: null, body: DEFAULT_STAGE_SET });
    expect(again).toMatchObject({ status: 409, body: { code: 'REVISION_MOVED' } });
    const { revision } = begun.draft;
    const first = await admin.put('/api/v1/stages/draft', { revision, body: DEFAULT_STAGE_SET });
    expect(first.body.draft).toMatchObject({ revision: revision + 1, basedOn: 1 });
    const late = await other.put('/api/v1/stages/draft', { revision, body: DEFAULT_STAGE_SET });
    expect(late).toMatchObject({ status: 409, body: { code: 'REVISION_MOVED' } });
    expect((await other.post('/api/v1/stages/publish', { revision })).body.code).toBe('REVISION_MOVED');
    expect((await other.post('/api/v1/stages/publish', { revision: revision + 1 })).body.code).toBe('NOTHING_CHANGED');
    expect((await other.delete(`/api/v1/stages/draft?revision=${revision + 1}`)).status).toBe(204);
    // A draft that is begun anew goes on from there: nobody writes over it with what they still have on screen.
    const anew = await save(other, 'stages', DEFAULT_STAGE_SET);
    expect(anew.draft.revision).toBe(revision + 3);
    expect((await admin.put('/api/v1/stages/draft', { revision: revision + 1, body: DEFAULT_STAGE_SET })).status).toBe(
      409,
    );
    await other.delete(`/api/v1/stages/draft?revision=${revision + 3}`);
  });

  it('publishes with a note, tells in words what changed, and goes back to an older version', async () => {
    const changed = tiersWith((tiers) => {
      tiers[0].rule = field('account.arr', 'gte', 80_000);
      tiers[2].cadenceDays = 60;
    });
    const first = await publish('tiers', changed, 'Fewer large customers than we thought');
    expect(first).toMatchObject({
      status: 200,
      body: { version: 2, state: 'published', note: 'Fewer large customers than we thought', rolledBackTo: null },
    });
    expect(first.body.publishedBy.id).toBeTruthy();
    const texts = async (from: number, to: number) =>
      (await csm.get(`/api/v1/tiers/diff?from=${from}&to=${to}`)).body.changes.map(
        ({ text }: { text: string }) => text,
      );
    expect(await texts(1, 2)).toEqual([
      'T1: ARR is at least 100,000 USD → ARR is at least 80,000 USD',
      'T3: a touch every 90 days → a touch every 60 days',
    ]);
    expect(await texts(2, 2)).toEqual([]);

    const stale = await admin.post('/api/v1/tiers/versions/1/roll-back', { published: 1 });
    expect(stale).toMatchObject({ status: 409, body: { code: 'REVISION_MOVED' } });
    const back = await admin.post('/api/v1/tiers/versions/1/roll-back', { published: 2, note: 'It was right before' });
    expect(back).toMatchObject({ status: 200, body: { version: 3, rolledBackTo: 1, note: 'It was right before' } });
    expect(await texts(1, 3)).toEqual([]);
    const { versions } = (await csm.get('/api/v1/tiers/versions')).body;
    expect(versions.map((each: any) => [each.version, each.state])).toEqual([
      [3, 'published'],
      [2, 'superseded'],
      [1, 'superseded'],
    ]);
    expect((await csm.get('/api/v1/tiers/versions/2')).body.body.tiers[2].cadenceDays).toBe(60);
    expect((await csm.get('/api/v1/tiers')).body).toMatchObject({ version: 3, ...DEFAULT_TIER_SET });
    const audit = (await admin.get('/api/v1/audit')).body.entries as any[];
    expect(audit.find(({ action }) => action === 'tier_set.published')?.changes.what.to).toEqual(await texts(1, 2));
    expect(audit.some(({ action }) => action === 'tier_set.rolled_back')).toBe(true);
  });

  it('does not let a tier go that the rest of the model names, and warns of what people built on it', async () => {
    const segment = await admin.post('/api/v1/segments', {
      name: 'Second tier',
      rule: field('tier', 'eq', 'T2'),
      visibility: 'shared',
    });
    expect(segment.status).toBe(201);
    const withoutT2 = tiersWith((tiers) => tiers.splice(1, 1));
    const { body: named } = await admin.post('/api/v1/tiers/check', { body: withoutT2 });
    expect(named.changes).toContainEqual({ about: 'T2', kind: 'removed', text: 'Tier T2 “Tier 2” removed' });
    expect(named.problems).toContainEqual({
      severity: 'warning',
      path: '',
      code: 'TIER_IN_USE',
      message: 'the tier T2 goes, which is named by segment Second tier',
    });
    const stages = structuredClone(DEFAULT_STAGE_SET) as any;
    stages.stages[5].rule.rules.push(field('tier', 'eq', 'T2'));
    expect((await publish('stages', stages)).status).toBe(200);
    const refused = await publish('tiers', withoutT2);
    expect(refused).toMatchObject({ status: 422, body: { code: 'DRAFT_NOT_VALID' } });
    expect(refused.body.message).toBe('the tier T2 goes, which is named by the stages');
    const { draft, published } = (await admin.get('/api/v1/tiers/draft')).body;
    expect(published.version).toBe(3);
    await admin.delete(`/api/v1/tiers/draft?revision=${draft.revision}`);
    const { version } = (await admin.get('/api/v1/stages')).body;
    expect((await admin.post('/api/v1/stages/versions/1/roll-back', { published: version })).status).toBe(200);
  });

  it('refuses stages whose rules cannot be asked, or that lead nowhere', async () => {
    const stages = structuredClone(DEFAULT_STAGE_SET) as any;
    stages.stages[2].rule = null;
    stages.stages[3].fallsBackTo = ['established'];
    stages.stages[4].rule = { kind: 'member', segment: '00000000-0000-4000-8000-000000000001', is: true };
    stages.stages[1].stuckDays = 5;
    stages.stages[1].expectedDays = 9;
    stages.onStatus.trial = 'nowhere';
    const { problems } = (await admin.post('/api/v1/stages/check', { body: stages })).body;
    expect(codesOf(problems)).toEqual(
      expect.arrayContaining(['MISSING stages.2.rule', 'CONDITION_NOT_ALLOWED stages.4.rule.kind']),
    );
    stages.stages[2].rule = DEFAULT_STAGE_SET.stages[2]!.rule;
    stages.stages[4].rule = DEFAULT_STAGE_SET.stages[4]!.rule;
    const structural = (await admin.post('/api/v1/stages/check', { body: stages })).body.problems;
    expect(codesOf(structural).sort()).toEqual([
      'BAD_VALUE onStatus.trial',
      'BAD_VALUE stages.1.stuckDays',
      'BAD_VALUE stages.3.fallsBackTo',
    ]);
  });

  it('refuses what is no draft at all, and numbers of no version', async () => {
    expect((await admin.put('/api/v1/tiers/draft', { revision: null, body: { tiers: 'all' } })).status).toBe(400);
    const odd = { ...DEFAULT_TIER_SET, extra: 1 };
    expect((await admin.put('/api/v1/tiers/draft', { revision: null, body: odd })).status).toBe(400);
    expect((await admin.get('/api/v1/tiers/versions/99')).status).toBe(404);
    expect((await admin.get('/api/v1/tiers/versions/x')).status).toBe(400);
    expect((await admin.get('/api/v1/tiers/diff')).status).toBe(404);
    expect((await admin.post('/api/v1/tiers/publish', { revision: 1 })).status).toBe(404);
  });

  it('does not lose a version that was published after the draft was begun, unless whoever publishes says so', async () => {
    const { version: begunFrom } = (await admin.get('/api/v1/tiers')).body;
    const { draft } = await save(
      other,
      'tiers',
      tiersWith((tiers) => Object.assign(tiers[1], { cadenceDays: 45 })),
    );
    expect(draft.basedOn).toBe(begunFrom);
    const newer = await admin.post('/api/v1/tiers/versions/2/roll-back', { published: begunFrom });
    expect(newer.body.version).toBe(begunFrom + 1);
    const { revision } = draft;
    for (const over of [undefined, begunFrom]) {
      const refused = await other.post('/api/v1/tiers/publish', { revision, over });
      expect(refused).toMatchObject({ status: 409, body: { code: 'PUBLISHED_MEANWHILE' } });
      expect(refused.body.message).toContain(
        `Version ${begunFrom + 1} was published after this draft was begun from version ${begunFrom}`,
      );
    }
    // The draft is still there, and what the newer version changed can be asked for.
    expect((await other.get('/api/v1/tiers/draft')).body.draft).toMatchObject({ revision, basedOn: begunFrom });
    const { changes } = (await other.get(`/api/v1/tiers/diff?from=${begunFrom}&to=${begunFrom + 1}`)).body;
    expect(changes).not.toEqual([]);
    const published = await other.post('/api/v1/tiers/publish', { revision, over: begunFrom + 1 });
    expect(published).toMatchObject({ status: 200, body: { version: begunFrom + 2 } });
    const back = await admin.post('/api/v1/tiers/versions/1/roll-back', { published: begunFrom + 2 });
    expect(back.status).toBe(200);
  });

  describe('health profiles', () => {
    const list = async () => (await csm.get('/api/v1/health-profiles/all')).body.profiles as any[];
    const base = (id: string) => `health-profiles/${id}`;

    it('come with a draft of their own, score nobody before they are published, and are tried in their order', async () => {
      const made = await admin.post('/api/v1/health-profiles', { name: 'Enterprise' });
      expect(made).toMatchObject({
        status: 201,
        body: { isDefault: false, active: true, published: null, draft: { revision: 1 } },
      });
      expect((await admin.post('/api/v1/health-profiles', { name: 'enterprise' })).body.code).toBe(
        'PROFILE_NAME_TAKEN',
      );
      const { id } = made.body;
      const names = (await list()).map(({ name }) => name);
      expect(names.at(-2)).toBe('Enterprise');
      expect((await list()).at(-1)).toMatchObject({ isDefault: true });
      const { draft } = (await admin.get(`/api/v1/${base(id)}/draft`)).body;
      expect(draft).toMatchObject({ basedOn: null, problems: [], body: { scope: { kind: 'any', rules: [] } } });
      const scoped = { ...draft.body, scope: field('tier', 'eq', 'T1') };
      expect((await publish(base(id), scoped)).body).toMatchObject({ version: 1 });
      const published = (await csm.get('/api/v1/health-profiles')).body.profiles;
      expect(published.map((each: any) => each.name)).toContain('Enterprise');
      // Another version of the same profile; ids of versions are never given twice.
      const ids = published.map((each: any) => each.versionId);
      expect(new Set(ids).size).toBe(ids.length);

      const order = (await list()).filter(({ isDefault }) => !isDefault).map((each) => each.id as string);
      const turned = await admin.put('/api/v1/health-profiles/order', { ids: [...order].reverse() });
      expect(turned.body.profiles.map((each: any) => each.id).slice(0, -1)).toEqual([...order].reverse());
      expect((await admin.put('/api/v1/health-profiles/order', { ids: [id] })).body.code).toBe('PROFILES_CHANGED');
    });

    it('refuse weights that add up to nothing, signals that are not there and a default with a scope', async () => {
      const standard = (await list()).at(-1);
      const published = (await csm.get('/api/v1/health-profiles')).body.profiles.at(-1).body;
      const wrong = structuredClone(published);
      wrong.scope = field('tier', 'eq', 'T1');
      for (const group of wrong.groups) group.weight = 0;
      for (const measure of wrong.groups[1].measures) measure.weight = 0;
      wrong.groups[0].measures[0].signal = 'usage.nothing';
      wrong.groups[0].measures[1].signal = 'health.change';
      wrong.groups[0].measures[2].normalizer = { kind: 'linear', from: null, to: 3 };
      wrong.limits[0].rule = { kind: 'member', segment: '00000000-0000-4000-8000-000000000001', is: true };
      const { problems } = (await admin.post(`/api/v1/${base(standard.id)}/check`, { body: wrong })).body;
      expect(codesOf(problems)).toEqual(
        expect.arrayContaining([
          'DEFAULT_HAS_SCOPE scope',
          'UNKNOWN_SIGNAL groups.0.measures.0.signal',
          'SIGNAL_NOT_MEASURABLE groups.0.measures.1.signal',
          'MISSING groups.0.measures.2.normalizer.from',
          'CONDITION_NOT_ALLOWED limits.0.rule.kind',
        ]),
      );
      const weightless = structuredClone(published);
      for (const group of weightless.groups) group.weight = 0;
      for (const measure of weightless.groups[1].measures) measure.weight = 0;
      const { problems: weights } = (await admin.post(`/api/v1/${base(standard.id)}/check`, { body: weightless })).body;
      expect(codesOf(weights)).toEqual(['BAD_VALUE groups', 'BAD_VALUE groups.1.measures']);
    });

    it('refuse a signal that is retired, and a signal that a draft measures is not retired', async () => {
      await server.dataSource.query(
        `INSERT INTO steward.metric_definition (key, label, period, created_at) VALUES ('api_calls', 'Calls', 'day', now())`,
      );
      const own = {
        key: 'own.calls',
        label: 'Calls',
        unit: 'number',
        description: '',
        better: 'up',
        windowDays: 28,
        change: null,
        compute: { source: 'metric', metric: 'api_calls', aggregation: 'sum' },
      };
      const { body: signal } = await admin.post('/api/v1/signals', own);
      const standard = (await list()).at(-1);
      const body = structuredClone((await csm.get('/api/v1/health-profiles')).body.profiles.at(-1).body);
      const measure = { signal: 'own.calls', weight: 1, normalizer: { kind: 'linear', from: 0, to: 10 } };
      body.groups[0].measures.push(measure);
      const { draft } = await save(admin, base(standard.id), body);
      const used = await admin.patch('/api/v1/signals/own.calls', { revision: signal.revision, retired: true });
      expect(used).toMatchObject({ status: 409, body: { code: 'SIGNAL_IN_USE' } });
      await admin.delete(`/api/v1/${base(standard.id)}/draft?revision=${draft.revision}`);
      expect(
        (await admin.patch('/api/v1/signals/own.calls', { revision: signal.revision, retired: true })).status,
      ).toBe(200);
      const { problems } = (await admin.post(`/api/v1/${base(standard.id)}/check`, { body })).body;
      expect(codesOf(problems)).toEqual(['RETIRED_SIGNAL groups.0.measures.4.signal']);
    });

    it('are renamed and switched off on the revision that was read; the default is neither off nor deleted', async () => {
      const standard = (await list()).at(-1);
      const off = await admin.patch(`/api/v1/${base(standard.id)}`, { revision: standard.revision, active: false });
      expect(off).toMatchObject({ status: 422, body: { code: 'DEFAULT_PROFILE' } });
      const gone = await admin.delete(`/api/v1/${base(standard.id)}?revision=${standard.revision}`);
      expect(gone).toMatchObject({ status: 422, body: { code: 'DEFAULT_PROFILE' } });

      const { body: made } = await admin.post('/api/v1/health-profiles', { name: 'Small', copyOf: standard.id });
      const named = await admin.patch(`/api/v1/${base(made.id)}`, { revision: 1, name: 'Small ones', active: false });
      expect(named.body).toMatchObject({ name: 'Small ones', active: false, revision: 2 });
      expect((await other.patch(`/api/v1/${base(made.id)}`, { revision: 1, name: 'X' })).body.code).toBe(
        'REVISION_MOVED',
      );
      expect((await other.delete(`/api/v1/${base(made.id)}?revision=1`)).status).toBe(409);
      expect((await admin.delete(`/api/v1/${base(made.id)}?revision=2`)).status).toBe(204);
      expect((await admin.get(`/api/v1/${base(made.id)}/versions`)).status).toBe(404);
      expect((await list()).map(({ id }) => id)).not.toContain(made.id);
    });

    it('tell a change of weight with the share it makes', async () => {
      const standard = (await list()).at(-1);
      const body = structuredClone((await csm.get('/api/v1/health-profiles')).body.profiles.at(-1).body);
      body.groups[0].measures[0].weight = 5;
      const { draft } = await save(admin, base(standard.id), body);
      const { changes } = (await csm.get(`/api/v1/${base(standard.id)}/diff`)).body;
      expect(changes).toEqual([
        {
          about: 'usage.seat_utilization',
          kind: 'changed',
          text: 'Weight of Seat utilisation 3 → 5 (share 13.5 % → 18.8 %)',
        },
      ]);
      await admin.delete(`/api/v1/${base(standard.id)}/draft?revision=${draft.revision}`);
    });
  });
});
