import { Injectable } from '@nestjs/common';
import { leavesOf, type Rule } from '@steward/shared/rules';
import { checkRule } from '../../db/rules/check-rule.js';
import type { Tx } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { flippedLeaf } from '../../domain/segments/flipped-leaf.js';
import { membershipOfDay } from '../../domain/segments/membership.js';
import { inLevels, segmentsIn } from '../../domain/segments/order.js';
import { type SegmentRule, SegmentsReader } from '../../records/segments/segments.reader.js';
import type { AccountRun } from '../account-run.js';
import type { Batch } from '../batch.js';
import type { DayRun } from '../day-run.js';
import { StageRulesRepository } from '../state/stage-rules.repository.js';
import {
  type AccountAndSegment,
  memberKey,
  type NewEvent,
  type NewMember,
  type SegmentMemory,
  SegmentsRepository,
  type StoredEvent,
} from './segments.repository.js';

type SoundSegment = SegmentRule & { rule: Rule };

/** The difference that a level of segments makes to what is stored. */
interface Difference {
  added: NewMember[];
  gone: AccountAndSegment[];
  events: NewEvent[];
  undone: StoredEvent[];
}

/**
 * Segment rules over all that was computed before → who is a member, and who came and went on the day. Membership is
 * that of now: days past are walked through without it.
 */
@Injectable()
export class SegmentsStage {
  constructor(
    private readonly segments: SegmentsReader,
    private readonly rules: StageRulesRepository,
    private readonly repository: SegmentsRepository,
  ) {}

  async run(tx: Tx, batch: Batch, day: DayRun, runs: readonly AccountRun[]): Promise<void> {
    if (day.table !== 'account_state') return;
    const segments = await this.segments.rules(tx);
    if (segments.length === 0) return;
    const memory = await this.repository.memory(tx, batch, day.iso);
    await this.repository.removeMembers(tx, ofNoSegment(memory, segments));
    const through = await this.evaluatedThrough(tx, day, runs, memory);
    // A rule that the catalogue no longer bears keeps its members until somebody mends it.
    const sound = segments.flatMap(({ id, version, rule }) =>
      rule !== null && checkRule(rule, day.model.catalogue, { purpose: 'segment' }).length === 0
        ? [{ id, version, rule, uses: segmentsIn(rule) }]
        : [],
    );
    for (const level of inLevels(sound)) await this.evaluate(tx, batch, day, runs, level, memory, through);
    const newest = Math.max(...segments.map(({ version }) => version));
    const behind = runs.filter(({ id }) => (memory.through.get(id) ?? 0) < newest);
    await this.repository.setThrough(
      tx,
      behind.map(({ id }) => id),
      newest,
    );
  }

  /**
   * By account, the rule version up to which it comes and goes with events. An account that is computed for the first
   * time enters what it meets; on the workspace's first day, though, all is taken as it is found.
   */
  private async evaluatedThrough(tx: Tx, day: DayRun, runs: readonly AccountRun[], memory: SegmentMemory) {
    const first = await this.repository.firstDay(tx);
    if (first === null || day.asOf <= first) return () => 0;
    const unknown = new Set(runs.flatMap(({ id, row }) => (row === null ? [id] : [])));
    return (id: string) => memory.through.get(id) ?? (unknown.has(id) ? Number.POSITIVE_INFINITY : 0);
  }

  private async evaluate(
    tx: Tx,
    batch: Batch,
    day: DayRun,
    runs: readonly AccountRun[],
    level: readonly SoundSegment[],
    memory: SegmentMemory,
    through: (accountId: string) => number,
  ): Promise<void> {
    const rules = level.map(({ rule }) => rule);
    const holding = await this.rules.holding(tx, batch, day, 'segments', rules);
    const difference: Difference = { added: [], gone: [], events: [], undone: [] };
    for (const run of runs) {
      const places = holding.get(run.id) ?? [];
      const evaluated = through(run.id);
      level.forEach((segment, place) => {
        settle(run.id, segment, places.includes(place), segment.version > evaluated, day, memory, difference);
      });
    }
    await this.repository.removeMembers(tx, difference.gone);
    await this.repository.addMembers(tx, difference.added);
    await this.repository.removeEvents(tx, difference.undone, day.iso);
    await this.repository.addEvents(tx, await this.withLeaves(tx, day, level, difference.events), day);
  }

  /** Names the condition that turned, for the few accounts that came or went. */
  private async withLeaves(tx: Tx, day: DayRun, level: readonly SoundSegment[], events: NewEvent[]) {
    const told: NewEvent[] = [];
    for (const { id, rule } of level) {
      const own = events.filter(({ segmentId }) => segmentId === id);
      const ids = own.map(({ accountId }) => accountId);
      if (ids.length === 0) continue;
      const leaves = leavesOf(rule);
      const now = await this.rules.holding(tx, { kind: 'list', ids }, day, 'segments', leaves);
      const before = await this.repository.leavesBefore(tx, day, rule, ids);
      for (const event of own) {
        const places = now.get(event.accountId) ?? [];
        const leaf = flippedLeaf(
          rule,
          before.get(event.accountId) ?? null,
          leaves.map((_, place) => places.includes(place)),
        );
        told.push({ ...event, leaf });
      }
    }
    return told;
  }
}

function settle(
  accountId: string,
  segment: SoundSegment,
  ruleHolds: boolean,
  isBaseline: boolean,
  day: DayRun,
  memory: SegmentMemory,
  difference: Difference,
): void {
  const segmentId = segment.id;
  const key = memberKey(accountId, segmentId);
  const stored = memory.members.get(key) ?? null;
  const left = memory.events.get(`${key} left`);
  const entered = memory.events.get(`${key} entered`);
  // Most accounts are no members of most segments, and nothing has happened.
  if (!ruleHolds && stored === null && left === undefined && entered === undefined) return;
  const holds = ruleHolds && !memory.excluded.has(key);
  const found = membershipOfDay({ member: stored, leftOnDay: left ?? null, holds, isBaseline }, day.asOf);
  const begun = { accountId, segmentId, since: day.iso, enteredAt: day.at, how: found.how };
  const { member } = found;
  if (member === null) {
    if (stored !== null) difference.gone.push({ accountId, segmentId });
  } else if (member !== stored) {
    const restored = member === 'new' ? {} : { since: isoOf(member.since), enteredAt: member.enteredAt };
    difference.added.push({ ...begun, ...restored });
  }
  for (const event of [left, entered]) if (event && event.kind !== found.event) difference.undone.push(event);
  if (found.event === 'entered' && !entered) difference.events.push({ ...begun, kind: 'entered', leaf: null });
  if (found.event === 'left' && !left && found.ended !== null) {
    const { since, enteredAt, how } = found.ended;
    difference.events.push({ accountId, segmentId, since: isoOf(since), enteredAt, how, kind: 'left', leaf: null });
  }
}

/** Memberships of segments that are there no more. */
function ofNoSegment(memory: SegmentMemory, segments: readonly SegmentRule[]): AccountAndSegment[] {
  const known = new Set(segments.map(({ id }) => id));
  return [...memory.members.keys()].flatMap((key) => {
    const [accountId = '', segmentId = ''] = key.split(' ');
    return known.has(segmentId) ? [] : [{ accountId, segmentId }];
  });
}
