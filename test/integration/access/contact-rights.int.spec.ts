import { contactExportSchema, ERASED_CONTACT } from '@steward/shared/contacts';
import { accountIdOf, contactIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { LiveRefresh } from '../../../apps/api/src/pipeline/run/live-refresh.service.js';
import { ApiServer, type Caller } from '../../support/api-server.js';

const ACCOUNT = accountIdOf('acme');
const idOf = (externalId: string) => contactIdOf(ACCOUNT, { externalId, email: null, name: null });
const ANNA = idOf('u-anna-4711');
const BERT = idOf('u-bert');

let server: ApiServer;
let admin: Caller;

const query = (sql: string, values: unknown[] = []) => server.dataSource.query(sql, values);
const drain = () => server.app.get(LiveRefresh, { strict: false }).drain();

async function send(kind: string, facts: unknown[]): Promise<void> {
  const answer = await admin.post(`/api/v1/facts/${kind}`, facts);
  expect({ kind, ...answer.body }).toMatchObject({ kind, success: true });
}

const use = (messageId: string, contactId: string, day: string, properties = {}) => ({
  account: 'acme',
  messageId,
  contactId,
  name: 'Report opened',
  feature: 'reports',
  occurredAt: `${day}T10:00:00.123Z`,
  properties,
});

beforeAll(async () => {
  server = await ApiServer.start();
  admin = await server.as('admin');
  await send('account', [{ account: 'acme', name: 'Acme', status: 'customer', seats: 5, arr: 9000, currency: 'USD' }]);
  await send('contact', [
    {
      account: 'acme',
      id: 'u-anna-4711',
      email: 'anna.ziegler@acme.example',
      name: 'Anna Ziegler',
      title: 'Head of Ziegler Reports',
      role: 'champion',
      consent: true,
    },
    { account: 'acme', id: 'u-bert', email: 'bert@acme.example', name: 'Bert Moll' },
  ]);
  await send('event', [
    use('m-1', 'u-anna-4711', '2026-03-30', { of: 'Anna Ziegler' }),
    use('m-2', 'u-anna-4711', '2026-04-02'),
    use('m-3', 'u-anna-4711', '2026-04-13'),
    use('m-4', 'u-bert', '2026-04-13'),
  ]);
  await send('ticket', [
    { account: 'acme', id: 't-1', opened: '2026-04-10T08:00:00Z', subject: 'Export', contactId: 'u-anna-4711' },
  ]);
  await send('survey', [
    {
      account: 'acme',
      kind: 'nps',
      day: '2026-04-01',
      score: 9,
      comment: 'Call me, Anna Ziegler',
      contactId: 'u-anna-4711',
    },
  ]);
  await admin.post(`/api/v1/accounts/${ACCOUNT}/touchpoints`, {
    kind: 'call',
    text: 'Spoke to them',
    contactIds: [ANNA],
  });
  await drain();
}, 60_000);
afterAll(() => server?.close());

const exported = (contact: string, caller = admin) => caller.get(`/api/v1/contacts/${ACCOUNT}/${contact}/export`);
const erase = (contact: string, caller = admin) => caller.delete(`/api/v1/contacts/${ACCOUNT}/${contact}`);

describe('what a contact may ask for', () => {
  it('is a file of all that is known of them, and of nobody else', async () => {
    const { status, headers, body } = await exported(ANNA);
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="contact-${ANNA}.json"`);
    const known = contactExportSchema.strict().parse(body);
    expect(known).toMatchObject({
      account: { externalId: 'acme', name: 'Acme' },
      contact: { externalId: 'u-anna-4711', email: 'anna.ziegler@acme.example', consent: true, lastSeen: '2026-04-15' },
      activeDays: ['2026-03-30', '2026-04-02', '2026-04-13'],
      tickets: [{ id: 't-1', subject: 'Export', closedAt: null }],
      answers: [{ kind: 'nps', score: 9, comment: 'Call me, Anna Ziegler' }],
      touchpoints: [{ kind: 'call', text: 'Spoke to them' }],
      events: [{ messageId: 'm-1', properties: { of: 'Anna Ziegler' } }, { messageId: 'm-2' }, { messageId: 'm-3' }],
    });
    expect(known.fields.map(({ field, value }) => [field, value])).toContainEqual(['title', 'Head of Ziegler Reports']);
    expect(known.segments.map(({ name }) => name)).toContain('Active contacts');
    expect(JSON.stringify(known)).not.toMatch(/bert/i);
    const [entry] = await query(
      `SELECT account_id, actor_name FROM steward.audit_log WHERE action = 'contact.exported'`,
    );
    expect(entry).toMatchObject({ account_id: ACCOUNT });
  });

  it('comes whole where the events are more than a page, several of them at one instant', async () => {
    await query(
      `INSERT INTO steward.event (account_id, occurred_at, message_id, contact_id, name, count, received_at)
       SELECT $1, timestamptz '2026-04-03T10:00:00Z' + (g / 3) * interval '1 microsecond', 'x-' || g, $2, 'Page seen', 1, now()
       FROM generate_series(1, 4500) g`,
      [ACCOUNT, BERT],
    );
    const { body } = await exported(BERT);
    const { events } = contactExportSchema.parse(body);
    expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(4501);
    expect(events).toHaveLength(4501);
    await query(`DELETE FROM steward.event WHERE message_id LIKE 'x-%'`);
  });

  it('is for admins, about contacts that there are', async () => {
    for (const role of ['manager', 'csm', 'am', 'viewer'] as const) {
      const caller = await server.as(role);
      expect([(await exported(ANNA, caller)).status, (await erase(ANNA, caller)).status]).toEqual([403, 403]);
    }
    const nobody = idOf('nobody');
    expect([(await exported(nobody)).status, (await erase(nobody)).status]).toEqual([404, 404]);
    const elsewhere = await admin.delete(`/api/v1/contacts/${accountIdOf('other')}/${ANNA}`);
    expect(elsewhere.status).toBe(404);
  });

  it('is to be forgotten: nothing names them any more, and no figure of the account moves', async () => {
    const state = () =>
      query('SELECT score, band, tier, stage, signals, null_reasons FROM steward.account_state WHERE account_id = $1', [
        ACCOUNT,
      ]);
    const members = () =>
      query(
        `SELECT g.key, count(*)::int AS members FROM steward.segment_member m JOIN steward.segment g ON g.id = m.segment_id
         WHERE m.account_id = $1 GROUP BY 1 ORDER BY 1`,
        [ACCOUNT],
      );
    const moves = () => query('SELECT id FROM steward.segment_event WHERE account_id = $1 ORDER BY id', [ACCOUNT]);
    const before = [await state(), await members(), await moves()];
    expect(await namedIn(/ziegler|u-anna-4711/i)).toContain('contact');

    expect((await erase(ANNA)).status).toBe(204);
    expect(await namedIn(new RegExp(`ziegler|u-anna-4711|${ANNA}`, 'i'))).toEqual(['audit_log']);
    await drain();
    expect([await state(), await members(), await moves()]).toEqual(before);

    const { rows } = (await admin.get(`/api/v1/accounts/${ACCOUNT}/facts/contacts`)).body;
    expect(rows).toMatchObject([
      { name: ERASED_CONTACT, email: null, title: null, role: 'champion', lastSeen: '2026-04-15' },
      { name: 'Bert Moll' },
    ]);
    expect((await exported(ANNA)).status).toBe(404);
    const nameless = contactExportSchema.parse((await exported(rows[0].id)).body);
    expect(nameless.contact).toMatchObject({
      externalId: `erased:${rows[0].id}`,
      email: null,
      consent: null,
      attributes: {},
    });
    expect(nameless.fields.map(({ field }) => field)).toEqual(['role']);
    expect(nameless.events.map(({ properties }) => properties)).toEqual([null, null, null]);
    expect(nameless.touchpoints).toHaveLength(1);
  });

  it('counts deliveries of before once, and takes whom a source goes on to send as somebody new', async () => {
    await send('event', [use('m-3', 'u-anna-4711', '2026-04-13'), use('m-9', 'u-anna-4711', '2026-04-14')]);
    await drain();
    const { rows } = (await admin.get(`/api/v1/accounts/${ACCOUNT}/facts/contacts`)).body;
    const names = rows.map(({ name }: { name: string }) => name);
    expect(names.sort()).toEqual(['Bert Moll', ERASED_CONTACT, 'u-anna-4711']);
    const { events, contact } = contactExportSchema.parse((await exported(ANNA)).body);
    expect(events.map(({ messageId }) => messageId)).toEqual(['m-9']);
    expect(contact).toMatchObject({ name: null, email: null, firstSeen: '2026-04-13' });
    await send('contact', [{ account: 'acme', id: 'u-new', name: ERASED_CONTACT }]);
    const again = (await admin.get(`/api/v1/accounts/${ACCOUNT}/facts/contacts`)).body.rows;
    expect(again).toHaveLength(4);
  });
});

/** The tables in which a row matches, whatever its columns. */
async function namedIn(pattern: RegExp): Promise<string[]> {
  const tables: { name: string }[] = await query(
    `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'steward'::regnamespace AND c.relkind IN ('r', 'p')
       AND NOT c.relispartition ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows: { text: string }[] = await query(`SELECT t::text AS text FROM steward.${name} t`);
    if (rows.some(({ text }) => pattern.test(text))) found.push(name);
  }
  return found;
}
