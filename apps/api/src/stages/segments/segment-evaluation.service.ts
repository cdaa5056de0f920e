import { Injectable } from '@nestjs/common';
import { leavesOf, type Rule } from '@steward/shared/rules';
import { SEGMENT_OF, type SegmentOf } from '@steward/shared/segments';
import { isSoundRule } from '../../db/rules/check-rule.js';
import { contactCatalogue } from '../../db/rules/contact-fields.js';
import type { Tx } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { flippedLeaf } from '../../domain/segments/flipped-leaf.js';
import { membershipOfDay } from '../../domain/segments/membership.js';
import { inLevels, inParts, segmentsIn } from '../../domain/segments/order.js';
import type { SegmentRule } from '../../records/segments/segments.reader.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import type { DayOfSegments } from './day-of-segments.js';
import { FlipConditionsRepository } from './flip-conditions.repository.js';
import {
  type Difference,
  type GoneEvent,
  type NewEvent,
  type NewMember,
  type Place,
  SegmentsRepository,
} from './segments.repository.js';

type SoundSegment = SegmentRule & { rule: Rule; uses: readonly string[] };

const CONDITIONS_A_STATEMENT = 1_000;

/** True where an account was not held against the segment's rule yet: it takes what it finds and tells of nobody. */
export type IsBaseline = (accountId: string, version: number) => boolean;

/** What has to be written of a level of segments. */
interface Outcome {
  added: NewMember[];
  gone: Place[];
  events: NewEvent[];
  undone: GoneEvent[];
}

interface Evaluated {
  /** Those that were computed, of all accounts of the batch. */
  accounts: ReadonlySet<string>;
  isBaseline: IsBaseline;
}

/** Holds rules and memberships of a batch against each other on a day, and writes who came and went. */
@Injectable()
export class SegmentEvaluation {
  constructor(
    private readonly repository: SegmentsRepository,
    private readonly flips: FlipConditionsRepository,
  ) {}

  async evaluate(
    tx: Tx,
    batch: Batch,
    day: DayOfSegments,
    segments: readonly SegmentRule[],
    { accounts, isBaseline }: Evaluated,
  ): Promise<void> {
    for (const of of SEGMENT_OF) {
      // A level is asked even where there is none, for the members of segments that are gone.
      const levels = levelsOf(segments, day.model, of);
      const parts = levels.flatMap((level) => inParts(level, CONDITIONS_A_STATEMENT));
      for (const level of parts.length === 0 ? [[]] : parts) {
        const others = segments.filter(({ id }) => !level.some((each) => each.id === id)).map(({ id }) => id);
        const found = await this.repository.differences(tx, batch, day, { of, segments: level, others });
        const differences = found.filter(({ accountId }) => accounts.has(accountId));
        if (differences.length > 0) await this.write(tx, day, level, outcomeOf(differences, level, day, isBaseline));
      }
    }
  }

  private async write(tx: Tx, day: DayOfSegments, level: readonly SoundSegment[], outcome: Outcome): Promise<void> {
    await this.repository.removeMembers(tx, outcome.gone);
    await this.repository.addMembers(tx, outcome.added);
    await this.repository.removeEvents(tx, outcome.undone, day.iso);
    await this.repository.addEvents(tx, await this.withConditions(tx, day, level, outcome.events), day);
  }

  /** Names the condition that turned, for the few that came or went: all conditions are asked at once. */
  private async withConditions(
    tx: Tx,
    day: DayOfSegments,
    level: readonly SoundSegment[],
    events: readonly NewEvent[],
  ) {
    if (events.length === 0) return [];
    const [now, before] = await Promise.all([
      this.flips.conditions(tx, day, level, events, 'now'),
      this.flips.conditions(tx, day, level, events, 'before'),
    ]);
    return events.map((event, place) => {
      const segment = level.find(({ id }) => id === event.segmentId);
      const holds = now[place] ?? null;
      if (segment === undefined || holds === null) return event;
      const leaf = flippedLeaf(segment.rule, before[place] ?? null, holds);
      return { ...event, leaf, condition: leaf === null ? null : (leavesOf(segment.rule)[leaf] ?? null) };
    });
  }
}

/** The segments that are evaluated, in their order. */
export function levelsOf(segments: readonly SegmentRule[], model: DayRun['model'], of: SegmentOf): SoundSegment[][] {
  return inLevels(soundOnes(segments, model).filter((segment) => segment.of === of));
}

/** A rule that the catalogue no longer bears keeps its members until somebody mends it. */
function soundOnes(segments: readonly SegmentRule[], { catalogue }: DayRun['model']): SoundSegment[] {
  const catalogues = { account: catalogue, contact: contactCatalogue(catalogue) } satisfies Record<SegmentOf, unknown>;
  return segments.flatMap((segment) => {
    const { of, rule } = segment;
    if (rule === null || !isSoundRule(rule, catalogues[of], 'segment')) return [];
    return [{ ...segment, rule, uses: segmentsIn(rule) }];
  });
}

function outcomeOf(
  differences: readonly Difference[],
  level: readonly SoundSegment[],
  day: DayOfSegments,
  isBaseline: IsBaseline,
): Outcome {
  const outcome: Outcome = { added: [], gone: [], events: [], undone: [] };
  const versions = new Map(level.map(({ id, version }) => [id, version]));
  for (const difference of differences) {
    const { accountId, segmentId, contactId } = difference;
    const version = versions.get(segmentId);
    // A segment that is there no more.
    if (version === undefined) {
      if (difference.member !== null) outcome.gone.push({ accountId, segmentId, contactId });
      continue;
    }
    settle(difference, isBaseline(accountId, version), day, outcome);
  }
  return outcome;
}

function settle(difference: Difference, baseline: boolean, day: DayOfSegments, outcome: Outcome): void {
  const { accountId, segmentId, contactId, member: stored, left, entered, holds } = difference;
  const place = { accountId, segmentId, contactId };
  const found = membershipOfDay({ member: stored, leftOnDay: left, holds, isBaseline: baseline }, day.asOf);
  const begun = { ...place, since: day.iso, enteredAt: day.at, how: found.how };
  const { member } = found;
  if (member === null) {
    if (stored !== null) outcome.gone.push(place);
  } else if (member !== stored) {
    const restored = member === 'new' ? {} : { since: isoOf(member.since), enteredAt: member.enteredAt };
    outcome.added.push({ ...begun, ...restored });
  }
  const told = { leaf: null, condition: null };
  if (entered && found.event !== 'entered') outcome.undone.push({ ...place, kind: 'entered' });
  if (left !== null && found.event !== 'left') outcome.undone.push({ ...place, kind: 'left' });
  if (found.event === 'entered' && !entered) outcome.events.push({ ...begun, ...told, kind: 'entered' });
  if (found.event === 'left' && left === null && found.ended !== null) {
    const { since, enteredAt, how } = found.ended;
    outcome.events.push({ ...place, ...told, since: isoOf(since), enteredAt, how, kind: 'left' });
  }
}
