/** Mentions in a text: @ and a name, and what is being typed of one. */

export interface Mentioned {
  userId: string;
  name: string;
}

/** What stands between an @ and the caret, while a name is being typed there; null: none is. */
export function mentionAt(text: string, caret: number): { from: number; typed: string } | null {
  const [, typed] = /(?:^|[\s(])@([\p{L}\p{N}.'’-]*(?: [\p{L}\p{N}.'’-]*)?)$/u.exec(text.slice(0, caret)) ?? [];
  return typed === undefined ? null : { from: caret - typed.length - 1, typed };
}

/** The text with the name in the place of what was typed, and where the caret then stands. */
export function withMention(text: string, caret: number, name: string): { text: string; caret: number } {
  const from = mentionAt(text, caret)?.from ?? caret;
  const before = `${text.slice(0, from)}@${name} `;
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length };
}

/** Of the people who were chosen, those whom the text still names. */
export const stillNamed = <P extends Mentioned>(text: string, chosen: readonly P[]): P[] =>
  chosen.filter(
    ({ userId, name }, index) =>
      text.includes(`@${name}`) && chosen.findIndex((each) => each.userId === userId) === index,
  );
