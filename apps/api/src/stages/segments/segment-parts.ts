import type { Rule } from '@steward/shared/rules';
import { SEGMENT_OF, type SegmentOf } from '@steward/shared/segments';
import { isSoundRule } from '../../db/rules/check-rule.js';
import { contactCatalogue } from '../../db/rules/contact-fields.js';
import { isSteady } from '../../db/rules/steady-sql.js';
import { inLevels, inParts, segmentsIn } from '../../domain/segments/order.js';
import type { SegmentRule } from '../../records/segments/segments.reader.js';
import type { DayRun } from '../day-run.js';

export type SoundSegment = SegmentRule & { rule: Rule; uses: readonly string[] };

/** Segments that are asked in one statement. */
export interface SegmentPart {
  of: SegmentOf;
  segments: readonly SoundSegment[];
  /** The segments that stand beside: their members are left alone. */
  others: readonly string[];
  /** It is known until when its members stay, where nothing arrives about their accounts. */
  isSteady: boolean;
}

const CONDITIONS_A_STATEMENT = 1_000;

type Catalogue = DayRun['model']['catalogue'];

const made = new WeakMap<readonly SegmentRule[], { catalogue: Catalogue; parts: readonly SegmentPart[] }>();

/**
 * The segments that are evaluated, in their order. There is a part of each kind even where there is no segment, for the
 * members of segments that are gone. At most one part is steady. The same object for the same rules, which batches share.
 */
export function partsOf(segments: readonly SegmentRule[], { catalogue }: DayRun['model']): readonly SegmentPart[] {
  const known = made.get(segments);
  if (known?.catalogue === catalogue) return known.parts;
  const parts = makeParts(segments, catalogue);
  made.set(segments, { catalogue, parts });
  return parts;
}

function makeParts(segments: readonly SegmentRule[], catalogue: Catalogue): SegmentPart[] {
  const sound = soundOnes(segments, catalogue);
  const contacts = contactCatalogue(catalogue);
  return SEGMENT_OF.flatMap((of) => {
    const own = sound.filter((segment) => segment.of === of);
    const canSettle = of === 'contact' ? own.filter(({ rule }) => isSteady(rule, contacts)) : [];
    const [steady = []] = inParts(canSettle, CONDITIONS_A_STATEMENT);
    const rest = inLevels(own)
      .map((level) => level.filter((each) => !steady.includes(each)))
      .flatMap((level) => inParts(level, CONDITIONS_A_STATEMENT));
    const parts = steady.length > 0 ? [steady, ...rest] : rest.length > 0 ? rest : [[]];
    return parts.map((part) => ({
      of,
      segments: part,
      others: segments.filter(({ id }) => !part.some((each) => each.id === id)).map(({ id }) => id),
      isSteady: part === steady,
    }));
  });
}

/** A rule that the catalogue no longer bears keeps its members until somebody mends it. */
function soundOnes(segments: readonly SegmentRule[], catalogue: Catalogue): SoundSegment[] {
  const catalogues = { account: catalogue, contact: contactCatalogue(catalogue) } satisfies Record<SegmentOf, unknown>;
  return segments.flatMap((segment) => {
    const { of, rule } = segment;
    if (rule === null || !isSoundRule(rule, catalogues[of], 'segment')) return [];
    return [{ ...segment, rule, uses: segmentsIn(rule) }];
  });
}
