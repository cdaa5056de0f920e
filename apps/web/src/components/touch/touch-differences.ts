import type { Touchpoint } from '@steward/shared/touchpoints';
import { formatInstant } from '../../lib/days.js';
import { NONE } from '../../lib/format.js';
import { TOUCH_WORDS } from './touch-words.js';

/** What a person has said in a touch, without names, which change by themselves. */
export const saidBy = ({ kind, text, at, counts, links, contacts, mentions }: Touchpoint) => ({
  kind,
  text,
  at,
  counts,
  links,
  contacts: contacts.map(({ id }) => id),
  mentions: mentions.map(({ userId }) => userId),
});

/** What `theirs` says where it differs from `touch`, a line each. */
export function differingLines(touch: Touchpoint, theirs: Touchpoint, timeZone: string): string[] {
  const [before, after] = [saidBy(touch), saidBy(theirs)];
  const list = (names: readonly (string | null)[]) =>
    names.length === 0 ? NONE : names.map((name) => name ?? NONE).join(', ');
  const lines: Record<keyof typeof after, string> = {
    kind: `Kind: ${TOUCH_WORDS[theirs.kind]}`,
    text: `Text: ${theirs.text ?? NONE}`,
    at: `When: ${formatInstant(theirs.at, timeZone)}`,
    counts: `Counts as being in touch: ${theirs.counts ? 'yes' : 'no'}`,
    links: `Links: ${list(theirs.links)}`,
    contacts: `Contacts: ${list(theirs.contacts.map(({ name }) => name))}`,
    mentions: `Named: ${list(theirs.mentions.map(({ name }) => name))}`,
  };
  const fields = Object.keys(lines) as (keyof typeof after)[];
  return fields.filter((field) => String(before[field]) !== String(after[field])).map((field) => lines[field]);
}
