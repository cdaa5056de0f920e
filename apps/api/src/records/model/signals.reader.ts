import { Injectable } from '@nestjs/common';
import type { OwnSignal } from '@steward/shared/signals';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type ErrorDetail, InvalidInput } from '../../platform/errors/app-error.js';

/** All that may name a signal, and how it is called. */
const READERS = `
  SELECT 'tiers' AS used, body FROM steward.tier_set_version WHERE state = 'published'
  UNION ALL SELECT 'stages', body FROM steward.stage_set_version WHERE state = 'published'
  UNION ALL SELECT p.name, v.body FROM steward.health_profile_version v
    JOIN steward.health_profile p ON p.id = v.profile_id WHERE v.state = 'published'
  UNION ALL SELECT 'the draft of ' || coalesce(p.name, d.part), d.body FROM steward.model_draft d
    LEFT JOIN steward.health_profile p ON p.id::text = d.subject WHERE d.body IS NOT NULL
  UNION ALL SELECT CASE visibility WHEN 'shared' THEN 'segment ' || name ELSE 'a private segment' END,
    jsonb_build_array(rule, columns, sort) FROM steward.segment
  UNION ALL SELECT 'alert rule ' || name, jsonb_build_array(rule, clear_rule,
      regexp_split_to_array(reason, '\\s*[{}]+\\s*')) FROM steward.alert_rule
  UNION ALL SELECT 'playbook ' || name, jsonb_build_array(definition->'target',
      jsonb_path_query_array(definition, '$.tasks[*].completesWhen'))
    FROM steward.playbook WHERE deleted_at IS NULL`;

/** What stands around an own signal: the facts that it reads, and who reads it. */
@Injectable()
export class SignalsReader {
  /** A signal over a metric or an attribute that the workspace does not have would never have a value. */
  async mustRead(tx: Tx, { compute }: Pick<OwnSignal, 'compute'>): Promise<void> {
    const { metrics, attributes } = await this.known(tx);
    const leaves =
      compute.source === 'ratio'
        ? ([
            ['compute.of', compute.of],
            ['compute.over', compute.over],
          ] as const)
        : ([['compute', compute]] as const);
    const details = leaves.flatMap(([path, leaf]): ErrorDetail[] => {
      if (leaf.source === 'metric' && !metrics.includes(leaf.metric)) {
        return [{ path: `${path}.metric`, code: 'UNKNOWN_METRIC', message: `there is no metric ${leaf.metric}` }];
      }
      if (leaf.source === 'attribute' && !attributes.includes(leaf.attribute)) {
        return [
          { path: `${path}.attribute`, code: 'UNKNOWN_ATTRIBUTE', message: `there is no attribute ${leaf.attribute}` },
        ];
      }
      return [];
    });
    const [first] = details;
    if (first) throw new InvalidInput(`${first.path}: ${first.message}`, details, 'SIGNAL_NOT_VALID');
  }

  /** Where drafts, published versions, segments, rules of alerts and playbooks name a signal. A private segment keeps its name. */
  async uses(tx: Tx, key: string): Promise<string[]> {
    const rows = await open(tx).query<{ used: string }>(
      `SELECT DISTINCT used FROM (${READERS}) bodies
       WHERE jsonb_path_exists(body, '$.** ? (@ == $key)', jsonb_build_object('key', $1::text)) ORDER BY used`,
      [key],
    );
    return rows.map(({ used }) => used);
  }

  /** The same for all signals at once. */
  async usesOfAll(tx: Tx): Promise<{ key: string; usedBy: string[] }[]> {
    return open(tx).query(
      `WITH named AS (
         SELECT DISTINCT text #>> '{}' AS key, used
         FROM (${READERS}) bodies, jsonb_path_query(body, 'strict $.** ? (@.type() == "string")') AS text)
       SELECT s.key, coalesce(array_agg(n.used ORDER BY n.used) FILTER (WHERE n.used IS NOT NULL), '{}') AS "usedBy"
       FROM steward.signal_definition s LEFT JOIN named n ON n.key = s.key GROUP BY s.key ORDER BY s.key`,
    );
  }

  private async known(tx: Tx): Promise<{ metrics: string[]; attributes: string[] }> {
    const [row] = await open(tx).query<{ metrics: string[]; attributes: string[] }>(
      `SELECT ARRAY(SELECT key FROM steward.metric_definition) AS metrics,
         ARRAY(SELECT key FROM steward.custom_attribute WHERE entity = 'account') AS attributes`,
    );
    return row ?? { metrics: [], attributes: [] };
  }
}
