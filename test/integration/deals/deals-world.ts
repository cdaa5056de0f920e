import { accountIdOf } from '../../../apps/api/src/intake/facts/account-ids.js';
import { ApiServer, type Caller, type TestPerson } from '../../support/api-server.js';
import { insertRows } from '../../support/insert-rows.js';

export const acme = accountIdOf('acme');
export const other = accountIdOf('other');

export interface DealsWorld {
  server: ApiServer;
  am: TestPerson;
  asAm: Caller;
  asCsm: Caller;
  admin: Caller;
  key: Caller;
}

/** A server with an account of an AM and a CSM, and one of somebody else; the euro has a rate. */
export async function dealsWorld(): Promise<DealsWorld> {
  const server = await ApiServer.start();
  const am = await server.person('am');
  const csm = await server.person('csm');
  const account = { status: 'customer', first_seen_on: '2026-01-01', revision: 1, currency: 'USD' };
  await insertRows(server.dataSource, 'account', [
    { ...account, id: acme, external_id: 'acme', name: 'Acme', am_user_id: am.id, csm_user_id: csm.id },
    { ...account, id: other, external_id: 'other', name: 'Other', am_user_id: (await server.person('am')).id },
  ]);
  await insertRows(server.dataSource, 'exchange_rate', [{ currency: 'EUR', from_day: '2026-01-01', rate: 1.2 }]);
  return {
    server,
    am,
    asAm: await server.signedIn(am),
    asCsm: await server.signedIn(csm),
    admin: await server.as('admin'),
    key: server.withKey((await server.key(['accounts:read', 'facts:write'])).secret),
  };
}
