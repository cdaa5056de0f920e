import { Injectable } from '@nestjs/common';
import { leavesOf } from '@steward/shared/rules';
import type { Tx } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { flippedLeaf } from '../../domain/segments/flipped-leaf.js';
import { membershipOfDay } from '../../domain/segments/membership.js';
import type { Batch } from '../batch.js';
import type { DayOfSegments } from './day-of-segments.js';
import { FlipConditionsRepository } from './flip-conditions.repository.js';
import type { SegmentPart, SoundSegment } from './segment-parts.js';
import {
  type Difference,
  type GoneEvent,
  type NewEvent,
  type NewMember,
  type Place,
  SegmentsRepository,
} from './segments.repository.js';
import { type Settled, settledBy, type UnsettledContacts } from './settled-contacts.js';

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
  /** Whose contacts a steady part is asked about; null: all, and nothing is settled by it. */
  unsettled?: UnsettledContacts | null;
}

/** Holds rules and memberships of a batch against each other on a day, and writes who came and went. */
@Injectable()
export class SegmentEvaluation {
  constructor(
    private readonly repository: SegmentsRepository,
    private readonly flips: FlipConditionsRepository,
  ) {}

  /** Answers the accounts whose contacts are settled by it. */
  async evaluate(
    tx: Tx,
    batch: Batch,
    day: DayOfSegments,
    parts: readonly SegmentPart[],
    { accounts, isBaseline, unsettled = null }: Evaluated,
  ): Promise<Settled[]> {
    let settled: Settled[] = [];
    for (const part of parts) {
      const asked = part.isSteady ? unsettled : null;
      if (asked !== null && asked.accounts.size === 0) continue;
      const found = await this.repository.differences(tx, asked?.batch ?? batch, day, part, asked !== null);
      const differences = found.differences.filter(({ accountId }) => accounts.has(accountId));
      if (asked !== null) settled = settledBy(asked, found, day.asOf);
      if (differences.length > 0) {
        await this.write(tx, day, part.segments, outcomeOf(differences, part.segments, day, isBaseline));
      }
    }
    return settled;
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
