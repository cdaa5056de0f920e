import { open, type Tx } from '../../db/unit-of-work.js';
import type { MetricPeriod } from '../../domain/values/fact-rows.js';

/** Names that are used for the first time, each kind in key order. */
export interface NewNames {
  /** `account:<key>` or `contact:<key>`. */
  attributes: readonly string[];
  events: readonly string[];
  features: readonly string[];
  metrics: readonly string[];
}

/** Gives new names their rows, with a label that people may change; whoever was first wins. */
export async function registerNames(
  tx: Tx,
  { attributes, events, features, metrics }: NewNames,
  wanted: { attributes: ReadonlyMap<string, string>; metrics: ReadonlyMap<string, MetricPeriod | null> },
  at: Date,
): Promise<void> {
  if (attributes.length > 0) await registerAttributes(tx, attributes, wanted.attributes, at);
  if (events.length > 0) await open(tx).query(EVENTS, [events, at]);
  if (features.length > 0) await open(tx).query(FEATURES, [features, features.map(labelOf), at]);
  if (metrics.length > 0) {
    const periods = metrics.map((key) => wanted.metrics.get(key) ?? 'day');
    await open(tx).query(METRICS, [metrics, metrics.map(labelOf), periods, at]);
  }
}

const ATTRIBUTES = `
  INSERT INTO steward.custom_attribute (entity, key, label, type, created_at)
  SELECT entity, key, label, type, $5 FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS i(entity, key, label, type)
  ORDER BY entity, key ON CONFLICT DO NOTHING`;

const EVENTS = `
  INSERT INTO steward.event_name (name, background, created_at)
  SELECT name, false, $2 FROM unnest($1::text[]) AS i(name) ORDER BY name ON CONFLICT DO NOTHING`;

const FEATURES = `
  INSERT INTO steward.feature (key, label, tracked, created_at)
  SELECT key, label, true, $3 FROM unnest($1::text[], $2::text[]) AS i(key, label) ORDER BY key ON CONFLICT DO NOTHING`;

const METRICS = `
  INSERT INTO steward.metric_definition (key, label, period, created_at)
  SELECT key, label, period, $4 FROM unnest($1::text[], $2::text[], $3::text[]) AS i(key, label, period)
  ORDER BY key ON CONFLICT DO NOTHING`;

async function registerAttributes(
  tx: Tx,
  attributes: readonly string[],
  types: ReadonlyMap<string, string>,
  at: Date,
): Promise<void> {
  const parts = attributes.map((key) => [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)] as const);
  await open(tx).query(ATTRIBUTES, [
    parts.map(([entity]) => entity),
    parts.map(([, key]) => key),
    parts.map(([, key]) => labelOf(key)),
    attributes.map((key) => types.get(key)),
    at,
  ]);
}

/** `monthly_active users` → `Monthly active users`. */
function labelOf(key: string): string {
  const words = key.replaceAll(/[_-]+/g, ' ').trim() || key;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
