import { businessHoursBetweenSql, clockSql } from '../../../apps/api/src/db/business-hours-sql.js';
import { businessHoursAfter } from '../../../apps/api/src/domain/calendar/business-hours.js';
import { type MigratedDatabase, migratedDatabase } from '../../support/migrated-database.js';

let database: MigratedDatabase;
beforeAll(async () => {
  database = await migratedDatabase();
});
afterAll(() => database?.close());

it.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'])(
  'business hours in SQL are those that the domain counts, in %s through changes of its clocks',
  async (zone) => {
    const starts = Array.from({ length: 300 }, (_, index) => Date.parse('2025-10-01T00:00:00Z') + index * 61_234_567);
    const given = starts.map((start, index) => {
      const hours = (index * 7) % 90;
      return { start: new Date(start), end: new Date(businessHoursAfter(start, hours, zone)), hours };
    });
    const rows: { hours: number }[] = await database.dataSource.query(
      `SELECT ${businessHoursBetweenSql('k.opened', 'k.answered')}::float8 AS hours
       FROM (SELECT place, ${clockSql('b', '$3::text')} AS opened, ${clockSql('e', '$3::text')} AS answered
         FROM unnest($1::timestamptz[], $2::timestamptz[]) WITH ORDINALITY AS t (b, e, place) OFFSET 0) k ORDER BY place`,
      [given.map(({ start }) => start), given.map(({ end }) => end), zone],
    );
    rows.forEach(({ hours }, index) => {
      expect(hours).toBeCloseTo(given[index]!.hours, 4);
    });
  },
);
