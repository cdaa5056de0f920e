import type { CatalogueField, FieldStage } from '@steward/shared/catalogue';
import { RELATED_KINDS, RELATED_WORDS, type RelatedKind, relatedStage } from '@steward/shared/related';

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

/** What the same condition reads in a filter and in what a run keeps, where these differ. */
const WHEN_READ: Partial<Record<RelatedKind, string>> = {
  childAccount: ': a filter as they are now, all else as of the day before',
};

export function subjectsOf(
  fields: readonly CatalogueField[],
  { ofRows, withSegments = true }: { ofRows: boolean; withSegments?: boolean },
): Subject[] {
  const named = new Set<string>();
  const own = fields.map((field) => {
    const { key, label, group, description } = field;
    const isRepeated = named.has(label);
    named.add(label);
    return {
      value: key,
      label: isRepeated ? `${label} (${group === 'Signals' ? 'signal' : group.toLowerCase()})` : label,
      topic: topicOf(field),
      description,
    };
  });
  if (ofRows) return own;
  // A rule that is asked before goals are made is given none of their fields, and does not read the goals themselves.
  // The model's rules, asked before segments are, do not read child accounts either.
  const mayRead = (stage: FieldStage) =>
    stage === 'snapshots' ? withSegments : stage === 'facts' || fields.some((field) => field.stage === stage);
  return [
    ...own,
    {
      value: EVENT,
      label: 'Events by name',
      topic: 'Events and rows',
      description: 'How often something was done, or not',
    },
    ...RELATED_KINDS.filter((of) => mayRead(relatedStage(of))).map((of) => ({
      value: rowsSubject(of),
      label: `Its ${RELATED_WORDS[of].many}`,
      topic: 'Events and rows',
      description: `One, none, all or at least so many ${RELATED_WORDS[of].many} that meet conditions${WHEN_READ[of] ?? ''}`,
    })),
    ...(withSegments
      ? [{ value: SEGMENT, label: 'Segment', topic: 'Segments', description: 'Is in another segment, or is not' }]
      : []),
  ];
}

/** Found by every word of the text, in name, topic, meaning or key; those whose name fits best come first. */
export function findSubjects(subjects: readonly Subject[], text: string): Subject[] {
  const words = text.trim().toLowerCase().split(/\s+/);
  const name = words.join(' ');
  const distance = ({ label }: Subject): number => {
    const own = label.toLowerCase();
    if (own === name) return 0;
    if (own.startsWith(name)) return 1;
    return words.every((word) => own.includes(word)) ? 2 : 3;
  };
  return subjects
    .filter(({ label, topic, description, value }) => {
      const within = `${label} ${topic} ${description} ${value}`.toLowerCase();
      return words.every((word) => within.includes(word));
    })
    .sort((a, b) => distance(a) - distance(b));
}

export function byTopic(subjects: readonly Subject[]): { group: string; items: Subject[] }[] {
  const topics = [...new Set(subjects.map(({ topic }) => topic))];
  return topics.map((group) => ({ group, items: subjects.filter(({ topic }) => topic === group) }));
}
