import type { FieldType } from '@steward/shared/catalogue';
import type { SignalUnit } from '@steward/shared/signals';
import { minorDigits } from '../../domain/values/money.js';
import { accountFields } from './account-fields.js';
import type { BoundField, Catalogue, CustomAttribute } from './bindings.js';
import { pipelineFields } from './pipeline-fields.js';
import { planFields } from './plan-fields.js';

export interface CatalogueSignal {
  key: string;
  number: number;
  label: string;
  unit: SignalUnit;
  description: string;
}

export interface CatalogueSource {
  signals: readonly CatalogueSignal[];
  attributes: readonly CustomAttribute[];
  contactAttributes?: readonly CustomAttribute[];
  tiers: readonly { key: string; label: string }[];
  stages: readonly { key: string; label: string }[];
  users: readonly { id: string; name: string; acts: boolean }[];
  features: readonly { key: string; id: number }[];
  playbooks?: Catalogue['playbooks'];
  currency: string;
  timeZone: string;
}

/** What a field's key may be made of, as the rule language reads it. */
export const FIELD_KEY = /^[A-Za-z][A-Za-z0-9_.-]{0,119}$/;

function typeOfSignal(unit: SignalUnit): FieldType {
  if (unit === 'money') return 'money';
  if (unit === 'percent') return 'percent';
  return unit === 'yesNo' ? 'boolean' : 'number';
}

function signalField(signal: CatalogueSignal, currency: string): BoundField {
  const type = typeOfSignal(signal.unit);
  const unit = type === 'money' ? currency : type === 'percent' ? '%' : signal.unit;
  return {
    field: {
      key: signal.key,
      label: signal.label,
      group: 'Signals',
      type,
      unit: unit === 'yesNo' || unit === 'number' ? null : unit,
      description: signal.description,
      stage: 'signals',
      history: 'snapshot',
      options: null,
      sortable: true,
      tracked: type !== 'boolean',
    },
    binding: { kind: 'signal', number: signal.number },
  };
}

function attributeField({ key, label, type }: CustomAttribute): BoundField {
  return {
    field: {
      key: `attribute.${key}`,
      label,
      group: 'Custom attributes',
      type: type === 'list' ? 'tags' : type,
      unit: null,
      description: '',
      stage: 'facts',
      history: 'versioned',
      options: null,
      sortable: type !== 'list',
      tracked: false,
    },
    binding: { kind: 'attribute', key },
  };
}

/** Everything that a rule, a filter, a column or a sort of this workspace may name. */
export function buildCatalogue(source: CatalogueSource): Catalogue {
  const users = source.users.map(({ id, name, acts }) => ({ value: id, label: name, acts }));
  const own = pipelineFields(source.tiers, source.stages);
  const taken = new Set(own.map(({ field }) => field.key));
  const fields = [
    ...accountFields(source.currency, users),
    ...planFields(users),
    ...own,
    // health.change is both a signal and a field of its own: one key, one meaning.
    ...source.signals.filter(({ key }) => !taken.has(key)).map((signal) => signalField(signal, source.currency)),
    ...source.attributes.map(attributeField).filter(({ field }) => FIELD_KEY.test(field.key)),
  ];
  return {
    fields: new Map(fields.map((bound) => [bound.field.key, bound])),
    currency: source.currency,
    minorDigits: minorDigits(source.currency),
    timeZone: source.timeZone,
    features: new Map(source.features.map(({ key, id }) => [key, id])),
    contactAttributes: source.contactAttributes ?? [],
    playbooks: source.playbooks ?? [],
  };
}
