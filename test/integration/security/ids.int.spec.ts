import type { Rule } from '@steward/shared/rules';
import { all } from '../../../apps/api/src/domain/rule-builders.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';

const isIn = (segment: string): Rule => ({ kind: 'member', segment, is: true });

describe('an id written in capitals', () => {
  let server: ApiServer;
  let ada: TestPerson;
  let admin: Caller;

  beforeAll(async () => {
    server = await ApiServer.start();
    ada = await server.person('admin');
    admin = await server.signedIn(ada);
  }, 120_000);
  afterAll(() => server?.close());

  const create = async (rule: Rule) =>
    (await admin.post('/api/v1/segments', { name: 'One', rule })).body as { id: string };

  it('does not let a segment go that is used, nor close a circle', async () => {
    const base = await create(all());
    const over = await create(isIn(base.id));
    const path = `/api/v1/segments/${base.id.toUpperCase()}`;
    expect((await admin.get(path)).body.usedBy).toEqual([{ kind: 'segment', id: over.id, name: 'One' }]);
    expect((await admin.delete(path)).body.code).toBe('SEGMENT_IN_USE');
    for (const rule of [isIn(over.id), isIn(over.id.toUpperCase()), isIn(base.id), isIn(base.id.toUpperCase())]) {
      expect((await admin.patch(path, { rule, revision: 1 })).body.code).toBe('SEGMENT_CIRCLE');
    }
  });

  it('does not let an admin lock themselves out, nor a person lead themselves', async () => {
    const { revision } = (await admin.get('/api/v1/users')).body.users.find(({ id }: { id: string }) => id === ada.id);
    const path = `/api/v1/users/${ada.id.toUpperCase()}`;
    for (const change of [{ active: false }, { role: 'viewer' }, { managerId: ada.id.toUpperCase() }]) {
      const { status } = await admin.patch(path, { revision, ...change });
      expect({ change, refused: status >= 400 }).toEqual({ change, refused: true });
    }
  });
});
