import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { TimelineKind } from '@steward/shared/timeline';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';
import { type EventSql, eventSelect, type TimelineParameters } from './event-sql.js';
import { eventsOfFacts } from './events-of-facts.js';
import { eventsOfPeople } from './events-of-people.js';
import { eventsOfPipeline } from './events-of-pipeline.js';

/** Where a page ends: to the microsecond, as the database has it. */
export interface TimelineKey {
  at: string;
  id: string;
}

export interface TimelineQuestion {
  accountId: string;
  day: IsoDay;
  timeZone: string;
  userId: string | null;
  /** Labels of tiers and stages by key. */
  labels: Record<string, string>;
  /** Null: all. */
  kinds: readonly TimelineKind[] | null;
  text: string;
}

export interface StoredEntry {
  id: string;
  kind: TimelineKind;
  what: string;
  key: string;
  at: Date;
  day: IsoDay;
  dayOnly: boolean;
  title: string;
  text: string | null;
  byId: string | null;
  byName: string | null;
  with: string[];
  subjectId: string | null;
  links: string[] | null;
  amountMinor: number | null;
  currency: string | null;
}

const ENTRY = `e.id, e.kind, e.what, e.at, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS key, e.day,
  e.day_only AS "dayOnly", e.title, e.text, e.by_id AS "byId", e.by_name AS "byName", e.with_names AS "with",
  e.subject_id AS "subjectId", e.links, e.amount_minor AS "amountMinor", e.currency`;
const NEWEST_FIRST = 'ORDER BY e.at DESC, e.id COLLATE "C" DESC';

/** Text as it is: signs of patterns mean themselves. */
function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

@Injectable()
export class TimelineRepository {
  async isVisible(tx: Tx, scope: Scope, accountId: string): Promise<boolean> {
    const { bind, values } = new Binder();
    const rows = await open(tx).query(
      `SELECT 1 FROM steward.account a WHERE a.id = ${bind(accountId)} AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return rows.length > 0;
  }

  /** The newest entries before a key, one statement for all kinds. */
  page(tx: Tx, question: TimelineQuestion, before: TimelineKey | null, limit: number): Promise<StoredEntry[]> {
    const { bind, values, events, parameters, found } = opened(question);
    const rest =
      before === null ? '' : ` AND (e.at, e.id COLLATE "C") < (${bind(before.at)}::timestamptz, ${bind(before.id)})`;
    const most = bind(limit);
    // Each kind gives at most a page, so that a long history of one costs the others nothing.
    const parts = events.map(
      (event) =>
        `(SELECT e.* FROM (${eventSelect(event, parameters)}) e WHERE ${found}${rest} ${NEWEST_FIRST} LIMIT ${most})`,
    );
    return open(tx).query(
      `SELECT ${ENTRY} FROM (${parts.join(' UNION ALL ')}) e ${NEWEST_FIRST} LIMIT ${most}`,
      values,
    );
  }

  async counts(tx: Tx, question: TimelineQuestion): Promise<Partial<Record<TimelineKind, number>>> {
    const { values, events, parameters, found } = opened({ ...question, kinds: null });
    const parts = events.map(
      (event) =>
        `SELECT '${event.kind}' AS kind, count(*)::int AS entries FROM (${eventSelect(event, parameters)}) e WHERE ${found}`,
    );
    const rows = await open(tx).query<{ kind: TimelineKind; entries: number }>(
      `SELECT kind, sum(entries)::int AS entries FROM (${parts.join(' UNION ALL ')}) c GROUP BY kind HAVING sum(entries) > 0`,
      values,
    );
    return Object.fromEntries(rows.map(({ kind, entries }) => [kind, entries]));
  }
}

interface Opened {
  bind: (value: unknown) => string;
  values: readonly unknown[];
  events: EventSql[];
  parameters: TimelineParameters;
  /** What an entry `e` must meet. */
  found: string;
}

function opened({ accountId, day, timeZone, userId, labels, kinds, text }: TimelineQuestion): Opened {
  const { bind, values } = new Binder();
  const parameters: TimelineParameters = {
    account: `${bind(accountId)}::uuid`,
    day: `${bind(day)}::date`,
    timeZone: `${bind(timeZone)}::text`,
    userId: bind(userId),
    labels: `${bind(JSON.stringify(labels))}::jsonb`,
  };
  const all = [...eventsOfFacts(parameters), ...eventsOfPeople(parameters), ...eventsOfPipeline(parameters)];
  const events = all.filter(({ kind }) => kinds === null || kinds.includes(kind));
  const pattern = text === '' ? null : bind(containing(text));
  const words = `concat_ws(' ', e.title, e.text, e.by_name, array_to_string(e.with_names, ' '))`;
  // Parameters that no kind asked for names are named here.
  const named = `(${parameters.userId}::uuid IS NULL OR ${parameters.labels} IS NOT NULL)`;
  const found = `e.day <= ${parameters.day} AND ${named}${pattern === null ? '' : ` AND ${words} ILIKE ${pattern}`}`;
  return { bind, values, events, parameters, found };
}
