/**
 * A large made-up company written straight into the fact tables, in random (arrival) order: what the pipeline is
 * measured on. Everything derives from hashes, so that the same options give the same facts.
 */
export interface LedgerOptions {
  accounts: number;
  contactsPerAccount: number;
  /** Days of usage that end on `asOf`. */
  usageDays: number;
  features: number;
  /** ISO day. */
  asOf: string;
}

export interface Database {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

/** Months of the usage, first days, oldest first. */
export function usageMonths({ asOf, usageDays }: Pick<LedgerOptions, 'asOf' | 'usageDays'>): string[] {
  const first = new Date(Date.parse(asOf) - (usageDays - 1) * 86_400_000).toISOString().slice(0, 7);
  const months: string[] = [];
  for (let month = first; month <= asOf.slice(0, 7); ) {
    months.push(`${month}-01`);
    const next = new Date(`${month}-01T00:00:00Z`);
    next.setUTCMonth(next.getUTCMonth() + 1);
    month = next.toISOString().slice(0, 7);
  }
  return months;
}

const accountId = (index: string) => `md5('account' || ${index})::uuid`;
const contactId = (account: string, contact: string) => `md5('contact' || ${account} || '-' || ${contact})::uuid`;
/** A number in [0, 1) from text. */
const chance = (text: string) => `((hashtext(${text}) & 65535) / 65536.0)`;

/** Fills accounts, contacts, usage, and a few rows of every other fact. Partitions must exist. */
export async function generateLedger(database: Database, options: LedgerOptions): Promise<void> {
  const { accounts, contactsPerAccount, features, asOf } = options;
  const at = `'${asOf}T12:00:00Z'::timestamptz`;
  const everyAccount = `generate_series(1, ${accounts}) AS i`;
  const fill = (sql: string) => database.query(sql);

  await fill(`INSERT INTO steward.account (id, external_id, name, industry, country, plan, seats, currency, arr_minor,
      customer_since, renewal_date, status, tags, attributes, first_seen_on, revision, created_at, updated_at)
    SELECT ${accountId('i')}, 'A-' || i, 'Account ' || i, (ARRAY['Retail','Health','Finance','Software'])[1 + i % 4],
      (ARRAY['DE','US','FR','GB'])[1 + i % 4], (ARRAY['basic','pro','enterprise'])[1 + i % 3],
      ${contactsPerAccount} + i % 9, 'USD', (power(10, 4 + 2 * ${chance(`'arr' || i`)}) * 100)::bigint,
      '${asOf}'::date - (10 + i % 900), '${asOf}'::date + (i % 365), CASE WHEN i % 40 = 0 THEN 'churned' ELSE 'customer' END,
      '{}', '{}', '${asOf}', 1, ${at}, ${at}
    FROM ${everyAccount} ORDER BY random()`);
  await fill(`INSERT INTO steward.account_field (account_id, field, from_day, value, source, observed_at)
    SELECT a.id, f.field, '${asOf}'::date - 400, f.value, 'account', ${at}
    FROM steward.account a CROSS JOIN LATERAL (VALUES ('name', to_jsonb(a.name)), ('industry', to_jsonb(a.industry)),
      ('country', to_jsonb(a.country)), ('plan', to_jsonb(a.plan)), ('seats', to_jsonb(a.seats)),
      ('status', to_jsonb(a.status)), ('renewal_date', to_jsonb(a.renewal_date)),
      ('customer_since', to_jsonb(a.customer_since)), ('arr_minor', to_jsonb(a.arr_minor))) AS f (field, value)
    ORDER BY random()`);
  await fill(`INSERT INTO steward.contact (account_id, id, external_id, email, name, role, is_primary, internal, attributes,
      observed_at, created_at)
    SELECT ${accountId('i')}, ${contactId('i', 'c')}, 'C-' || i || '-' || c, 'c' || c || '@a' || i || '.example',
      'Contact ' || c, CASE WHEN c = 1 THEN 'champion' END, c = 1, false, '{}', ${at}, ${at}
    FROM ${everyAccount}, generate_series(1, ${contactsPerAccount}) AS c ORDER BY random()`);
  await fill(`INSERT INTO steward.feature (key, label, tracked, created_at)
    SELECT 'feature-' || f, 'Feature ' || f, true, ${at} FROM generate_series(1, ${features}) f ON CONFLICT DO NOTHING`);

  for (const month of usageMonths(options)) {
    // Active days: two hashes ANDed thin the bits out, a third of the contacts are inactive in the month.
    const bitmap = (text: string) =>
      `(hashtext(${text} || '${month}') & hashtext('x' || ${text} || '${month}') & 2147483647)`;
    const mask = `((1::bigint << least(31, greatest(0, '${asOf}'::date - '${month}'::date + 1))) - 1)::int`;
    await fill(`INSERT INTO steward.usage_contact_month (account_id, month, contact_id, days)
      SELECT ${accountId('i')}, '${month}', ${contactId('i', 'c')}, ${bitmap(`'u' || i || '-' || c`)} & ${mask}
      FROM ${everyAccount}, generate_series(1, ${contactsPerAccount}) AS c
      WHERE ${chance(`'active' || i || '-' || c || '${month}'`)} < 0.7 ORDER BY random()`);
    await fill(`INSERT INTO steward.usage_feature_month (account_id, month, feature_id, days)
      SELECT ${accountId('i')}, '${month}', f, ${bitmap(`'f' || i || '-' || f`)} & ${mask}
      FROM ${everyAccount}, generate_series(1, ${features}) AS f
      WHERE ${chance(`'uses' || i || '-' || f`)} < 0.3 ORDER BY random()`);
    await fill(`INSERT INTO steward.usage_event_month (account_id, month, counts)
      SELECT ${accountId('i')}, '${month}',
        ARRAY(SELECT CASE WHEN '${month}'::date + d - 1 <= '${asOf}'::date
          THEN (50 * ${chance(`'e' || i || '-' || d || '${month}'`)})::int ELSE 0 END FROM generate_series(1, 31) d)
      FROM ${everyAccount} ORDER BY random()`);
  }

  await fill(`INSERT INTO steward.subscription (account_id, id, plan, quantity, seat_based, mrr_minor, currency, starts_on,
      ends_on, term_months, auto_renew, observed_at, received_at)
    SELECT a.id, 'S-1', a.plan, a.seats, true, a.arr_minor / 12, 'USD', a.customer_since, a.renewal_date, 12, false, ${at}, ${at}
    FROM steward.account a ORDER BY random()`);
  await fill(`INSERT INTO steward.invoice (account_id, id, issued_on, due_on, amount_minor, currency, status, paid_on,
      observed_at, received_at)
    SELECT a.id, 'I-' || n, '${asOf}'::date - 30 * n, '${asOf}'::date - 30 * n + 14, a.arr_minor / 12, 'USD',
      CASE WHEN ${chance(`a.external_id || n`)} < 0.95 THEN 'paid' ELSE 'open' END,
      CASE WHEN ${chance(`a.external_id || n`)} < 0.95 THEN '${asOf}'::date - 30 * n + 10 END, ${at}, ${at}
    FROM steward.account a, generate_series(1, 4) n ORDER BY random()`);
  await fill(`INSERT INTO steward.ticket (account_id, id, opened_at, opened_on, closed_at, closed_on, priority, status,
      resolution_hours, satisfaction, satisfaction_min, satisfaction_max, disagrees, closed_assumed, observed_at, received_at)
    SELECT a.id, 'T-' || n, ${at} - n * interval '13 days', '${asOf}'::date - n * 13, ${at} - n * interval '12 days',
      '${asOf}'::date - n * 12, (ARRAY['urgent','high','normal','low'])[1 + abs(hashtext(a.external_id || n)) % 4], 'closed',
      24, 4, 1, 5, false, false, ${at}, ${at}
    FROM steward.account a, generate_series(1, 6) n WHERE ${chance(`'t' || a.external_id || n`)} < 0.5 ORDER BY random()`);
  await fill(`INSERT INTO steward.survey_answer (account_id, kind, id, answered_on, score, scale_min, scale_max, contact_id,
      observed_at, received_at)
    SELECT c.account_id, 'nps', c.external_id, '${asOf}'::date - abs(hashtext(c.external_id)) % 300,
      abs(hashtext('n' || c.external_id)) % 11, 0, 10, c.id, ${at}, ${at}
    FROM steward.contact c WHERE ${chance(`'s' || c.external_id`)} < 0.15 ORDER BY random()`);
  await fill(`INSERT INTO steward.touchpoint (account_id, id, kind, at, on_day, text, links, counts, contact_ids,
      observed_at, received_at)
    SELECT a.id, 'P-' || n, 'call', ${at} - (n * 11 || ' days')::interval, '${asOf}'::date - n * 11, 'Call', '[]', true,
      '{}', ${at}, ${at}
    FROM steward.account a, generate_series(1, 8) n WHERE ${chance(`'p' || a.external_id || n`)} < 0.5 ORDER BY random()`);
  await fill(`INSERT INTO steward.pulse (account_id, day, value, reasons, observed_at, received_at)
    SELECT a.id, '${asOf}'::date - abs(hashtext(a.external_id)) % 60, 1 + abs(hashtext(a.external_id)) % 6, '{}', ${at}, ${at}
    FROM steward.account a WHERE ${chance(`'q' || a.external_id`)} < 0.4 ORDER BY random()`);
  for (const key of ['account', 'contact', 'event', 'subscription', 'invoice', 'ticket', 'survey', 'touchpoint', 'pulse']) {
    await database.query(
      `INSERT INTO steward.source (key, fact_kind, label, covers, first_fact_day, last_received_at, created_at)
       VALUES ($1, $1, $1, $2, $3::date - 400, $4, $4) ON CONFLICT DO NOTHING`,
      [key, key === 'event' ? 'seen' : 'all', asOf, `${asOf}T12:00:00Z`],
    );
  }
  await fill('ANALYZE');
}
