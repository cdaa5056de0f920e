import { toDay } from '../../../apps/api/src/domain/calendar/day.js';
import { SourcesRepository } from '../../../apps/api/src/stages/signals/sources.repository.js';
import {
  aContact,
  aMetric,
  anAccount,
  anAnswer,
  anInvoice,
  aPulse,
  aSubscription,
  aTicket,
  aTouchpoint,
} from './a-fact.js';
import { FactWorld } from './fact-world.js';

describe('what a workspace was delivered first', () => {
  let world: FactWorld;
  const sources = new SourcesRepository();
  const first = () => world.unitOfWork.run((tx) => sources.firstFactDays(tx));
  beforeAll(async () => {
    world = await FactWorld.open();
    await world.take([anAccount()]);
  });
  afterAll(() => world?.close());

  it('is nothing before anything came', async () => {
    expect(await first()).toMatchObject({ tickets: null, csat: null, firstTouch: null, seats: false, renewal: false });
  });

  it('is told apart by what it is', async () => {
    const rating = { score: 4, scaleMin: 1, scaleMax: 5 };
    await world.take([
      aTicket({ id: 'early', opened: '2025-02-01' }),
      aTicket({ id: 'rated', opened: '2025-03-01', closed: '2025-03-05', status: 'closed', satisfaction: rating }),
      anAnswer({ id: 'nps', survey: 'nps', day: '2025-04-01' }),
      anAnswer({ id: 'csat', survey: 'csat', day: '2025-05-01', rating }),
      aTouchpoint({ id: 'note', day: '2025-01-01', counts: false }),
      aTouchpoint({ id: 'call', day: '2025-06-01', contacts: [aContact({ email: 'jo@acme.example' })] }),
      anInvoice({ issued: '2025-07-01' }),
      aSubscription({ start: '2025-08-01', end: null, quantity: 5, seatBased: true }),
      aPulse({ day: '2025-09-01' }),
      aMetric({ day: '2025-10-01' }),
    ]);
    expect(await first()).toMatchObject({
      tickets: toDay('2025-02-01'),
      csat: toDay('2025-03-05'),
      nps: toDay('2025-04-01'),
      touchpoints: toDay('2025-01-01'),
      firstTouch: toDay('2025-06-01'),
      invoices: toDay('2025-07-01'),
      subscriptions: toDay('2025-08-01'),
      pulses: toDay('2025-09-01'),
      contacts: true,
      seats: true,
      renewal: false,
    });
    const metrics = await world.unitOfWork.run((tx) => sources.metrics(tx));
    expect(metrics).toMatchObject([{ first: toDay('2025-10-01') }]);
  });

  it('is found without walking through all facts', async () => {
    const [{ id }] = await world.db.query(`SELECT id FROM steward.account`);
    const many = (table: string, columns: string, values: string) =>
      world.db.query(
        `INSERT INTO steward.${table} (account_id, observed_at, received_at, ${columns})
         SELECT $1, now(), now(), ${values} FROM generate_series(1, 3000) AS g`,
        [id],
      );
    const day = `date '2025-12-01' + g / 10`;
    await many(
      'ticket',
      'id, opened_at, opened_on, status, disagrees, closed_assumed',
      `'x' || g, now(), ${day}, 'open', false, false`,
    );
    await many(
      'survey_answer',
      'kind, id, answered_on, score, scale_min, scale_max',
      `'nps', 'x' || g, ${day}, 9, 0, 10`,
    );
    await many(
      'touchpoint',
      'id, kind, at, on_day, links, counts, contact_ids',
      `'x' || g, 'note', now(), ${day}, '[]', false, '{}'`,
    );
    await many('invoice', 'id, issued_on, amount_minor, currency, status', `'x' || g, ${day}, 1, 'EUR', 'open'`);
    await many('subscription', 'id, seat_based, starts_on', `'x' || g, true, ${day}`);
    await many('pulse', 'day, value, reasons', `date '2026-01-01' + g, 4, '{}'`);
    await many('metric_point', 'metric_id, day, value', `1, date '2026-01-01' + g, 4`);
    await world.db.query('ANALYZE');
    const walked: string[] = [];
    let asked = 0;
    await world.unitOfWork.run(async (tx) => {
      const connection = await (tx as unknown as { connect(): Promise<{ query: (...of: any[]) => any }> }).connect();
      const query = connection.query.bind(connection);
      jest.spyOn(connection, 'query').mockImplementation(async (statement) => {
        const explained = await query(`EXPLAIN (ANALYZE, FORMAT JSON) ${statement.text}`, statement.values);
        const collect = (node: any): void => {
          const rows = node['Actual Rows'] * node['Actual Loops'] + (node['Rows Removed by Filter'] ?? 0);
          if (node['Relation Name'] && rows > 100) walked.push(`${node['Node Type']} of ${node['Relation Name']}`);
          for (const inner of node.Plans ?? []) collect(inner);
        };
        for (const row of explained.rows) collect(row['QUERY PLAN'][0].Plan);
        asked += 1;
        return query(statement);
      });
      await sources.firstFactDays(tx);
      await sources.metrics(tx);
      jest.restoreAllMocks();
    });
    expect(asked).toBe(2);
    expect(walked).toEqual([]);
  });
});
