import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';

const ACCOUNT = accountIdOf('acme');
const PRIMARY = '8b3e0c52-4c34-5a5c-9f0f-000000000001';
const SECOND = '8b3e0c52-4c34-5a5c-9f0f-000000000002';
const SHARED_SEGMENT = '20000000-0000-4000-8000-000000000001';
const PRIVATE_SEGMENT = '20000000-0000-4000-8000-000000000002';

let server: ApiServer;
let cora: TestPerson;
let csm: Caller;
let am: Caller;
let admin: Caller;

beforeAll(async () => {
  server = await ApiServer.start();
  cora = await server.person('csm');
  csm = await server.signedIn(cora);
  am = await server.as('am');
  admin = await server.as('admin');
  await insertRows(server.dataSource, 'account', [
    {
      id: ACCOUNT,
      external_id: 'acme',
      name: 'Acme',
      status: 'customer',
      first_seen_on: '2026-01-01',
      revision: 1,
      csm_user_id: cora.id,
    },
  ]);
  const state = { account_id: ACCOUNT, as_of: '2026-04-15', status: 'customer', csm_user_id: cora.id };
  await insertStates(server.dataSource, [
    { ...state, score: 70.99, band: 'watch', arr_minor: 1_234_500, renewal_date: '2026-06-30' },
  ]);
  await insertRows(server.dataSource, 'contact', [
    { account_id: ACCOUNT, id: PRIMARY, external_id: 'u-1', name: 'Ann Ash', is_primary: true },
    { account_id: ACCOUNT, id: SECOND, external_id: 'u-2', email: 'bo@acme.test' },
  ]);
  const segment = { of: 'account', rule: {}, rule_version: 1, revision: 1 };
  await insertRows(server.dataSource, 'segment', [
    { ...segment, id: SHARED_SEGMENT, name: 'Ours', visibility: 'shared', owner_user_id: cora.id },
    { ...segment, id: PRIVATE_SEGMENT, name: 'Mine', visibility: 'private', owner_user_id: cora.id },
  ]);
});

beforeEach(async () => {
  await server.dataSource.query('DELETE FROM steward.touch_template');
  await server.dataSource.query('DELETE FROM steward.segment_member');
});

afterAll(() => server?.close());

const made = async (given: object, by = csm) => {
  const answer = await by.post('/api/v1/touch-templates', { name: 'Check-in', kind: 'email', text: 'Hello', ...given });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body;
};
const rendered = (id: string, body: object = {}) =>
  csm.post(`/api/v1/accounts/${ACCOUNT}/touch-templates/${id}/render`, body);
const offered = async (by = csm) => (await by.get(`/api/v1/accounts/${ACCOUNT}/touch-templates`)).body.templates;

describe('a template', () => {
  it('is filled with what is known of the account, its primary contact and the writer', async () => {
    const { id } = await made({
      subject: '{{account.name}}: your renewal on {{renewalDate}}',
      text: 'Hello {{contact.firstName}}, {{health.score}} points, {{account.arr}}. {{me.name}} / {{owner.name}}',
    });
    expect((await rendered(id)).body).toEqual({
      kind: 'email',
      subject: 'Acme: your renewal on 30 Jun 2026',
      text: expect.stringMatching(/^Hello Ann, 70 points, 12,345 [A-Z]{3}\. csm 1 \/ csm 1$/),
      missing: [],
      contact: { id: PRIMARY, name: 'Ann Ash' },
    });
  });

  it('says what is missing instead of nothing', async () => {
    const { id } = await made({ text: 'Hello {{contact.firstName}}, NPS {{nps}}, last spoken {{lastTouchDay}}' });
    const { body } = await rendered(id, { contactId: SECOND });
    expect(body.text).toBe('Hello [contact’s first name], NPS [NPS], last spoken [day of the last touch]');
    expect(body.missing.map(({ field }: { field: string }) => field)).toEqual([
      'contact.firstName',
      'nps',
      'lastTouchDay',
    ]);
    expect(body.text).not.toMatch(/null|undefined/);
  });

  it('for a contact of another account is refused', async () => {
    const { id } = await made({});
    expect(await rendered(id, { contactId: ACCOUNT })).toMatchObject({
      status: 400,
      body: { code: 'UNKNOWN_CONTACT' },
    });
  });

  it.each([
    ['text', { text: 'Hi {{contact.nickName}}' }, 'contact.nickName'],
    ['subject', { subject: '{{toString}}' }, 'toString'],
  ])('with an unknown merge field in its %s is refused by name', async (path, given, name) => {
    const answer = await csm.post('/api/v1/touch-templates', { name: 'x', kind: 'call', text: 'x', ...given });
    expect(answer).toMatchObject({ status: 400, body: { code: 'UNKNOWN_MERGE_FIELD', details: [{ path }] } });
    expect(answer.body.message).toContain(name);
  });

  it('of a segment is offered on its members only', async () => {
    await made({ name: 'Everywhere' });
    await made({ name: 'For ours', segmentId: SHARED_SEGMENT });
    const names = async () => (await offered()).map(({ name }: { name: string }) => name);
    expect(await names()).toEqual(['Everywhere']);
    const NO_CONTACT = '00000000-0000-0000-0000-000000000000';
    const member = { account_id: ACCOUNT, segment_id: SHARED_SEGMENT, contact_id: NO_CONTACT, how: 'rule' };
    await insertRows(server.dataSource, 'segment_member', [member]);
    expect(await names()).toEqual(['Everywhere', 'For ours']);
  });

  it('rests on segments that its readers see', async () => {
    await made({ segmentId: PRIVATE_SEGMENT });
    const body = { name: 'x', kind: 'call', text: 'x', segmentId: PRIVATE_SEGMENT };
    const shared = await csm.post('/api/v1/touch-templates', { ...body, visibility: 'shared' });
    expect(shared).toMatchObject({ status: 409, body: { code: 'RESTS_ON_PRIVATE' } });
    expect(await am.post('/api/v1/touch-templates', body)).toMatchObject({
      status: 400,
      body: { code: 'UNKNOWN_SEGMENT' },
    });
  });
});

describe('keeping templates', () => {
  it('shows one’s own and the shared ones', async () => {
    await made({ name: 'My own' });
    await made({ name: 'For all', visibility: 'shared' });
    const { body } = await am.get('/api/v1/touch-templates');
    expect(body.templates).toEqual([expect.objectContaining({ name: 'For all', mayEdit: false })]);
  });

  it('takes a change on the revision that was read, by its owner or an admin', async () => {
    const { id } = await made({ visibility: 'shared' });
    const at = `/api/v1/touch-templates/${id}`;
    expect(await am.patch(at, { revision: 1, name: 'Theirs' })).toMatchObject({ status: 403 });
    expect(await admin.patch(at, { revision: 1, name: 'Tidied' })).toMatchObject({
      status: 200,
      body: { revision: 2 },
    });
    expect(await csm.patch(at, { revision: 1, name: 'Late' })).toMatchObject({ status: 409 });
    expect(await admin.patch(at, { revision: 2, visibility: 'private' })).toMatchObject({ status: 403 });
    expect(await csm.delete(at)).toMatchObject({ status: 204 });
    expect(await csm.delete(at)).toMatchObject({ status: 404 });
  });

  it('hides a private one from everybody else', async () => {
    const { id } = await made({});
    expect(await admin.patch(`/api/v1/touch-templates/${id}`, { revision: 1, name: 'x' })).toMatchObject({
      status: 404,
    });
    expect(await am.delete(`/api/v1/touch-templates/${id}`)).toMatchObject({ status: 404 });
  });

  it('refuses markup in no way, and NUL in every way', async () => {
    const { text } = await made({ text: '<img src=x onerror=alert(1)>' });
    expect(text).toBe('<img src=x onerror=alert(1)>');
    const answer = await csm.post('/api/v1/touch-templates', { name: 'x', kind: 'call', text: 'a\u0000' });
    expect(answer).toMatchObject({ status: 400 });
  });
});
