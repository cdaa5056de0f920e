import { type EventSql, personBy, type TimelineParameters } from './event-sql.js';

const BAND = (column: string) => `CASE ${column} WHEN 'at_risk' THEN 'at risk' ELSE ${column} END`;
const RANK = (column: string) => `array_position(ARRAY['at_risk', 'watch', 'healthy'], ${column})`;

/** What the pipeline computed: bands, stages, tiers and segments, where they changed. */
export function eventsOfPipeline({ account, day, userId, labels }: TimelineParameters): EventSql[] {
  const label = (key: string) => `coalesce(${labels} ->> ${key}, ${key})`;
  const move = (what: 'stage' | 'tier'): EventSql => ({
    kind: what,
    from: `steward.${what}_move f ${personBy('f.by_user_id')}`,
    where: `f.account_id = ${account}`,
    id: 'f.id::text',
    what: 'f.reason',
    at: 'f.created_at',
    day: 'f.moved_on',
    title: `'${what === 'stage' ? 'Stage' : 'Tier'}: ' || coalesce(${label(`f.from_${what}`)} || ' → ', '') || ${label(`f.to_${what}`)}`,
    text: 'f.note',
    byId: 'u.id',
    byName: 'u.full_name',
  });
  return [
    {
      kind: 'health',
      from: `(SELECT n.account_id, n.day, n.band, n.score, lag(n.band) OVER w AS was, lag(n.score) OVER w AS score_was
        FROM steward.account_snapshot n WHERE n.account_id = ${account} AND n.day <= ${day} AND n.band IS NOT NULL
        WINDOW w AS (ORDER BY n.day)) f`,
      where: 'f.was IS NOT NULL AND f.was <> f.band',
      id: 'f.day::text',
      what: `CASE WHEN f.band = 'unknown' THEN 'unknown' WHEN f.was = 'unknown' THEN 'known'
        WHEN ${RANK('f.band')} > ${RANK('f.was')} THEN 'up' ELSE 'down' END`,
      at: null,
      day: 'f.day',
      title: `'Health: ' || ${BAND('f.was')} || coalesce(' (' || floor(f.score_was) || ')', '') || ' → ' || ${BAND('f.band')}
        || coalesce(' (' || floor(f.score) || ')', '')`,
    },
    move('stage'),
    move('tier'),
    {
      kind: 'segment',
      from: 'steward.segment_event f JOIN steward.segment g ON g.id = f.segment_id',
      // What a rule found when it was made is nobody's coming or going.
      where: `f.account_id = ${account} AND g.of = 'account' AND (f.kind = 'left' OR f.how = 'rule')
        AND (g.visibility = 'shared' OR g.owner_user_id = ${userId}::uuid)`,
      id: 'f.id::text',
      what: 'f.kind',
      at: 'f.at',
      day: 'f.day',
      title: `CASE f.kind WHEN 'entered' THEN 'Entered ' ELSE 'Left ' END || g.name`,
      subjectId: 'g.id',
    },
  ];
}
