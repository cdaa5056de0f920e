import { randomUUID } from 'node:crypto';
import { insertRows } from '../../support/insert-rows.js';
import { acme, type DealsWorld, dealsWorld, other } from './deals-world.js';

let server: DealsWorld['server'];
let am: DealsWorld['am'];
let asAm: DealsWorld['asAm'];
let asCsm: DealsWorld['asCsm'];
let admin: DealsWorld['admin'];
let key: DealsWorld['key'];

beforeAll(async () => {
  ({ server, am, asAm, asCsm, admin, key } = await dealsWorld());
});
afterAll(() => server?.close());

const at = (accountId: string, rest = '') => `/api/v1/accounts/${accountId}/deals${rest}`;

async function made(overrides: object = {}, accountId = acme) {
  const body = { kind: 'expansion', name: 'More seats', amountMinor: 120_000, closeOn: '2026-05-31', ...overrides };
  const answer = await asAm.post(at(accountId), body);
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 201 });
  return answer.body;
}

async function importDeal(id: string, overrides: object = {}) {
  const fact = {
    account: 'acme',
    id,
    kind: 'expansion',
    name: 'From the CRM',
    amount: 500,
    currency: 'USD',
    ...overrides,
  };
  const answer = await key.post('/api/v1/facts/deal', fact);
  expect(answer.body).toMatchObject({ success: true });
}

describe('a deal made by hand', () => {
  it('begins in the first stage, with the account’s AM and the workspace’s currency', async () => {
    const deal = await made();
    expect(deal).toMatchObject({
      stage: { key: 'identified', label: 'Identified' },
      currency: 'USD',
      convertedMinor: 120_000,
      probability: 10,
      probabilityFrom: 'stage',
      weightedMinor: 12_000,
      owner: { userId: am.id },
      state: 'open',
      openedOn: '2026-04-15',
      overdue: false,
      keptByHand: true,
      mayUndo: null,
      revision: 1,
    });
    const { body } = await admin.get(`/api/v1/audit?accountId=${acme}`);
    expect(JSON.stringify(body)).toContain('deal.created');
  });

  it('shows an amount in another currency as it is and converts it; without a rate it is unknown, and said so', async () => {
    expect(await made({ amountMinor: 10_000, currency: 'EUR' })).toMatchObject({
      amountMinor: 10_000,
      currency: 'EUR',
      convertedMinor: 12_000,
      withoutRate: false,
    });
    expect(await made({ amountMinor: 10_000, currency: 'CHF' })).toMatchObject({
      convertedMinor: null,
      withoutRate: true,
      weightedMinor: null,
    });
  });

  it('is overdue once its close date has passed', async () => {
    expect(await made({ closeOn: '2026-04-14' })).toMatchObject({ overdue: true });
  });

  it.each([
    ['a stage that is none', { stage: 'nowhere' }, 'UNKNOWN_STAGE', 'stage'],
    ['a goal of nobody', { goalId: randomUUID() }, 'UNKNOWN_GOAL', 'goalId'],
    ['a currency that is none', { currency: 'XQQ' }, 'INVALID_INPUT', 'currency'],
    ['an absurd amount', { amountMinor: 1e15 }, 'INVALID_INPUT', 'amountMinor'],
    ['a negative amount', { amountMinor: -1 }, 'INVALID_INPUT', 'amountMinor'],
    ['the year 9999', { closeOn: '9999-01-01' }, 'INVALID_INPUT', 'closeOn'],
    ['the year 0', { closeOn: '0000-01-01' }, 'INVALID_INPUT', 'closeOn'],
    ['an owner who is not there', { ownerUserId: randomUUID() }, 'UNKNOWN_PERSON', 'ownerUserId.0'],
  ])('is refused with %s, and told where', async (_what, overrides, code, path) => {
    const { status, body } = await asAm.post(at(acme), { kind: 'expansion', name: 'X', ...overrides });
    expect({ status, code: body.code, path: body.details[0]?.path }).toEqual({ status: 400, code, path });
  });

  it('is moved, won, taken back and lost, each on the revision that was read', async () => {
    const deal = await made();
    const moved = await asAm.patch(at(acme, `/${deal.id}`), { revision: 1, stage: 'negotiation' });
    expect(moved.body).toMatchObject({ stage: { key: 'negotiation' }, probability: 75, mayUndo: 'moved', revision: 2 });
    expect((await asAm.patch(at(acme, `/${deal.id}`), { revision: 1, name: 'Late' })).body.code).toBe('REVISION_MOVED');

    const won = await asAm.post(at(acme, `/${deal.id}/win`), { revision: 2, on: '2026-04-10', reason: 'they grow' });
    expect(won.body).toMatchObject({
      state: 'won',
      endedOn: '2026-04-10',
      probability: 100,
      revision: 3,
      billedOn: null,
    });
    const again = await asAm.post(at(acme, `/${deal.id}/lose`), { revision: 3, on: '2026-04-10', reason: 'no' });
    expect([again.status, again.body.code]).toEqual([409, 'DEAL_ENDED']);
    expect((await asAm.patch(at(acme, `/${deal.id}`), { revision: 3, amountMinor: 1 })).body.code).toBe('DEAL_ENDED');

    const undone = await asAm.post(at(acme, `/${deal.id}/undo`), { revision: 3 });
    expect(undone.body).toMatchObject({ state: 'open', endedOn: null, reason: null, mayUndo: 'moved', revision: 4 });
    const back = await asAm.post(at(acme, `/${deal.id}/undo`), { revision: 4 });
    expect(back.body).toMatchObject({ stage: { key: 'identified' }, mayUndo: null, revision: 5 });
    expect((await asAm.post(at(acme, `/${deal.id}/undo`), { revision: 5 })).body.code).toBe('NOTHING_TO_UNDO');

    expect((await asAm.post(at(acme, `/${deal.id}/lose`), { revision: 5, on: '2026-04-15', reason: '' })).status).toBe(
      400,
    );
    const future = await asAm.post(at(acme, `/${deal.id}/win`), { revision: 5, on: '2026-04-16' });
    expect([future.status, future.body.code]).toEqual([400, 'DAY_IN_FUTURE']);
    const lost = await asAm.post(at(acme, `/${deal.id}/lose`), { revision: 5, on: '2026-04-15', reason: 'budget' });
    expect(lost.body).toMatchObject({ state: 'lost', probability: 0, weightedMinor: 0, reason: 'budget' });
    const reopened = await asAm.post(at(acme, `/${deal.id}/reopen`), { revision: 6 });
    expect(reopened.body).toMatchObject({ state: 'open', reason: null });

    const { body } = await asCsm.get(at(acme, `/${deal.id}`));
    expect(body.events.map(({ kind }: { kind: string }) => kind)).toEqual([
      'reopened',
      'lost',
      'undone',
      'undone',
      'won',
      'moved',
      'created',
    ]);
  });

  it('is deleted, and comes back as it was', async () => {
    const deal = await made({ name: 'Gone and back' });
    const gone = await asAm.delete(at(acme, `/${deal.id}?revision=1`));
    expect(gone.body).toEqual({ revision: 2 });
    expect((await asAm.get(at(acme, `/${deal.id}`))).status).toBe(404);
    const back = await asAm.post(at(acme, `/${deal.id}/undo`), { revision: 2 });
    expect(back.body).toMatchObject({ name: 'Gone and back', keptByHand: true, revision: 3 });
  });
});

describe('a deal of an import', () => {
  it('is changed here, too; its stage stands by itself where it is none of the workspace’s', async () => {
    await importDeal('crm-1', { stage: 'Legal review', probability: 40 });
    const [deal] = (await asAm.get(at(acme))).body.deals.filter(({ id }: { id: string }) => id === 'crm-1');
    expect(deal).toMatchObject({
      stage: { key: null, label: 'Legal review' },
      probability: 40,
      keptByHand: false,
      revision: 1,
    });
    const moved = await asAm.patch(at(acme, '/crm-1'), { revision: 1, stage: 'proposal', probability: null });
    expect(moved.body).toMatchObject({ stage: { key: 'proposal' }, probability: 50, keptByHand: false });
    const removed = await asAm.delete(at(acme, '/crm-1?revision=2'));
    expect([removed.status, removed.body.code]).toEqual([409, 'FROM_SOURCE']);
  });

  it('takes the newest observation, moves the revision on, and cannot be undone over', async () => {
    await importDeal('crm-2');
    await asAm.patch(at(acme, '/crm-2'), { revision: 1, name: 'By hand' });
    await importDeal('crm-2', { name: 'Older', observedAt: '2026-04-01T00:00:00Z' });
    expect((await asAm.get(at(acme, '/crm-2'))).body).toMatchObject({
      name: 'By hand',
      revision: 2,
      mayUndo: 'edited',
    });
    server.clock.advance({ minutes: 1 });
    await importDeal('crm-2', { name: 'Newer' });
    expect((await asAm.get(at(acme, '/crm-2'))).body).toMatchObject({ name: 'Newer', revision: 3, mayUndo: null });
    expect((await asAm.post(at(acme, '/crm-2/undo'), { revision: 3 })).body.code).toBe('NOTHING_TO_UNDO');
    expect((await asAm.patch(at(acme, '/crm-2'), { revision: 2, name: 'X' })).body.code).toBe('REVISION_MOVED');
  });
});

describe('deals as list and board', () => {
  beforeAll(async () => {
    await server.dataSource.query('DELETE FROM steward.deal');
    await made({ stage: 'proposal', amountMinor: 100_000, closeOn: '2026-04-30' });
    await made({ stage: 'proposal', amountMinor: 50_000, closeOn: '2026-06-30', probability: 20 });
    await made({ stage: 'identified', amountMinor: 10_000, currency: 'CHF', closeOn: null });
    await importDeal('crm-3', { stage: 'Legal review', amount: 300, closeDate: '2026-04-01' });
    await insertRows(server.dataSource, 'deal', [
      {
        account_id: other,
        id: 'theirs',
        kind: 'expansion',
        name: 'Theirs',
        state: 'open',
        amount_minor: 7,
        opened_on: '2026-04-01',
      },
    ]);
  });

  it('adds up amounts and weights, by stage and by month of close, over what the reader may see', async () => {
    const { body } = await asAm.get('/api/v1/deals?scope=all');
    expect(body.rows.map(({ name }: { name: string }) => name)).not.toContain('Theirs');
    expect(body.totals).toMatchObject({
      deals: 4,
      amountMinor: 180_000,
      weightedMinor: 60_000,
      withoutAmount: 1,
      overdue: 1,
    });
    const stages = body.totals.byStage.map(({ stage, deals, amountMinor }: any) => [stage?.label, deals, amountMinor]);
    expect(stages).toEqual([
      ['Identified', 1, null],
      ['Qualified', 0, null],
      ['Proposal', 2, 150_000],
      ['Negotiation', 0, null],
      ['Verbal agreement', 0, null],
      ['Legal review', 1, 30_000],
    ]);
    expect(body.totals.byMonth.map(({ month, weightedMinor }: any) => [month, weightedMinor])).toEqual([
      ['2026-04', 50_000],
      ['2026-06', 10_000],
      [null, null],
    ]);
  });

  it('is filtered by stage, text and close date', async () => {
    const names = async (query: string) =>
      (await asAm.get(`/api/v1/deals?${query}`)).body.rows.map(({ closeOn }: any) => closeOn);
    expect(await names('stage=proposal')).toEqual(['2026-04-30', '2026-06-30']);
    expect(await names('stage=Legal%20review')).toEqual(['2026-04-01']);
    expect(await names('text=CRM')).toEqual(['2026-04-01']);
    expect(await names('closeFrom=2026-06-01')).toEqual(['2026-06-30']);
    expect(await names('order=-amount&limit=1&offset=1')).toEqual(['2026-06-30']);
  });

  it('puts open deals into columns, texts of imports last', async () => {
    const { body } = await asAm.get('/api/v1/deals/board');
    const columns = body.columns.map(({ stage, cards }: any) => [stage?.label, cards.length]);
    expect(columns).toEqual([
      ['Identified', 1],
      ['Qualified', 0],
      ['Proposal', 2],
      ['Negotiation', 0],
      ['Verbal agreement', 0],
      ['Legal review', 1],
    ]);
  });

  it('has stages that admins change as a whole; deals of a stage that is gone keep it', async () => {
    const { body } = await asAm.get('/api/v1/deal-stages');
    const stages = [
      ...body.stages.filter(({ key: each }: any) => each !== 'proposal'),
      { key: 'legal', label: 'LEGAL review', probability: 80 },
    ];
    expect((await asAm.put('/api/v1/deal-stages', { revision: 0, stages })).status).toBe(403);
    expect((await admin.put('/api/v1/deal-stages', { revision: 0, stages: [stages[0], stages[0]] })).status).toBe(400);
    expect((await admin.put('/api/v1/deal-stages', { revision: 0, stages })).body).toEqual({ stages, revision: 1 });
    expect((await admin.put('/api/v1/deal-stages', { revision: 0, stages })).body.code).toBe('REVISION_MOVED');
    const columns = (await asAm.get('/api/v1/deals/board')).body.columns.map(({ stage, deals }: any) => [
      stage.key,
      stage.label,
      deals,
    ]);
    expect(columns.slice(-2)).toEqual([
      ['legal', 'LEGAL review', 1],
      [null, 'proposal', 2],
    ]);
    expect((await admin.put('/api/v1/deal-stages', { revision: 1, stages: body.stages })).body.revision).toBe(2);
  });
});

describe('winning and subscriptions', () => {
  const subscriptions = (rest = '') => `/api/v1/accounts/${acme}/subscriptions${rest}`;
  const days = async () =>
    (await asAm.get(subscriptions())).body.subscriptions.map(({ start, end, mrrMinor }: any) => [start, end, mrrMinor]);

  async function kept() {
    const given = {
      plan: 'Team',
      quantity: 20,
      mrrMinor: 100_000,
      start: '2025-09-01',
      end: '2026-08-31',
      termMonths: 12,
    };
    const { status, body } = await asAm.post(subscriptions(), given);
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { currency: 'USD', active: true, keptByHand: true, revision: 1 },
    });
    return body;
  }

  beforeEach(async () => {
    await server.dataSource.query('DELETE FROM steward.subscription');
    await server.dataSource.query('DELETE FROM steward.deal');
  });

  it('changes a subscription that is kept by hand from the day on, and takes it back', async () => {
    const subscription = await kept();
    const deal = await made();
    const change = {
      kind: 'expansion',
      subscriptionId: subscription.id,
      quantity: 30,
      mrrMinor: 150_000,
      from: '2026-04-10',
    };
    const won = await asAm.post(at(acme, `/${deal.id}/win`), { revision: 1, on: '2026-04-12', change });
    expect({ status: won.status, body: won.body }).toMatchObject({ status: 200, body: { billedOn: '2026-04-10' } });
    expect(await days()).toEqual([
      ['2026-04-10', '2026-08-31', 150_000],
      ['2025-09-01', '2026-04-09', 100_000],
    ]);
    const [dirty] = await server.dataSource.query('SELECT since_day FROM steward.dirty_account WHERE account_id = $1', [
      acme,
    ]);
    expect(dirty.since_day <= '2026-04-10').toBe(true);
    expect((await asAm.post(at(acme, `/${deal.id}/undo`), { revision: 2 })).body).toMatchObject({ state: 'open' });
    expect(await days()).toEqual([['2025-09-01', '2026-08-31', 100_000]]);
  });

  it('does not take back what somebody has changed since', async () => {
    const subscription = await kept();
    const deal = await made({ kind: 'renewal' });
    const change = { kind: 'renewal', subscriptionId: subscription.id, quantity: 20, mrrMinor: 110_000 };
    await asAm.post(at(acme, `/${deal.id}/win`), { revision: 1, on: '2026-04-12', change });
    const [term] = (await asAm.get(subscriptions())).body.subscriptions;
    expect(term).toMatchObject({ start: '2026-09-01', end: '2027-08-31', mrrMinor: 110_000, active: false });
    await asAm.patch(subscriptions(`/${term.id}`), { revision: 1, mrrMinor: 90_000 });
    expect((await asAm.post(at(acme, `/${deal.id}/undo`), { revision: 2 })).body.code).toBe('NOTHING_TO_UNDO');
  });

  it('never writes a subscription of an import: the deal is won and not yet billed until they change', async () => {
    const fact = { account: 'acme', id: 'sub-1', mrr: 1000, currency: 'USD', start: '2025-09-01', end: '2026-08-31' };
    await key.post('/api/v1/facts/subscription', fact);
    const deal = await made();
    const change = { kind: 'expansion', subscriptionId: 'sub-1', quantity: 1, mrrMinor: 1, from: '2026-04-10' };
    const refused = await asAm.post(at(acme, `/${deal.id}/win`), { revision: 1, on: '2026-04-12', change });
    expect([refused.status, refused.body.code]).toEqual([409, 'SUBSCRIPTION_FROM_SOURCE']);
    expect((await asAm.get(at(acme, `/${deal.id}`))).body).toMatchObject({ state: 'open', revision: 1 });

    await asAm.post(at(acme, `/${deal.id}/win`), { revision: 1, on: '2026-04-12' });
    const unbilled = async () => (await asAm.get('/api/v1/deals?state=won&billed=no')).body.totals.deals;
    expect(await unbilled()).toBe(1);
    await key.post('/api/v1/facts/subscription', { ...fact, id: 'sub-2', mrr: 200, start: '2026-04-14' });
    expect(await unbilled()).toBe(0);
    expect((await asAm.get(at(acme, `/${deal.id}`))).body.billedOn).toBe('2026-04-14');
  });

  it('refuses a change outside the subscription, and says where', async () => {
    const subscription = await kept();
    const deal = await made();
    const change = {
      kind: 'expansion',
      subscriptionId: subscription.id,
      quantity: 30,
      mrrMinor: 150_000,
      from: '2025-08-31',
    };
    const { status, body } = await asAm.post(at(acme, `/${deal.id}/win`), { revision: 1, on: '2026-04-12', change });
    expect([status, body.code, body.details[0].path]).toEqual([400, 'DAY_OUTSIDE_SUBSCRIPTION', 'change.from']);
  });

  it('keeps subscriptions by hand, refuses those of a source, and removes its own', async () => {
    const subscription = await kept();
    const path = subscriptions(`/${subscription.id}`);
    expect((await asAm.patch(path, { revision: 1, end: '2024-01-01' })).status).toBe(400);
    expect((await asAm.patch(path, { revision: 1, mrrMinor: 120_000 })).body).toMatchObject({
      mrrMinor: 120_000,
      revision: 2,
    });
    expect((await asAm.delete(`${path}?revision=1`)).body.code).toBe('REVISION_MOVED');
    expect((await asAm.delete(`${path}?revision=2`)).status).toBe(204);
    await key.post('/api/v1/facts/subscription', {
      account: 'acme',
      id: 'sub-9',
      mrr: 1,
      currency: 'USD',
      start: '2025-09-01',
    });
    expect((await asAm.patch(subscriptions('/sub-9'), { revision: 1, plan: 'X' })).body.code).toBe(
      'SUBSCRIPTION_FROM_SOURCE',
    );
  });
});
