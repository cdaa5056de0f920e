import { Injectable } from '@nestjs/common';
import { leavesOf, type Rule } from '@steward/shared/rules';
import { SEGMENT_OF, type SegmentOf } from '@steward/shared/segments';
import { checkRule } from '../../db/rules/check-rule.js';
import { contactCatalogue } from '../../db/rules/contact-fields.js';
import type { Tx } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { flippedLeaf } from '../../domain/segments/flipped-leaf.js';
import { membershipOfDay } from '../../domain/segments/membership.js';
import { inLevels, inParts, segmentsIn } from '../../domain/segments/order.js';
import { type SegmentRule, SegmentsReader } from '../../records/segments/segments.reader.js';
import type { AccountRun } from '../account-run.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import {
  type Difference,
  type GoneEvent,
  holdingKey,
  type NewEvent,
  type NewMember,
  type Place,
  SegmentsRepository,
} from './segments.repository.js';

type SoundSegment = SegmentRule & { rule: Rule; uses: readonly string[] };

const CONDITIONS_A_STATEMENT = 1_000;

/** True where an account was not held against the segment's rule yet: it takes what it finds and tells of nobody. */
type IsBaseline = (accountId: string, version: number) => boolean;

/** What has to be written of a level of segments. */
interface Outcome {
  added: NewMember[];
  gone: Place[];
  events: NewEvent[];
  undone: GoneEvent[];
}

/**
 * Segment rules over all that was computed before → which accounts and contacts are members, and who came and went on
 * the day. Membership is that of now: days past are walked through without it.
 */
@Injectable()
export class SegmentsStage {
  constructor(
    private readonly segments: SegmentsReader,
    private readonly repository: SegmentsRepository,
  ) {}

  async run(tx: Tx, batch: Batch, day: DayRun, runs: readonly AccountRun[]): Promise<void> {
    if (day.table !== 'account_state') return;
    const segments = await this.segments.rules(tx);
    if (segments.length === 0) return;
    const newest = Math.max(...segments.map(({ version }) => version));
    const behind = await this.repository.behind(tx, batch, newest);
    const isBaseline = await this.baselines(tx, day, runs, behind);
    const computed = new Set(runs.map(({ id }) => id));
    const sound = soundOnes(segments, day);
    for (const of of SEGMENT_OF) {
      // A level is asked even where there is none, for the members of segments that are gone.
      const levels = inLevels(sound.filter((segment) => segment.of === of));
      const parts = levels.flatMap((level) => inParts(level, CONDITIONS_A_STATEMENT));
      for (const level of parts.length === 0 ? [[]] : parts) {
        const others = segments.filter(({ id }) => !level.some((each) => each.id === id)).map(({ id }) => id);
        const found = await this.repository.differences(tx, batch, day, { of, segments: level, others });
        const differences = found.filter(({ accountId }) => computed.has(accountId));
        if (differences.length > 0) await this.write(tx, day, level, outcomeOf(differences, level, day, isBaseline));
      }
    }
    const late = runs.filter(({ id }) => behind.has(id)).map(({ id }) => id);
    await this.repository.setThrough(tx, late, newest);
  }

  /**
   * An account that is computed for the first time enters what it meets; on the workspace's first day, though, all is
   * taken as it is found.
   */
  private async baselines(
    tx: Tx,
    day: DayRun,
    runs: readonly AccountRun[],
    behind: ReadonlyMap<string, number | null>,
  ): Promise<IsBaseline> {
    const first = await this.repository.firstDay(tx);
    if (first === null || day.asOf <= first) return () => true;
    const isNew = new Set(runs.flatMap(({ id, row }) => (row === null ? [id] : [])));
    return (id, version) => {
      const through = behind.get(id);
      if (through === undefined) return false;
      return through === null ? !isNew.has(id) : version > through;
    };
  }

  private async write(tx: Tx, day: DayRun, level: readonly SoundSegment[], outcome: Outcome): Promise<void> {
    await this.repository.removeMembers(tx, outcome.gone);
    await this.repository.addMembers(tx, outcome.added);
    await this.repository.removeEvents(tx, outcome.undone, day.iso);
    await this.repository.addEvents(tx, await this.withConditions(tx, day, level, outcome.events), day);
  }

  /** Names the condition that turned, for the few that came or went: all conditions are asked at once. */
  private async withConditions(tx: Tx, day: DayRun, level: readonly SoundSegment[], events: readonly NewEvent[]) {
    if (events.length === 0) return [];
    const moved = new Set(events.map(({ segmentId }) => segmentId));
    const segments = level
      .filter(({ id }) => moved.has(id))
      .map(({ id, of, rule }) => ({ id, of, rule, conditions: leavesOf(rule), first: 0 }));
    let first = 0;
    for (const segment of segments) {
      segment.first = first;
      first += segment.conditions.length;
    }
    const of = segments[0]?.of ?? 'account';
    const asked = { of, conditions: segments.flatMap(({ conditions }) => conditions) };
    const ids = events.map(({ accountId }) => accountId);
    const now = await this.repository.holding(tx, day, asked, ids, 'now');
    const before = await this.repository.holding(tx, day, asked, ids, 'before');
    return events.map((event) => {
      const segment = segments.find(({ id }) => id === event.segmentId);
      const holds = now.get(holdingKey(event));
      if (segment === undefined || holds === undefined) return event;
      const own = (places: ReadonlySet<number>) =>
        segment.conditions.map((_, place) => places.has(segment.first + place));
      const held = before.get(holdingKey(event));
      const leaf = flippedLeaf(segment.rule, held === undefined ? null : own(held), own(holds));
      return { ...event, leaf, condition: leaf === null ? null : (segment.conditions[leaf] ?? null) };
    });
  }
}

/** A rule that the catalogue no longer bears keeps its members until somebody mends it. */
function soundOnes(segments: readonly SegmentRule[], { model: { catalogue } }: DayRun): SoundSegment[] {
  const catalogues = { account: catalogue, contact: contactCatalogue(catalogue) } satisfies Record<SegmentOf, unknown>;
  return segments.flatMap((segment) => {
    const { of, rule } = segment;
    if (rule === null || checkRule(rule, catalogues[of], { purpose: 'segment' }).length > 0) return [];
    return [{ ...segment, rule, uses: segmentsIn(rule) }];
  });
}

function outcomeOf(
  differences: readonly Difference[],
  level: readonly SoundSegment[],
  day: DayRun,
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

function settle(difference: Difference, baseline: boolean, day: DayRun, outcome: Outcome): void {
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
