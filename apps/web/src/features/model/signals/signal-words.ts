import type { CatalogueField } from '@steward/shared/catalogue';
import {
  type BetterDirection,
  type EventFilter,
  type LeafCompute,
  type SignalDefinition,
  type SignalUnit,
  signalUnits,
} from '@steward/shared/signals';
import { humanize } from '../../../lib/catalogue.js';
import { plural } from '../../../lib/format.js';

export const UNIT_NAMES: Record<SignalUnit, string> = {
  contacts: 'contacts',
  days: 'days',
  hours: 'hours',
  events: 'events',
  features: 'features',
  tickets: 'tickets',
  invoices: 'invoices',
  money: 'money',
  percent: 'percent',
  points: 'points',
  times: 'times (×)',
  rating: 'a rating',
  yesNo: 'yes or no',
  number: 'a number',
};
export const UNITS = signalUnits.map((value) => ({ value, label: UNIT_NAMES[value] }));

export const BETTER_WORDS: Record<BetterDirection, string> = {
  up: 'Higher is better',
  down: 'Lower is better',
  none: 'Neither is better',
};
export const BETTER_MARKS: Record<BetterDirection, string> = { up: '▲ higher', down: '▼ lower', none: '–' };

const OPS: Record<EventFilter['op'], string> = { eq: 'is', neq: 'is not', in: 'is any of', gte: '≥', lte: '≤' };

const filterWords = ({ property, op, value }: EventFilter): string =>
  `${property} ${OPS[op]} ${Array.isArray(value) ? value.join(', ') : String(value)}`;

const attributeLabel = (key: string, catalogue: readonly CatalogueField[]): string =>
  catalogue.find((field) => field.key === `attribute.${key}`)?.label ?? key;

/** What a computation takes, without its window: “distinct contacts with the event “export” where format is pdf”. */
export function leafWords(compute: LeafCompute, catalogue: readonly CatalogueField[]): string {
  switch (compute.source) {
    case 'metric': {
      const of = `the metric “${compute.metric}”`;
      return compute.aggregation === 'last' ? `the newest value of ${of}` : `the ${compute.aggregation} of ${of}`;
    }
    case 'event': {
      const events = compute.event === null ? 'any event' : `the event “${compute.event}”`;
      const where = compute.where.length === 0 ? '' : ` where ${compute.where.map(filterWords).join(' and ')}`;
      switch (compute.aggregation) {
        case 'count':
          return `how often ${events}${where} happened`;
        case 'distinctContacts':
          return `distinct contacts with ${events}${where}`;
        case 'distinctDays':
          return `days with ${events}${where}`;
        case 'daysSince':
          return `days since ${events}${where} last happened`;
      }
      return events;
    }
    case 'attribute': {
      const of = `the attribute “${attributeLabel(compute.attribute, catalogue)}”`;
      return compute.aggregation === 'last'
        ? of
        : compute.aggregation === 'daysSince'
          ? `days since the day in ${of}`
          : `days until the day in ${of}`;
    }
    default:
      return humanize(compute.source);
  }
}

const isOwnLeaf = ({ source }: LeafCompute): boolean =>
  source === 'metric' || source === 'event' || source === 'attribute';

/** Values that are as of the day look at no window. */
const looksBack = (compute: LeafCompute): boolean =>
  compute.source !== 'attribute' && compute.aggregation !== 'last' && compute.aggregation !== 'daysSince';

type Defined = Pick<SignalDefinition, 'compute' | 'windowDays' | 'change' | 'description'>;

/**
 * How a signal is computed, in a sentence. Built-in ones say it in their description; `window` is the workspace's usual
 * one.
 */
export function definitionWords(
  { compute, windowDays, change, description }: Defined,
  catalogue: readonly CatalogueField[],
): string {
  const leaves = compute.source === 'ratio' ? [compute.of, compute.over] : [compute];
  if (!leaves.every(isOwnLeaf)) return description;
  const text = leaves.map((leaf) => leafWords(leaf, catalogue)).join(' ÷ ');
  const days = windowDays === null ? 'the workspace’s window' : `the last ${plural(windowDays, 'day')}`;
  const window = leaves.some(looksBack) ? ` in ${days}` : '';
  const as = compute.source === 'ratio' && compute.as === 'percent' ? ', in %' : '';
  return `${capital(text)}${window}${as}${change === null ? '' : changeWords(change)}`;
}

function changeWords({ daysEarlier, as }: NonNullable<SignalDefinition['change']>): string {
  const against = daysEarlier === null ? 'the window before' : `the same window ${plural(daysEarlier, 'day')} earlier`;
  return `; change in ${as === 'percent' ? '%' : 'points'} against ${against}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const TOPICS = [
  'usage',
  'adoption',
  'support',
  'sentiment',
  'relationship',
  'billing',
  'commercial',
  'health',
] as const;

/** What a signal is about: its key's first word; own ones stand apart. */
export const topicOf = ({ key, builtIn }: { key: string; builtIn: boolean }): string => {
  const word = key.split('.')[0] ?? '';
  return builtIn && TOPICS.some((topic) => topic === word) ? humanize(word) : builtIn ? 'Others' : 'Own signals';
};
