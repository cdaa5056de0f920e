import { MEMORY_VERSION } from '../../db/fact-memory.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { MetricPeriod } from '../../domain/values/fact-rows.js';
import { WorkspaceDays } from './workspace-days.js';

export type StoredAttributeType = 'text' | 'number' | 'date' | 'boolean';

/** What the batch needs to know about the workspace and the names it uses. */
export interface Names {
  days: WorkspaceDays;
  currency: string;
  ownEmailDomains: ReadonlySet<string>;
  backgroundEvents: string[];
  featureIds: Map<string, number>;
  metrics: Map<string, { id: number; period: MetricPeriod }>;
  /** `account:<key>` or `contact:<key>` → type. */
  attributes: Map<string, StoredAttributeType>;
  /** Lower-case e-mail address or full name → user; a name that two users bear is left out. */
  users: Map<string, string>;
  /** What may be remembered of earlier batches. */
  memoryVersion: string;
}

export interface NamesWanted {
  events: ReadonlySet<string>;
  features: ReadonlySet<string>;
  metrics: ReadonlyMap<string, MetricPeriod | null>;
  attributes: ReadonlyMap<string, StoredAttributeType>;
  people: ReadonlySet<string>;
}

/** Where only the workspace is asked about. */
export const NO_NAMES: NamesWanted = {
  events: new Set(),
  features: new Set(),
  metrics: new Map(),
  attributes: new Map(),
  people: new Set(),
};

interface Found {
  timeZone: string | null;
  currency: string | null;
  ownEmailDomains: string[] | null;
  background: string[];
  events: string[];
  features: { key: string; id: number }[];
  metrics: { key: string; id: number; period: MetricPeriod }[];
  attributes: { key: string; type: StoredAttributeType }[];
  users: { id: string; email: string; name: string }[];
  aliases: { text: string; id: string }[];
  memoryVersion: string;
}

const FIND = `
  SELECT w.time_zone AS "timeZone", w.currency, w.own_email_domains AS "ownEmailDomains",
    (SELECT COALESCE(json_agg(name ORDER BY name), '[]') FROM steward.event_name WHERE background) AS background,
    (SELECT COALESCE(json_agg(name), '[]') FROM steward.event_name WHERE name = ANY($1::text[])) AS events,
    (SELECT COALESCE(json_agg(json_build_object('key', key, 'id', id)), '[]')
       FROM steward.feature WHERE key = ANY($2::text[])) AS features,
    (SELECT COALESCE(json_agg(json_build_object('key', key, 'id', id, 'period', period)), '[]')
       FROM steward.metric_definition WHERE key = ANY($3::text[])) AS metrics,
    (SELECT COALESCE(json_agg(json_build_object('key', entity || ':' || key, 'type', type)), '[]')
       FROM steward.custom_attribute WHERE entity || ':' || key = ANY($4::text[])) AS attributes,
    (SELECT COALESCE(json_agg(json_build_object('id', id, 'email', lower(email), 'name', lower(full_name))), '[]')
       FROM steward.app_user WHERE lower(email) = ANY($5::text[]) OR lower(full_name) = ANY($5::text[])) AS users,
    (SELECT COALESCE(json_agg(json_build_object('text', text, 'id', user_id)), '[]')
       FROM steward.owner_alias WHERE text = ANY($5::text[])) AS aliases,
    ${MEMORY_VERSION} AS "memoryVersion"
  FROM (SELECT 1) one LEFT JOIN steward.workspace w ON w.id = 1`;

/**
 * Reads the workspace and looks the batch's names up; those seen for the first time are registered. Called before any
 * account-owned row is written, and in key order, so that two batches with the same new name wait and never deadlock.
 */
export async function learnNames(tx: Tx, wanted: NamesWanted, at: Date): Promise<Names> {
  const people = [...wanted.people].map((text) => text.toLowerCase());
  const parameters = [
    [...wanted.events],
    [...wanted.features],
    [...wanted.metrics.keys()],
    [...wanted.attributes.keys()],
    people,
  ];
  const find = async () => (await open(tx).prepared<Found>(FIND, parameters))[0]!;
  let found = await find();
  if (await registerMissing(tx, wanted, found, at)) found = await find();
  return {
    days: new WorkspaceDays(found.timeZone ?? 'UTC'),
    currency: found.currency ?? 'USD',
    ownEmailDomains: new Set((found.ownEmailDomains ?? []).map((domain) => domain.toLowerCase())),
    backgroundEvents: found.background,
    featureIds: new Map(found.features.map(({ key, id }) => [key, id])),
    metrics: new Map(found.metrics.map(({ key, id, period }) => [key, { id, period }])),
    attributes: new Map(found.attributes.map(({ key, type }) => [key, type])),
    users: usersByText(found),
    memoryVersion: found.memoryVersion,
  };
}

/** Addresses go before names, and what a person said a text means goes before both. */
function usersByText({ users, aliases }: Pick<Found, 'users' | 'aliases'>): Map<string, string> {
  const byText = new Map<string, string>();
  const shared = new Set<string>();
  for (const { id, name } of users) {
    if (byText.has(name)) shared.add(name);
    byText.set(name, id);
  }
  for (const name of shared) byText.delete(name);
  for (const { id, email } of users) byText.set(email, id);
  for (const { id, text } of aliases) byText.set(text, id);
  return byText;
}

/** `monthly_active users` → `Monthly active users`. */
function labelOf(key: string): string {
  const words = key.replaceAll(/[_-]+/g, ' ').trim() || key;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

async function registerMissing(tx: Tx, wanted: NamesWanted, found: Found, at: Date): Promise<boolean> {
  const { query } = open(tx);
  const missing = (keys: Iterable<string>, known: Iterable<string>) => {
    const seen = new Set(known);
    return [...keys].filter((key) => !seen.has(key)).sort();
  };
  const attributes = missing(
    wanted.attributes.keys(),
    found.attributes.map(({ key }) => key),
  );
  if (attributes.length > 0) {
    const parts = attributes.map((key) => [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)] as const);
    await query(
      `INSERT INTO steward.custom_attribute (entity, key, label, type, created_at)
       SELECT entity, key, label, type, $5 FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS i(entity, key, label, type)
       ORDER BY entity, key ON CONFLICT DO NOTHING`,
      [
        parts.map(([entity]) => entity),
        parts.map(([, key]) => key),
        parts.map(([, key]) => labelOf(key)),
        attributes.map((key) => wanted.attributes.get(key)),
        at,
      ],
    );
  }
  const events = missing(wanted.events, found.events);
  if (events.length > 0) {
    await query(
      `INSERT INTO steward.event_name (name, background, created_at)
       SELECT name, false, $2 FROM unnest($1::text[]) AS i(name) ORDER BY name ON CONFLICT DO NOTHING`,
      [events, at],
    );
  }
  const features = missing(
    wanted.features,
    found.features.map(({ key }) => key),
  );
  if (features.length > 0) {
    await query(
      `INSERT INTO steward.feature (key, label, tracked, created_at)
       SELECT key, label, true, $3 FROM unnest($1::text[], $2::text[]) AS i(key, label)
       ORDER BY key ON CONFLICT DO NOTHING`,
      [features, features.map(labelOf), at],
    );
  }
  const metrics = missing(
    wanted.metrics.keys(),
    found.metrics.map(({ key }) => key),
  );
  if (metrics.length > 0) {
    await query(
      `INSERT INTO steward.metric_definition (key, label, period, created_at)
       SELECT key, label, period, $4 FROM unnest($1::text[], $2::text[], $3::text[]) AS i(key, label, period)
       ORDER BY key ON CONFLICT DO NOTHING`,
      [metrics, metrics.map(labelOf), metrics.map((key) => wanted.metrics.get(key) ?? 'day'), at],
    );
  }
  return attributes.length + events.length + features.length + metrics.length > 0;
}
