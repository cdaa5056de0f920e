import fc from 'fast-check';
import { plainArray, textArray } from '../../apps/api/src/db/array-literals.js';
import { dateArray, daysArray, realsArray, smallintsArray, uuidArray } from '../../apps/api/src/db/binary-arrays.js';
import { MOST_PREPARED, open, UnitOfWork } from '../../apps/api/src/db/unit-of-work.js';
import { toDay } from '../../apps/api/src/domain/calendar/day.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';

let database: MigratedDatabase;
let unitOfWork: UnitOfWork;

beforeAll(async () => {
  database = await migratedDatabase();
  unitOfWork = new UnitOfWork(database.dataSource);
  await database.dataSource.query(`INSERT INTO steward.event_name VALUES ('a', false, now()), ('b', false, now())`);
});

afterAll(() => database?.close());

const one = <Value>(expression: string) =>
  unitOfWork.run(async (tx) => {
    const [row] = await open(tx).query<{ value: Value }>(`SELECT ${expression} AS value`);
    return row!.value;
  });

describe('a unit of work', () => {
  it('leaves nothing behind when it fails, and tells why', async () => {
    const failing = unitOfWork.run(async (tx) => {
      await open(tx).query(`UPDATE steward.event_name SET background = true`);
      throw new Error('half way');
    });
    await expect(failing).rejects.toThrow('half way');
    const left = await database.dataSource.query(`SELECT name FROM steward.event_name WHERE background`);
    expect(left).toEqual([]);
  });

  it('answers the rows of every statement', async () => {
    const rows = await unitOfWork.run(async (tx) => [
      await open(tx).query(`INSERT INTO steward.event_name VALUES ('c', false, now()) RETURNING name`),
      await open(tx).query(`UPDATE steward.event_name SET background = true WHERE name = 'c' RETURNING name`),
      await open(tx).query(`DELETE FROM steward.event_name WHERE name = 'c' RETURNING name`),
      await open(tx).query(`DELETE FROM steward.event_name WHERE name = 'c'`),
    ]);
    expect(rows).toEqual([[{ name: 'c' }], [{ name: 'c' }], [{ name: 'c' }], []]);
  });

  it('is done again when it could not be ordered among others', async () => {
    let attempts = 0;
    const result = await unitOfWork.run(async (tx) => {
      attempts += 1;
      if (attempts < 3) await open(tx).query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`);
      return 'done';
    });
    expect({ result, attempts }).toEqual({ result: 'done', attempts: 3 });
  });

  it('gives up after five attempts', async () => {
    let attempts = 0;
    const failing = unitOfWork.run(async (tx) => {
      attempts += 1;
      await open(tx).query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`);
    });
    await expect(failing).rejects.toThrow('again');
    expect(attempts).toBe(5);
  });

  it('is not done again for any other error', async () => {
    let attempts = 0;
    const failing = unitOfWork.run(async (tx) => {
      attempts += 1;
      await open(tx).query(`SELECT 1 / 0`);
    });
    await expect(failing).rejects.toThrow('division by zero');
    expect(attempts).toBe(1);
  });

  it('gets through a deadlock with another', async () => {
    let firstLocks!: () => void;
    let secondLocks!: () => void;
    const firstLocked = new Promise<void>((resolve) => {
      firstLocks = resolve;
    });
    const secondLocked = new Promise<void>((resolve) => {
      secondLocks = resolve;
    });
    const touch = (name: string) => `UPDATE steward.event_name SET created_at = now() WHERE name = '${name}'`;
    const both = await Promise.all([
      unitOfWork.run(async (tx) => {
        await open(tx).query(touch('a'));
        firstLocks();
        await secondLocked;
        await open(tx).query(touch('b'));
        return 'first';
      }),
      unitOfWork.run(async (tx) => {
        await firstLocked;
        await open(tx).query(touch('b'));
        secondLocks();
        await open(tx).query(touch('a'));
        return 'second';
      }),
    ]);
    expect(both).toEqual(['first', 'second']);
  });

  it('gives its connection back, however it ends', async () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      unitOfWork.run(async (tx) => open(tx).query(index % 2 ? `SELECT 1` : `SELECT nothing`)),
    );
    const ends = await Promise.allSettled(many);
    expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(20);
    expect(await one('1')).toBe(1);
  });
});

describe('prepared statements', () => {
  it('make room for those that are asked now, and may come back', async () => {
    const text = (n: number) => `SELECT $1::int + ${n} AS sum`;
    const [kept, sum] = await unitOfWork.run(async (tx) => {
      const { prepared, query } = open(tx);
      for (let n = 0; n <= MOST_PREPARED; n += 1) await prepared(text(n), [1]);
      const again = await prepared<{ sum: number }>(text(0), [1]);
      const [row] = await query<{ kept: number }>(`SELECT count(*)::int AS kept FROM pg_prepared_statements`);
      return [row!.kept, again[0]!.sum];
    });
    expect(kept).toBeLessThanOrEqual(MOST_PREPARED);
    expect(kept).toBeGreaterThan(MOST_PREPARED - 10);
    expect(sum).toBe(1);
  });

  it('are planned once where that is asked for, and as ever after it', async () => {
    const found = await unitOfWork.run(async (tx) => {
      const { preparedOnce, query } = open(tx);
      for (const n of [1, 2, 3]) {
        expect(await preparedOnce('SELECT $1::int + 40 AS sum', [n])).toEqual([{ sum: 40 + n }]);
      }
      const [plans] = await query<{ once: number; mode: string }>(
        `SELECT generic_plans::int AS once, current_setting('plan_cache_mode') AS mode
         FROM pg_prepared_statements WHERE statement = 'SELECT $1::int + 40 AS sum'`,
      );
      return plans;
    });
    expect(found).toEqual({ once: 3, mode: 'auto' });
    const broken = unitOfWork.run((tx) => open(tx).preparedOnce('SELECT 1 / $1::int', [0]));
    await expect(broken).rejects.toMatchObject({ driverError: { code: '22012' } });
  });
});

describe('values out of the database', () => {
  it.each([
    ['a day, as text without a zone', `'0044-03-15'::date`, '0044-03-15'],
    ['minor units', `9007199254740991::bigint`, 9007199254740991],
    ['a score', `70.45::numeric(5, 2)`, 70.45],
    ['days', `'{2026-02-28,NULL}'::date[]`, ['2026-02-28', null]],
    ['counts', `'{1,NULL}'::bigint[]`, [1, null]],
    ['signals', `'{0.25,NULL,-1e-7,12000000}'::real[]`, [0.25, null, -1e-7, 12000000]],
    ['no signals', `'{}'::real[]`, []],
    [
      'signals by kind',
      `'{{1,2},{NULL,4}}'::real[]`,
      [
        [1, 2],
        [null, 4],
      ],
    ],
    ['signals from another place', `'[0:1]={1,2}'::real[]`, [1, 2]],
    ['an instant', `'2026-04-15 09:00+02'::timestamptz`, new Date('2026-04-15T07:00:00Z')],
    [
      'an instant as a day, in UTC whatever the server’s zone',
      `'2026-04-15 23:30+00'::timestamptz::date`,
      '2026-04-15',
    ],
  ])('come as %s', async (_, expression, value) => {
    expect(await one(expression)).toEqual(value);
  });

  it('are never rounded in silence', async () => {
    await expect(one('9007199254740993::bigint')).rejects.toThrow('9007199254740993');
  });
});

describe('lists for a statement', () => {
  const read = 'SELECT $1::text[] AS texts, $2::float8[] AS numbers';

  it('reach the database as they are, whatever signs they hold', async () => {
    const texts = fc.array(fc.option(fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\u0000'))));
    const special = fc.array(
      fc.constantFrom('', 'NULL', 'null', '{', '}', ',', '"', '\\', '\\"', ' ', '\n', 'a,b', '{}'),
    );
    const numbers = fc.array(fc.option(fc.integer()));
    await fc.assert(
      fc.asyncProperty(fc.oneof(texts, special), numbers, async (text, number) => {
        const rows = await unitOfWork.run((tx) => open(tx).prepared(read, [textArray(text), plainArray(number)]));
        expect(rows).toEqual([{ texts: text, numbers: number }]);
      }),
      { numRuns: 100 },
    );
  });

  it('reach it as ids and days in its own form', async () => {
    const ids = fc.array(fc.option(fc.uuid()));
    const days = fc.array(
      fc.option(fc.date({ min: new Date('1900-01-01'), max: new Date('2200-12-31'), noInvalidDate: true })),
    );
    const text = 'SELECT $1::uuid[]::text[] AS ids, $2::date[] AS days';
    await fc.assert(
      fc.asyncProperty(ids, days, async (id, dates) => {
        const day = dates.map((date) => date?.toISOString().slice(0, 10) ?? null);
        const rows = await unitOfWork.run((tx) => open(tx).prepared(text, [uuidArray(id), dateArray(day)]));
        expect(rows).toEqual([{ ids: id, days: day }]);
      }),
      { numRuns: 100 },
    );
  });

  it('may be days as the domain counts them', async () => {
    const days = [null, '1970-01-01', '1999-12-31', '2000-02-29', '9999-12-31'];
    const counted = days.map((day) => (day === null ? null : toDay(day)));
    const [row] = await unitOfWork.run((tx) =>
      open(tx).prepared<{ days: unknown }>('SELECT $1::date[]::text[] AS days', [daysArray(counted)]),
    );
    expect(row).toEqual({ days });
  });

  it('may be numbers of many rows one after the other', async () => {
    const value = fc.option(fc.float({ noNaN: true, noDefaultInfinity: true }), { nil: null });
    const reason = fc.integer({ min: -32_768, max: 32_767 });
    const rowsOf = fc
      .integer({ min: 1, max: 40 })
      .chain((width) =>
        fc.array(
          fc.tuple(
            fc.array(value, { minLength: width, maxLength: width }),
            fc.array(reason, { minLength: width, maxLength: width }),
          ),
          { minLength: 1, maxLength: 5 },
        ),
      );
    const text = `SELECT array_replace($1::real[], 'NaN', NULL) AS reals, $2::smallint[] AS smallints`;
    await fc.assert(
      fc.asyncProperty(rowsOf, async (rows) => {
        const [reals, smallints] = [rows.map(([each]) => each), rows.map(([, each]) => each)];
        const [found] = await unitOfWork.run((tx) =>
          open(tx).prepared<{ reals: (number | null)[]; smallints: number[] }>(text, [
            realsArray(reals),
            smallintsArray(smallints),
          ]),
        );
        // They come back in few digits, and −0 is stored as 0.
        expect(found?.reals.map((each) => (each === null ? null : Math.fround(each)))).toEqual(
          reals.flat().map((each) => (each === null ? null : each + 0)),
        );
        expect(found?.smallints).toEqual(smallints.flat());
      }),
      { numRuns: 100 },
    );
  });
});
