import type { ListedSegment } from '../../lib/segments.js';

export const SHOWN_WORDS = { all: 'All', mine: 'Mine', shared: 'Shared', builtIn: 'Built in' } as const;
export type Shown = keyof typeof SHOWN_WORDS;
export const isShown = (text: string | undefined): text is Shown => text !== undefined && text in SHOWN_WORDS;

interface Wanted {
  text: string;
  shown: Shown;
  userId: string;
}

const matches = (segment: ListedSegment, { shown, userId }: Wanted): boolean => {
  switch (shown) {
    case 'all':
      return true;
    case 'mine':
      return segment.owner?.userId === userId;
    case 'shared':
      return segment.visibility === 'shared' && segment.key === null;
    case 'builtIn':
      return segment.key !== null;
  }
};

/** The segments that the page shows, in their order: one's own first, then what others share, the built-in ones last. */
export function shownSegments(segments: readonly ListedSegment[], wanted: Wanted): ListedSegment[] {
  const text = wanted.text.trim().toLowerCase();
  const rank = (segment: ListedSegment) => (segment.owner?.userId === wanted.userId ? 0 : segment.key === null ? 1 : 2);
  return segments
    .filter((segment) => matches(segment, wanted))
    .filter(({ name, description }) => `${name}\n${description}`.toLowerCase().includes(text))
    .sort((a, b) => rank(a) - rank(b));
}
