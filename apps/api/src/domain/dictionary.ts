/**
 * An object whose keys come from outside. It inherits nothing: `constructor` is absent until someone sets it, and
 * `__proto__` is a key like others.
 */
export function dictionary<T>(entries: Iterable<readonly [string, T]> = []): Record<string, T> {
  const made = Object.create(null) as Record<string, T>;
  for (const [key, value] of entries) made[key] = value;
  return made;
}
