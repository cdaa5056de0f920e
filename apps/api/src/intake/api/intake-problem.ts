/** Why one message or fact cannot be taken: a stable code, where, and what to do. */
export interface IntakeProblem {
  code: string;
  path: string | null;
  message: string;
}

export function problem(code: string, path: string | null, message: string): IntakeProblem {
  return { code, path, message };
}

const MAX_DEPTH = 8;
const LONE_SURROGATE = /\p{Cs}/u;

/** The path of the first text within a value that cannot be stored, or of what is nested too deeply. */
export function unstorable(value: unknown, path: string, depth = 0): IntakeProblem | null {
  if (typeof value === 'string') return unstorableText(value, path);
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= MAX_DEPTH) return problem('TOO_DEEP', path, `Values may be nested ${MAX_DEPTH} deep.`);
  for (const [key, inner] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    const found = unstorableText(key, at) ?? unstorable(inner, at, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

function unstorableText(text: string, path: string): IntakeProblem | null {
  const place = path.replaceAll('\u0000', '\ufffd');
  if (text.includes('\u0000')) return problem('NUL_CHARACTER', place, 'The text holds a NUL character.');
  if (LONE_SURROGATE.test(text)) return problem('NOT_TEXT', place, 'The text holds half a character.');
  return null;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** An ISO 8601 instant with its offset, of the years 1900 to 2200; null: it is none. */
export function readInstant(value: unknown): Date | null {
  if (typeof value !== 'string' || !INSTANT.test(value)) return null;
  const at = new Date(value.replace(' ', 'T'));
  const year = at.getUTCFullYear();
  return Number.isNaN(at.getTime()) || year < 1900 || year > 2200 ? null : at;
}
