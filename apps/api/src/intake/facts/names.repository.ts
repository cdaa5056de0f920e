import { MEMORY_VERSION } from '../../db/fact-memory.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { MetricPeriod } from '../../domain/values/fact-rows.js';
import { registerNames } from './new-names.repository.js';
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
  const missing = {
    attributes: notAmong(wanted.attributes, keysOf(found.attributes)),
    events: notAmong(wanted.events, found.events),
    features: notAmong(wanted.features, keysOf(found.features)),
    metrics: notAmong(wanted.metrics, keysOf(found.metrics)),
  };
  if (Object.values(missing).some(({ length }) => length > 0)) {
    await registerNames(tx, missing, wanted, at);
    found = await find();
  }
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

const keysOf = (rows: readonly { key: string }[]) => rows.map(({ key }) => key);

/** Sorted: two batches with the same new name wait for each other and never deadlock. */
function notAmong(wanted: { keys(): Iterable<string> }, known: Iterable<string>): string[] {
  const seen = new Set(known);
  return [...wanted.keys()].filter((key) => !seen.has(key)).sort();
}
