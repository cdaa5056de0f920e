import { Injectable } from '@nestjs/common';
import { type Stage, type StageSetBody, stageSetBodySchema } from '@steward/shared/lifecycle';
import { type SignalDefinition, signalDefinitionSchema } from '@steward/shared/signals';
import { type Tier, type TierSetBody, tierSetBodySchema } from '@steward/shared/tiers';
import { DEFAULT_STAGE_SET } from '../../domain/lifecycle/defaults.js';
import { BUILT_IN_SIGNALS } from '../../domain/signals/built-in.js';
import { DEFAULT_TIER_SET } from '../../domain/tiers/defaults.js';
import { open, type Tx } from '../unit-of-work.js';
import type { Catalogue, CustomAttribute } from './bindings.js';
import { buildCatalogue } from './build-catalogue.js';

/** What of the model the catalogue rests on, as it is now. */
export interface PublishedModel {
  catalogue: Catalogue;
  signals: readonly SignalDefinition[];
  tiers: readonly Tier[];
  stages: readonly Stage[];
  /** The stage of accounts that have churned. */
  churnedStage: string;
}

interface Row {
  currency: string | null;
  timeZone: string | null;
  signals: unknown[];
  attributes: (CustomAttribute & { entity: string })[];
  tiers: TierSetBody | null;
  stages: StageSetBody | null;
  features: { key: string; id: number }[];
  users: { id: string; name: string; acts: boolean }[];
  playbooks: { id: string; name: string }[];
}

/** The workspace's field catalogue, from its signals, attributes, published tiers and stages, people and playbooks. */
@Injectable()
export class CatalogueReader {
  async model(tx: Tx): Promise<PublishedModel> {
    const [row] = await open(tx).query<Row>(
      `SELECT (SELECT currency FROM steward.workspace WHERE id = 1) AS currency,
         (SELECT time_zone FROM steward.workspace WHERE id = 1) AS "timeZone",
         (SELECT coalesce(jsonb_agg(jsonb_build_object('key', key, 'id', id)), '[]') FROM steward.feature) AS features,
         (SELECT coalesce(jsonb_agg(body ORDER BY number), '[]') FROM steward.signal_definition
          WHERE NOT built_in AND retired_at IS NULL) AS signals,
         (SELECT coalesce(jsonb_agg(
            jsonb_build_object('entity', entity, 'key', key, 'label', label, 'type', type) ORDER BY label), '[]')
          FROM steward.custom_attribute WHERE entity IN ('account', 'contact')) AS attributes,
         (SELECT body FROM steward.tier_set_version WHERE state = 'published') AS tiers,
         (SELECT body FROM steward.stage_set_version WHERE state = 'published') AS stages,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', full_name, 'acts', active AND role <> 'viewer')
            ORDER BY lower(full_name), id), '[]') FROM steward.app_user) AS users,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY lower(name), id), '[]')
          FROM steward.playbook WHERE deleted_at IS NULL) AS playbooks`,
    );
    const { features, users, playbooks, ...model } = row as Row;
    const attributesOf = (of: string) => model.attributes.filter(({ entity }) => entity === of);
    const signals = [...BUILT_IN_SIGNALS, ...model.signals.map((body) => signalDefinitionSchema.parse(body))];
    const { tiers } = model.tiers === null ? DEFAULT_TIER_SET : tierSetBodySchema.parse(model.tiers);
    const { stages, onStatus } = model.stages === null ? DEFAULT_STAGE_SET : stageSetBodySchema.parse(model.stages);
    const workspace = { currency: model.currency ?? 'USD', timeZone: model.timeZone ?? 'UTC' };
    const own = { attributes: attributesOf('account'), contactAttributes: attributesOf('contact') };
    const catalogue = buildCatalogue({ signals, ...own, features, tiers, stages, users, playbooks, ...workspace });
    return { catalogue, signals, tiers, stages, churnedStage: onStatus.churned };
  }
}
