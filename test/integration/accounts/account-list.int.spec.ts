import type { ParsedAccountQuery } from '@steward/shared/accounts';
import { accountPageSchema } from '@steward/shared/accounts';
import type { DataSource } from 'typeorm';
import { Partitions } from '../../../apps/api/src/db/partitions.js';
import { CatalogueReader } from '../../../apps/api/src/db/rules/catalogue.reader.js';
import { UnitOfWork } from '../../../apps/api/src/db/unit-of-work.js';
import { AccountListRepository } from '../../../apps/api/src/desk/account-list/account-list.repository.js';
import { AccountListService } from '../../../apps/api/src/desk/account-list/account-list.service.js';
import { EventNamesRepository } from '../../../apps/api/src/desk/account-list/event-names.repository.js';
import { Questions } from '../../../apps/api/src/desk/account-list/questions.service.js';
import { AuditLog } from '../../../apps/api/src/platform/audit/audit-log.js';
import { AuditLogRepository } from '../../../apps/api/src/platform/audit/audit-log.repository.js';
import { SalesLists } from '../../../apps/api/src/records/deals/sales-lists.reader.js';
import { SegmentsReader } from '../../../apps/api/src/records/segments/segments.reader.js';
import { WorkspaceReader } from '../../../apps/api/src/records/workspace/workspace.reader.js';
import { insertRows, insertStates } from '../../support/insert-rows.js';
import { type MigratedDatabase, migratedDatabase } from '../../support/migrated-database.js';
import { aPerson, aWorkspace } from '../../support/people.js';
import { isoDay } from '../../support/rule-oracle.js';
import {
  accountRow,
  fieldRows,
  randomAccounts,
  snapshotRows,
  stateRow,
  TODAY,
  USERS,
} from '../../support/rule-world.js';

const accounts = randomAccounts(60, 21);
const clock = { now: () => new Date(`${isoDay(TODAY)}T12:00:00Z`) };
const admin = aPerson('admin');

let database: MigratedDatabase;
let db: DataSource;
let list: AccountListService;

const asked = (query: Partial<ParsedAccountQuery> = {}): ParsedAccountQuery => ({
  rule: null,
  text: '',
  sort: [],
  asOf: null,
  offset: 0,
  limit: 100,
  ...query,
});

beforeAll(async () => {
  database = await migratedDatabase();
  db = database.dataSource;
  await new Partitions(db).ensure(['account_snapshot'], isoDay(TODAY - 60), isoDay(TODAY));
  await insertRows(db, 'workspace', [aWorkspace({ currency: 'EUR', time_zone: 'Etc/UTC' })]);
  await insertRows(
    db,
    'app_user',
    USERS.map((id, index) => ({
      id,
      email: `p${index}@x.test`,
      full_name: `Person ${index}`,
      role: 'csm',
      active: true,
    })),
  );
  const owned = accounts.map((account, index) => ({
    ...accountRow(account),
    csm_user_id: index % 3 === 0 ? USERS[0] : index % 3 === 1 ? USERS[1] : null,
    am_user_id: index === 1 ? USERS[0] : null,
    csm_text: index % 3 === 2 ? 'Somebody Else' : null,
  }));
  await insertRows(db, 'account', owned);
  await insertRows(db, 'account_field', accounts.flatMap(fieldRows));
  await insertStates(
    db,
    accounts.map((account) => ({ ...stateRow(account, TODAY), score_ring: [10, null, 30] })),
  );
  await insertRows(db, 'account_snapshot', accounts.flatMap(snapshotRows));
  const unitOfWork = new UnitOfWork(db);
  list = new AccountListService(
    unitOfWork,
    new CatalogueReader(),
    new Questions(
      unitOfWork,
      new CatalogueReader(),
      new WorkspaceReader(unitOfWork, clock),
      new SegmentsReader(),
      new SalesLists(),
    ),
    new AccountListRepository(),
    new EventNamesRepository(),
    new AuditLog(new AuditLogRepository(), clock),
  );
});

afterAll(() => database?.close());

describe('the account list', () => {
  it.each([
    ['account.arr', 'asc'],
    ['account.arr', 'desc'],
    ['account.renewalDate', 'asc'],
    ['account.renewalDate', 'desc'],
    ['health.score', 'asc'],
    ['health.score', 'desc'],
    ['account.name', 'asc'],
    ['account.name', 'desc'],
    ['account.csm', 'desc'],
    ['tier', 'asc'],
    ['attribute.size', 'desc'],
    ['usage.active_contacts', 'asc'],
  ] as const)(
    'shows every account once over its blocks, sorted by %s %s, what is not set last',
    async (field, direction) => {
      if (field === 'attribute.size') {
        await insertRows(db, 'custom_attribute', [{ entity: 'account', key: 'size', label: 'Size', type: 'number' }]);
      }
      const rows = [];
      for (let offset = 0; offset < 70; offset += 7) {
        const page = await list.page(admin, asked({ sort: [{ field, direction }], offset, limit: 7 }));
        rows.push(...accountPageSchema.parse(page).rows);
      }
      expect(new Set(rows.map(({ id }) => id)).size).toBe(60);
      expect(rows).toHaveLength(60);
      const inOrder = (a: string, b: string) => (direction === 'asc' ? 1 : -1) * (a < b ? -1 : a > b ? 1 : 0);
      if (field === 'account.name') {
        const names = rows.map(({ name }) => name.toLowerCase());
        expect(names).toEqual([...names].sort(inOrder));
      }
      if (field === 'account.renewalDate') {
        const days = rows.map(({ renewalDate }) => renewalDate);
        const set = days.filter((day) => day !== null);
        expect(days.slice(0, set.length)).toEqual([...set].sort(inOrder));
      }
      const value = { 'account.arr': 'arrMinor', 'health.score': 'score', 'usage.active_contacts': 'activeContacts' }[
        field as string
      ];
      if (value === undefined) return;
      const values = rows.map((row) => row[value as 'score']);
      const set = values.filter((each) => each !== null);
      expect(values.slice(0, set.length)).toEqual([...set].sort((a, b) => (direction === 'asc' ? a - b : b - a)));
    },
  );

  it.each([
    ['account.arr', 'asc'],
    ['account.arr', 'desc'],
    ['account.renewalDate', 'asc'],
    ['account.renewalDate', 'desc'],
  ] as const)(
    'sorted by %s %s is found among the terms where everything is asked for, and stands as it does among the states',
    async (field, direction) => {
      const named = { kind: 'compare', field: 'account.name', op: 'isSet' } as const;
      const orderOf = async (query: Partial<ParsedAccountQuery>) => {
        const { rows } = await list.page(admin, asked({ sort: [{ field, direction }], ...query }));
        return rows.map(({ id }) => id);
      };
      const all = await orderOf({});
      // Accounts without the value stand in the order of their ids, the others backwards where the index is walked so.
      const unset = await db.query(
        `SELECT account_id AS id FROM steward.account_state
         WHERE ${field === 'account.arr' ? 'arr_minor' : 'renewal_date'} IS NULL ORDER BY account_id`,
      );
      expect(all.slice(-unset.length)).toEqual(unset.map(({ id }: { id: string }) => id));
      expect((await orderOf({ rule: named })).sort()).toEqual([...all].sort());
      await db.query('UPDATE steward.account_terms SET arr_minor = NULL, renewal_date = NULL');
      expect(await orderOf({})).toEqual([...all].sort());
      expect((await orderOf({ rule: named })).slice(-unset.length)).toEqual(all.slice(-unset.length));
      await db.query(`UPDATE steward.account_terms t SET arr_minor = s.arr_minor, renewal_date = s.renewal_date
        FROM steward.account_state s WHERE s.account_id = t.account_id`);
    },
  );

  it('shows the signs of growth of an account', async () => {
    const [first] = accounts;
    const of = [first!.id];
    const [{ signals }] = await db.query('SELECT signals FROM steward.account_state WHERE account_id = $1', of);
    await db.query(
      `UPDATE steward.account_state SET signals[2] = 30, signals[12] = 12.5, signals[21] = 1 WHERE account_id = $1`,
      of,
    );
    const { rows } = accountPageSchema.parse(await list.page(admin, asked()));
    expect(rows.find(({ id }) => id === first!.id)).toMatchObject({
      activeContactsChange: 30,
      breadthChange: 12.5,
      promoter: true,
    });
    await db.query('UPDATE steward.account_state SET signals = $2 WHERE account_id = $1', [...of, signals]);
  });

  it('knows who never was in touch, by the touches that count up to the day', async () => {
    const [touched, noted, later] = accounts;
    await insertRows(db, 'touchpoint', [
      { account_id: touched!.id, id: 't-1', kind: 'call', on_day: isoDay(TODAY - 9), counts: true },
      { account_id: noted!.id, id: 't-2', kind: 'note', on_day: isoDay(TODAY - 9), counts: false },
      { account_id: later!.id, id: 't-3', kind: 'call', on_day: isoDay(TODAY - 1), counts: true },
    ]);
    const touchedAt = async (asOf: string | null) => {
      const { rows } = accountPageSchema.parse(await list.page(admin, asked({ asOf })));
      return rows.filter(({ neverTouched }) => !neverTouched).map(({ id }) => id);
    };
    expect((await touchedAt(null)).sort()).toEqual([touched!.id, later!.id].sort());
    expect(await touchedAt(isoDay(TODAY - 5))).toEqual([touched!.id]);
    await db.query('DELETE FROM steward.touchpoint');
  });

  it('shows a person their book and what nobody owns, in pages, counts and files alike', async () => {
    const csm = aPerson('csm', { id: USERS[0] });
    const seen = accounts.filter((_, index) => index % 3 !== 1 || index === 1).map(({ id }) => id);
    const page = await list.page(csm, asked({ sort: [{ field: 'health.score', direction: 'desc' }] }));
    // An account with a text for an owner who is no user has no owner yet: it can be claimed.
    expect(page.rows.map(({ id }) => id).sort()).toEqual([...seen].sort());
    expect((await list.count(csm, asked())).accounts).toBe(seen.length);
    const { file } = await list.export(csm, asked());
    expect((await text(file)).trimEnd().split('\r\n')).toHaveLength(seen.length + 1);
    const mine = { kind: 'compare', field: 'account.csm', op: 'eq', value: 'me' } as const;
    const state = accounts
      .filter(({ days }) => days.get(TODAY)!.values['account.csm'] === USERS[0])
      .map(({ id }) => id);
    const counted = await list.count(csm, asked({ rule: mine }));
    expect(counted.accounts).toBe(state.filter((id) => seen.includes(id)).length);
  });

  it('shows an earlier day as it stood: values, fields and owners of the day', async () => {
    const day = TODAY - 5;
    const page = await list.page(
      admin,
      asked({ asOf: isoDay(day), sort: [{ field: 'account.name', direction: 'asc' }] }),
    );
    expect(page.asOf).toBe(isoDay(day));
    const there = accounts.filter(({ days }) => days.has(day));
    expect(page.rows.map(({ id }) => id).sort()).toEqual(there.map(({ id }) => id).sort());
    for (const row of page.rows) {
      const account = accounts.find(({ id }) => id === row.id)!;
      const then = account.days.get(day)!.values;
      const { versions, now } = account.fields['account.industry']!;
      const industry =
        versions.length === 0 ? now : (versions.findLast(({ from }) => from <= day) ?? versions[0]!).value;
      expect(row).toMatchObject({ score: then['health.score'], band: then['health.band'], tier: then.tier, industry });
      expect(row.csm?.userId ?? null).toBe(then['account.csm']);
      expect(row.sparkline.at(-1)).toBe(then['health.score']);
      const scores = Array.from(
        { length: 30 },
        (_, index) => account.days.get(day - 29 + index)?.values['health.score'],
      );
      expect(row.sparkline).toEqual(scores.map((score) => score ?? null));
    }
    const byId = { kind: 'compare', field: 'account.externalId', op: 'eq', value: 'x-1' } as const;
    expect((await list.page(admin, asked({ asOf: isoDay(day), rule: byId }))).nowOnlyFields).toEqual([
      'account.externalId',
    ]);
  });

  it('draws the last 30 days: nothing for those before the first, then those kept, and the score of now', async () => {
    const { rows } = await list.page(admin, asked({ limit: 1 }));
    expect(rows[0]!.sparkline).toEqual([...new Array(26).fill(null), 10, null, 30, rows[0]!.score]);
  });

  it('knows no ARR of accounts that have none', async () => {
    const unknown = { kind: 'compare', field: 'account.arr', op: 'isNotSet' } as const;
    const { accounts: found, arrMinor } = await list.count(admin, asked({ rule: unknown }));
    expect(found).toBeGreaterThan(0);
    expect(arrMinor).toBeNull();
  });

  it('finds text in name, external id and domain, and takes its wildcards as themselves', async () => {
    expect((await list.count(admin, asked({ text: 'X-17' }))).accounts).toBe(1);
    const percent = accounts.filter(({ fields }) => String(fields['account.name']!.now).includes('%')).length;
    expect((await list.count(admin, asked({ text: '%' }))).accounts).toBe(percent);
  });

  it('counts accounts, their ARR and their bands', async () => {
    const counted = await list.count(admin, asked());
    const days = accounts.map(({ days: all }) => all.get(TODAY)!.values);
    const arr = days.reduce(
      (sum, values) => sum + Math.round(((values['account.arr'] as number | null) ?? 0) * 100),
      0,
    );
    expect(counted).toMatchObject({ accounts: 60, arrMinor: arr });
    expect(counted.byBand.at_risk).toBe(days.filter((values) => values['health.band'] === 'at_risk').length);
  });

  it('writes a file whose cells no spreadsheet runs, and says in the log who took it', async () => {
    await db.query(
      `UPDATE steward.account SET csm_text = '=HYPERLINK("http://x")', csm_user_id = NULL WHERE external_id = 'x-2'`,
    );
    await db.query('UPDATE steward.account_state SET signals[4] = 200::real / 9');
    const { file, name } = await list.export(admin, asked());
    expect(name).toBe(`accounts-${isoDay(TODAY)}.csv`);
    const written = await text(file);
    expect(written).toContain(`'=HYPERLINK`);
    expect(written).toContain(',22.22,');
    expect(written).not.toContain('22.222');
    expect(written).not.toMatch(/[\n,"]=HYPERLINK/);
    const [entry] = await db.query(
      `SELECT actor_name, action FROM steward.audit_log WHERE action = 'accounts.exported' ORDER BY at DESC, id DESC`,
    );
    expect(entry).toEqual({ actor_name: admin.user.fullName, action: 'accounts.exported' });
  });

  it('is walked over whole and in one order, though accounts change places meanwhile', async () => {
    const { rows: before } = await list.page(admin, asked());
    const reverse = () => db.query('UPDATE steward.account_state SET arr_minor = -arr_minor');
    const every = await list.every(admin, asked());
    expect(every.accounts).toBe(before.length);
    await reverse();
    const walked: string[] = [];
    for await (const { id } of every.rows) walked.push(id);
    await reverse();
    expect([...walked].sort()).toEqual(before.map(({ id }) => id).sort());
    const arr = new Map(before.map(({ id, arrMinor }) => [id, arrMinor ?? Number.NEGATIVE_INFINITY]));
    const amounts = walked.map((id) => arr.get(id)!);
    expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
  });

  it('refuses by name an unknown field, an unsortable one and a day to come', async () => {
    const sortBy = (field: string) => list.page(admin, asked({ sort: [{ field, direction: 'asc' }] }));
    await expect(sortBy('1; DROP TABLE steward.account')).rejects.toMatchObject({
      code: 'RULE_NOT_VALID',
      status: 400,
    });
    await expect(sortBy('account.tags')).rejects.toMatchObject({ details: [{ code: 'FIELD_NOT_SORTABLE' }] });
    const unknown = { kind: 'all', rules: [{ kind: 'compare', field: 'nope', op: 'isSet' }] } as const;
    await expect(list.count(admin, asked({ rule: { ...unknown, rules: [...unknown.rules] } }))).rejects.toMatchObject({
      details: [{ path: 'rule.rules.0.field', code: 'UNKNOWN_FIELD' }],
    });
    await expect(list.page(admin, asked({ asOf: isoDay(TODAY + 1) }))).rejects.toMatchObject({
      code: 'AS_OF_IN_FUTURE',
      details: [{ path: 'asOf', message: expect.stringMatching(/^There is nothing as of .* yet/) }],
    });
  });
});

async function text(file: AsyncIterable<Buffer | string>): Promise<string> {
  let all = '';
  for await (const piece of file) all += piece.toString();
  return all;
}
