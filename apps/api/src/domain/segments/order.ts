import type { Rule } from '@steward/shared/rules';
import { leavesOf, sizeOf } from '@steward/shared/rules';

export interface Dependent {
  id: string;
  /** Segments whose members the rule reads. */
  uses: readonly string[];
}

/** Segments that a rule reads the members of. */
export function segmentsIn(rule: Rule): string[] {
  const ids = leavesOf(rule).flatMap((leaf) => (leaf.kind === 'member' ? [leaf.segment] : []));
  return [...new Set(ids)];
}

/**
 * Segments in the order in which they are evaluated: each level reads earlier ones only. What goes in circles, or rests
 * on what does, is left out. Segments that are not in the list count as evaluated.
 */
export function inLevels<Each extends Dependent>(segments: readonly Each[]): Each[][] {
  let waiting = [...segments];
  const levels: Each[][] = [];
  while (waiting.length > 0) {
    const open = new Set(waiting.map(({ id }) => id));
    const level = waiting.filter(({ uses }) => !uses.some((id) => open.has(id)));
    if (level.length === 0) return levels;
    levels.push(level);
    waiting = waiting.filter((each) => !level.includes(each));
  }
  return levels;
}

/** What a count of events weighs, of conditions: by what is kept of each month, or by the events themselves. */
const COUNT_WEIGHT = 5;
const FILTERED_COUNT_WEIGHT = 100;

/** The work of a rule in conditions, of which one that counts events is many; a rule without any is work, too. */
export function weightOf(rule: Rule): number {
  const counts = leavesOf(rule).map((leaf) => {
    if (leaf.kind !== 'eventCount') return 0;
    return (leaf.where?.length ?? 0) > 0 ? FILTERED_COUNT_WEIGHT - 1 : COUNT_WEIGHT - 1;
  });
  return counts.reduce((sum, more) => sum + more, Math.max(1, sizeOf(rule)));
}

/**
 * A level in parts of at most so many conditions: a statement takes 65,535 values, and a condition binds up to thirty. A
 * rule that is larger is a part of its own.
 */
export function inParts<Each extends { rule: Rule }>(level: readonly Each[], most: number): Each[][] {
  const parts: Each[][] = [];
  let weight = 0;
  for (const each of level) {
    const part = parts.at(-1);
    weight += weightOf(each.rule);
    if (part !== undefined && weight <= most) part.push(each);
    else {
      parts.push([each]);
      weight = weightOf(each.rule);
    }
  }
  return parts;
}

/** A way from a segment back to itself, by ids, the segment first and last; null where there is none. */
export function circleThrough(id: string, segments: readonly Dependent[]): string[] | null {
  const uses = new Map(segments.map((each) => [each.id, each.uses]));
  const seen = new Set<string>();
  const paths: string[][] = [[id]];
  for (let path = paths.shift(); path; path = paths.shift()) {
    for (const next of uses.get(path.at(-1) as string) ?? []) {
      if (next === id) return [...path, id];
      if (seen.has(next)) continue;
      seen.add(next);
      paths.push([...path, next]);
    }
  }
  return null;
}

/** All segments that rest on this one, directly or through others. */
export function dependentsOf(id: string, segments: readonly Dependent[]): string[] {
  const found = new Set([id]);
  for (let grown = -1; grown !== found.size; ) {
    grown = found.size;
    for (const each of segments) if (each.uses.some((used) => found.has(used))) found.add(each.id);
  }
  found.delete(id);
  return [...found];
}
