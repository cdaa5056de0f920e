import type { FactRow } from '../../../apps/api/src/domain/values/fact-rows.js';
import { anAccount, PipelineWorld } from '../pipeline/pipeline-world.js';

const NOBODY = { externalId: null, email: null, name: null };
const aContact = (contact: object, fields: object): FactRow => ({
  ...{ kind: 'contact', account: { via: 'externalId', id: 'a' }, contact: { ...NOBODY, ...contact } },
  ...{ fields, attributes: {}, effectiveOn: null },
});

describe('contacts that turn out to be one person', () => {
  let world: PipelineWorld;
  beforeEach(async () => {
    world = await PipelineWorld.open('2026-04-15T10:00:00Z');
    await world.deliver(anAccount('a'));
  });
  afterEach(() => world?.close());

  const people = () =>
    world.query(
      `SELECT external_id AS id, email, title, role, left_on, consent, is_primary, internal FROM steward.contact`,
    );
  const ann = { email: 'ann@customer.example' };

  it('keep what was said of either, as their history tells it', async () => {
    await world.deliver(aContact(ann, { leftOn: '2026-04-10', consent: false, primary: true, role: 'champion' }));
    await world.deliver(aContact({ externalId: 'u' }, { title: 'CFO' }));
    await world.deliver(aContact({ externalId: 'u' }, ann));
    expect(await people()).toEqual([
      {
        ...{ id: 'u', email: 'ann@customer.example', title: 'CFO', role: 'champion' },
        ...{ left_on: '2026-04-10', consent: false, is_primary: true, internal: false },
      },
    ]);
  });

  it('are internal where one of them was said to be', async () => {
    await world.deliver(aContact(ann, { internal: true }), aContact({ externalId: 'u' }, { title: 'CFO' }));
    await world.deliver(aContact({ externalId: 'u' }, ann));
    expect(await people()).toMatchObject([{ id: 'u', internal: true }]);
  });
});
