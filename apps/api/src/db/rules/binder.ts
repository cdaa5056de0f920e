/** Collects a statement's parameters; `bind` answers the placeholder of a value. */
export class Binder {
  readonly values: unknown[] = [];

  readonly bind = (value: unknown): string => `$${this.values.push(value)}`;
}

/** A text as an SQL literal. Only for members of the catalogue's own enumerations and keys; all else is bound. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The text as a LIKE pattern that means exactly itself. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (special) => `\\${special}`);
}
