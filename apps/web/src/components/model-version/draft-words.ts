import type { VersionEntry } from '@steward/shared/model-versions';
import type { Keeping } from './draft-keeper.js';
import type { KeptDraft } from './model-part.js';

/** “Saved 15 Apr 2026, 09:30 CEST by Ana Lind”. */
export function keptWords(
  keeping: Keeping,
  kept: Pick<KeptDraft<unknown>, 'savedAt' | 'savedBy'> | null,
  me: string,
  instant: (at: string) => string,
): string {
  switch (keeping) {
    case 'waiting':
    case 'saving':
      return 'Saving…';
    case 'failed':
    case 'moved':
      return 'Not saved';
    case 'idle': {
      if (kept === null) return '';
      const by = kept.savedBy === null ? '' : kept.savedBy.id === me ? ' by you' : ` by ${kept.savedBy.name}`;
      return `Saved ${instant(kept.savedAt)}${by}. It changes nothing until it is published.`;
    }
  }
}

/** The version that was published after the draft was begun; null: the draft follows what is published. */
export function newerThan(
  kept: Pick<KeptDraft<unknown>, 'basedOn'> | null,
  published: Pick<VersionEntry, 'version'> | null,
): number | null {
  return kept === null || published === null || published.version === kept.basedOn ? null : published.version;
}

/** “Published 15 Apr 2026, 09:30 CEST by Ana Lind”. */
export function publishedWords(published: VersionEntry | null, instant: (at: string) => string): string {
  if (published === null) return 'It applies to no account yet.';
  const by = published.publishedBy === null ? '' : ` by ${published.publishedBy.name}`;
  return `Published ${instant(published.publishedAt)}${by}. The first change begins a draft.`;
}

/** “went back to version 2: too many T1”. */
export function versionNote({ rolledBackTo, note }: Pick<VersionEntry, 'rolledBackTo' | 'note'>): string | null {
  const back = rolledBackTo === null ? null : `Back to version ${rolledBackTo}`;
  return [back, note].filter((each) => each !== null && each !== '').join(': ') || null;
}
