import type { Rule } from '@steward/shared/rules';
import type { SegmentOf } from '@steward/shared/segments';
import { NIL } from 'uuid';
import { Binder } from '../../db/rules/binder.js';
import type { Catalogue } from '../../db/rules/bindings.js';
import { compileRules } from '../../db/rules/compile-rule.js';
import { CONTACTS_OF_ANY_DAY, contactCatalogue, contactsKnown } from '../../db/rules/contact-fields.js';
import type { RuleContext } from '../../db/rules/rule-scope.js';
import { dayNumber } from '../../db/sql-days.js';
import { alsoInBatch, anyBatch, type Batch, type BatchText, inBatch } from '../batch.js';
import type { DayOfSegments } from './day-of-segments.js';
import type { SegmentPart } from './segment-parts.js';

/** What the rules of a part say of a day, held against the members that are stored: the same text for all batches. */
export function differencesSql(
  part: SegmentPart,
  day: DayOfSegments,
  tellsSteady: boolean,
  kind: Batch['kind'],
): BatchText {
  const binder = new Binder();
  const { bind } = binder;
  const batch = anyBatch(kind);
  const rules = part.segments.map(({ rule }) => rule);
  const now =
    rules.length === 0
      ? NOBODY
      : holdingSql(rules, day.model.catalogue, part.of, day.context, binder, batch, tellsSteady);
  const asOf = `${bind(day.iso)}::date`;
  const others = `segment_id <> ALL(${bind([...part.others])}::uuid[])`;
  // Of days past only: who is kept out since today was not kept out then.
  const setBy =
    day.context.kind === 'past' ? `AND (x.created_at AT TIME ZONE ${bind(day.timeZone)})::date <= ${asOf}` : '';
  const who = part.of === 'contact' ? `contact_id <> '${NIL}'` : `contact_id = '${NIL}'`;
  const sql = `WITH now AS MATERIALIZED (${now}),
     held AS (
       SELECT account_id, (${bind(part.segments.map(({ id }) => id))}::uuid[])[place + 1] AS segment_id, contact_id, TRUE AS holds
       FROM (SELECT account_id, contact_id, unnest(holding) AS place FROM now WHERE holding <> '{}') AS each),
     allowed AS (
       SELECT * FROM held WHERE (account_id, segment_id) NOT IN (
         SELECT x.account_id, x.segment_id FROM steward.segment_exclusion x
         WHERE (x.until_day IS NULL OR x.until_day >= ${asOf}) ${setBy} AND ${inBatch(batch, 'x.account_id', bind)})),
     member AS (
       SELECT account_id, segment_id, contact_id, since_day, entered_at, how FROM steward.segment_member
       WHERE ${inBatch(batch, 'account_id', bind)} AND ${who} AND ${others}),
     event AS (
       SELECT account_id, segment_id, contact_id, bool_or(kind = 'entered') AS entered,
         max(since_day) FILTER (WHERE kind = 'left') AS left_since, max(since_at) FILTER (WHERE kind = 'left') AS left_at,
         max(how) FILTER (WHERE kind = 'left') AS left_how
       FROM steward.segment_event
       WHERE ${inBatch(batch, 'account_id', bind)} AND day = ${asOf} AND ${who} AND ${others} GROUP BY 1, 2, 3)
     SELECT account_id, segment_id, contact_id, coalesce(holds, FALSE) AS holds, ${dayNumber('since_day')} AS since,
       entered_at AS at, how, coalesce(entered, FALSE) AS entered, ${dayNumber('left_since')} AS left_since, left_at,
       left_how, NULL::int AS steady_through
     FROM allowed FULL JOIN member USING (account_id, segment_id, contact_id)
       FULL JOIN event USING (account_id, segment_id, contact_id)
     WHERE holds IS NULL OR since_day IS NULL OR entered IS NOT NULL OR (since_day = ${asOf} AND how = 'rule')
     ${tellsSteady ? `UNION ALL ${steadySql(batch, asOf, binder)}` : ''}`;
  return { sql, values: binder.values };
}

/** Nothing is settled for longer. */
const MOST_DAYS_AHEAD = 400;

/** Accounts whose contacts stay as they are beyond the day. Whoever is kept out by hand comes back on a day of its own. */
function steadySql(batch: Batch, asOf: string, { bind }: Binder): string {
  return `SELECT account_id, NULL, NULL, FALSE, NULL, NULL, NULL, FALSE, NULL, NULL, NULL,
      ${dayNumber(`coalesce(min(steady_through), ${asOf} + ${MOST_DAYS_AHEAD})`)}
    FROM now WHERE account_id NOT IN (
      SELECT x.account_id FROM steward.segment_exclusion x
      WHERE (x.until_day IS NULL OR x.until_day >= ${asOf}) AND ${inBatch(batch, 'x.account_id', bind)})
    GROUP BY account_id HAVING coalesce(min(steady_through) > ${asOf}, TRUE)`;
}

const NOBODY = `SELECT NULL::uuid AS account_id, NULL::uuid AS contact_id, '{}'::int[] AS holding WHERE FALSE`;

/** A row for each account of the batch, or for each of their contacts, with the places of the rules that hold. */
function holdingSql(
  rules: readonly Rule[],
  fields: Catalogue,
  of: SegmentOf,
  context: RuleContext,
  binder: Binder,
  batch: Batch,
  tellsSteady = false,
): string {
  const catalogue = of === 'contact' ? contactCatalogue(fields) : fields;
  const gathers = of === 'contact';
  const compiled = compileRules(rules, { catalogue, context, binder, of, reader: null, gathers, tellsSteady });
  const also = (column: string) => alsoInBatch(batch, column, binder.bind);
  const asOf = () => `${binder.bind(context.day)}::date`;
  const account = compiled.readsAccount ? `JOIN steward.account a ON a.id = s.account_id ${also('a.id')}` : '';
  // Contacts that are seen later turn what is known of the account, on the day that they are.
  const known = () => (tellsSteady ? CONTACTS_OF_ANY_DAY : contactsKnown(asOf()));
  const contact = of === 'contact' ? `JOIN steward.contact x ON ${known()} ${also('x.account_id')}` : '';
  const { sql, steadiness } = compiled;
  const holding = steadiness
    ? `CASE WHEN x.first_seen > ${asOf()} THEN '{}' ELSE ${sql} END AS holding, ${steadiness.through} AS steady_through`
    : `${sql} AS holding`;
  const found = `SELECT s.account_id, ${of === 'contact' ? 'x.id' : `'${NIL}'::uuid`} AS contact_id, ${holding}`;
  if (context.kind === 'past' && batch.kind === 'list') {
    // A few accounts of a day are found by their key: what is known of the newest days lets a scan of the day look cheaper.
    return `${found} FROM unnest(${binder.bind([...batch.ids])}::uuid[]) AS u (id)
      CROSS JOIN LATERAL (SELECT * FROM steward.account_snapshot n WHERE n.account_id = u.id AND n.day = ${asOf()} OFFSET 0) AS s
      ${account} ${contact} ${compiled.gathered}`;
  }
  const table = context.kind === 'past' ? 'account_snapshot' : 'account_state';
  return `${found} FROM steward.${table} s ${account} ${contact} ${compiled.gathered}
    WHERE ${inBatch(batch, 's.account_id', binder.bind)} ${context.kind === 'past' ? `AND s.day = ${asOf()}` : ''}`;
}
