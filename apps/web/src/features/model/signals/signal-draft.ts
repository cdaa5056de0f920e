import type { CreateSignal, SignalEntry } from '@steward/shared/model';
import type { FloorKind, LeafCompute, SignalUnit } from '@steward/shared/signals';
import { draftsOfFilters, filtersOfDrafts, type PropertyDraft } from '../../../components/rule-builder/event-draft.js';

/** A signal while it is being written. */

export const SOURCES = [
  { value: 'event', label: 'Events' },
  { value: 'metric', label: 'A metric' },
  { value: 'attribute', label: 'An attribute of the account' },
] as const;
export type Source = (typeof SOURCES)[number]['value'];

export const AGGREGATIONS = {
  event: [
    { value: 'count', label: 'how often it happened', unit: 'events' },
    { value: 'distinctContacts', label: 'distinct contacts', unit: 'contacts' },
    { value: 'distinctDays', label: 'days on which it happened', unit: 'days' },
    { value: 'daysSince', label: 'days since it last happened', unit: 'days' },
  ],
  metric: [
    { value: 'last', label: 'its newest value', unit: 'number' },
    { value: 'sum', label: 'its sum', unit: 'number' },
    { value: 'average', label: 'its average', unit: 'number' },
  ],
  attribute: [
    { value: 'last', label: 'its value', unit: 'number' },
    { value: 'daysSince', label: 'days since its day', unit: 'days' },
    { value: 'daysUntil', label: 'days until its day', unit: 'days' },
  ],
} as const satisfies Record<Source, readonly { value: string; label: string; unit: SignalUnit }[]>;

export interface LeafDraft {
  source: Source;
  /** The event (empty: any), metric or attribute. */
  of: string;
  aggregation: string;
  where: readonly PropertyDraft[];
}

export interface SignalDraft {
  key: string;
  label: string;
  description: string;
  unit: SignalUnit;
  better: CreateSignal['better'];
  /** Null: the workspace's window. */
  windowDays: number | null;
  hasOwnWindow: boolean;
  leaf: LeafDraft;
  isRatio: boolean;
  over: LeafDraft;
  ratioAs: 'percent' | 'times';
  isChange: boolean;
  /** Null: against the window before. */
  daysEarlier: number | null;
  isEarlier: boolean;
  changeAs: 'percent' | 'points';
  floor: FloorKind;
}

const anEvent: LeafDraft = { source: 'event', of: '', aggregation: 'count', where: [] };

export const NEW_SIGNAL: SignalDraft = {
  key: '',
  label: '',
  description: '',
  unit: 'events',
  better: 'up',
  windowDays: 28,
  hasOwnWindow: false,
  leaf: anEvent,
  isRatio: false,
  over: { ...anEvent, aggregation: 'distinctContacts' },
  ratioAs: 'percent',
  isChange: false,
  daysEarlier: 364,
  isEarlier: false,
  changeAs: 'percent',
  floor: 'none',
};

function draftOfLeaf(compute: LeafCompute): LeafDraft {
  switch (compute.source) {
    case 'event':
      return {
        source: 'event',
        of: compute.event ?? '',
        aggregation: compute.aggregation,
        where: draftsOfFilters(compute.where),
      };
    case 'metric':
      return { source: 'metric', of: compute.metric, aggregation: compute.aggregation, where: [] };
    case 'attribute':
      return { source: 'attribute', of: compute.attribute, aggregation: compute.aggregation, where: [] };
    default:
      return anEvent;
  }
}

/** An own signal as a form; built-in ones are not changed. */
export function draftOfSignal(signal: SignalEntry): SignalDraft {
  const { compute, change, key, label, description, unit, better, windowDays } = signal;
  return {
    ...NEW_SIGNAL,
    key,
    label,
    description,
    unit,
    better,
    windowDays: windowDays ?? NEW_SIGNAL.windowDays,
    hasOwnWindow: windowDays !== null,
    leaf: draftOfLeaf(compute.source === 'ratio' ? compute.of : compute),
    ...(compute.source === 'ratio' && { isRatio: true, over: draftOfLeaf(compute.over), ratioAs: compute.as }),
    ...(change !== null && {
      isChange: true,
      isEarlier: change.daysEarlier !== null,
      daysEarlier: change.daysEarlier ?? NEW_SIGNAL.daysEarlier,
      changeAs: change.as,
      floor: change.floor,
    }),
  };
}

type OwnLeaf = Exclude<CreateSignal['compute'], { source: 'ratio' }>;

function leafOfDraft({ source, of, aggregation, where }: LeafDraft): OwnLeaf | null {
  const name = of.trim();
  switch (source) {
    case 'event': {
      const filters = filtersOfDrafts(where);
      if (filters === null) return null;
      return { source, event: name === '' ? null : name, where: filters, aggregation } as OwnLeaf;
    }
    case 'metric':
      return name === '' ? null : ({ source, metric: name, aggregation } as OwnLeaf);
    case 'attribute':
      return name === '' ? null : ({ source, attribute: name, aggregation } as OwnLeaf);
  }
}

/** “Exports per seat” → own.exports_per_seat */
export function keyOfLabel(label: string): string {
  const word = label
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '')
    .slice(0, 60);
  return word === '' ? '' : `own.${word}`;
}

/** What is missing, by its place as the server says it. */
export function missingIn(draft: SignalDraft): Record<string, string> {
  const missing: Record<string, string> = {};
  if (draft.label.trim() === '') missing.label = 'A name is needed';
  const leaf = (place: string, each: LeafDraft) => {
    if (each.source !== 'event' && each.of.trim() === '') {
      missing[`${place}.${each.source}`] = each.source === 'metric' ? 'Which metric?' : 'Which attribute?';
    }
    if (filtersOfDrafts(each.where) === null) missing[`${place}.where`] = 'A property is not finished';
  };
  leaf(draft.isRatio ? 'compute.of' : 'compute', draft.leaf);
  if (draft.isRatio) leaf('compute.over', draft.over);
  if (draft.hasOwnWindow && draft.windowDays === null) missing.windowDays = 'How many days?';
  if (draft.isChange && draft.isEarlier && draft.daysEarlier === null) missing['change.daysEarlier'] = 'How many days?';
  return missing;
}

/** The signal that the form says, or null while something is missing. */
export function signalOfDraft(draft: SignalDraft): CreateSignal | null {
  if (Object.keys(missingIn(draft)).length > 0) return null;
  const of = leafOfDraft(draft.leaf);
  const over = draft.isRatio ? leafOfDraft(draft.over) : null;
  if (of === null || (draft.isRatio && over === null)) return null;
  return {
    key: draft.key.trim() === '' ? keyOfLabel(draft.label) : draft.key.trim(),
    label: draft.label.trim(),
    description: draft.description.trim(),
    unit: draft.unit,
    better: draft.better,
    windowDays: draft.hasOwnWindow ? draft.windowDays : null,
    compute: over === null ? of : { source: 'ratio', of, over, as: draft.ratioAs },
    change: draft.isChange
      ? { daysEarlier: draft.isEarlier ? draft.daysEarlier : null, as: draft.changeAs, floor: draft.floor }
      : null,
  };
}

/** The unit that follows from the computation. */
export function usualUnit({ leaf, isRatio, ratioAs, isChange, changeAs }: SignalDraft): SignalUnit {
  if (isChange) return changeAs;
  if (isRatio) return ratioAs;
  return AGGREGATIONS[leaf.source].find(({ value }) => value === leaf.aggregation)?.unit ?? 'number';
}

/** A change of the computation takes the unit along, unless another was chosen. */
export function changedDraft(draft: SignalDraft, change: Partial<SignalDraft>): SignalDraft {
  const next = { ...draft, ...change };
  return change.unit === undefined && draft.unit === usualUnit(draft) ? { ...next, unit: usualUnit(next) } : next;
}
