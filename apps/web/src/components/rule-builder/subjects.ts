import type { CatalogueField } from '@steward/shared/catalogue';
import { RELATED_KINDS, RELATED_WORDS, type RelatedKind } from '@steward/shared/related';

/** What a condition may be about: a field or signal, events, rows of the account, or another segment. */

export interface Subject {
  /** A field's key, `event`, `segment` or `rows.invoice`. */
  value: string;
  label: string;
  topic: string;
  /** What it means, and what it is found by besides its name. */
  description: string;
}

export const EVENT = 'event:';
export const SEGMENT = 'segment:';
export const rowsSubject = (of: RelatedKind): string => `rows:${of}`;

export function rowsOfSubject(value: string): RelatedKind | null {
  return RELATED_KINDS.find((of) => rowsSubject(of) === value) ?? null;
}

const TOPICS: Record<string, string> = {
  usage: 'Usage',
  adoption: 'Adoption',
  support: 'Support',
  sentiment: 'Sentiment',
  relationship: 'Relationship',
  billing: 'Billing',
  commercial: 'Commercial',
};

/** Signals go under what they are about, by the first word of their key. */
export function topicOf({ key, group }: CatalogueField): string {
  return group === 'Signals' ? (TOPICS[key.split('.')[0] ?? ''] ?? 'Own signals') : group;
}

export function subjectsOf(
  fields: readonly CatalogueField[],
  { ofRows, withSegments = true }: { ofRows: boolean; withSegments?: boolean },
): Subject[] {
  const own = fields.map((field) => ({
    value: field.key,
    label: field.label,
    topic: topicOf(field),
    description: field.description,
  }));
  if (ofRows) return own;
  return [
    ...own,
    { value: EVENT, label: 'Events', topic: 'Events and rows', description: 'How often something was done, or not' },
    ...RELATED_KINDS.map((of) => ({
      value: rowsSubject(of),
      label: `Its ${RELATED_WORDS[of].many}`,
      topic: 'Events and rows',
      description: `One, none, all or at least so many ${RELATED_WORDS[of].many} that meet conditions`,
    })),
    ...(withSegments
      ? [{ value: SEGMENT, label: 'Segment', topic: 'Segments', description: 'Is in another segment, or is not' }]
      : []),
  ];
}

/** Found by every word of the text, in name, topic, meaning or key. */
export function findSubjects(subjects: readonly Subject[], text: string): Subject[] {
  const words = text.trim().toLowerCase().split(/\s+/);
  return subjects.filter(({ label, topic, description, value }) => {
    const within = `${label} ${topic} ${description} ${value}`.toLowerCase();
    return words.every((word) => within.includes(word));
  });
}

export function byTopic(subjects: readonly Subject[]): { group: string; items: Subject[] }[] {
  const topics = [...new Set(subjects.map(({ topic }) => topic))];
  return topics.map((group) => ({ group, items: subjects.filter(({ topic }) => topic === group) }));
}
