import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { SetPulse } from '@steward/shared/accounts';
import type { IsoDay } from '@steward/shared/common';
import { ManyAccountsRepository, type StoredPulse } from '../../../records/accounts/many-accounts.repository.js';
import { PulseReasonsReader } from '../../../records/pulse/pulse-reasons.reader.js';
import {
  type Batch,
  type Deed,
  type KindOfBulk,
  type Ordered,
  type Outcomes,
  type RefusedWhole,
  refuseAll,
  refused,
  UNCHANGED,
} from './bulk-kind.js';

/** A person's own judgement of many accounts, as of the day. */
@Injectable()
export class PulseKind implements KindOfBulk<'pulse'> {
  constructor(
    private readonly many: ManyAccountsRepository,
    private readonly reasons: PulseReasonsReader,
  ) {}

  async refusedWhole({ tx }: Ordered, { reasons }: SetPulse): Promise<RefusedWhole | null> {
    const [unknown] = await this.reasons.notOffered(tx, reasons);
    return unknown === undefined ? null : { code: 'UNKNOWN_REASON', path: `reasons.${reasons.indexOf(unknown)}` };
  }

  async apply(batch: Batch, change: SetPulse): Promise<Outcomes> {
    const { tx, user, accounts, day, at } = batch;
    const { value, reasons, note } = change;
    const whole = await this.refusedWhole(batch, change);
    if (whole !== null) return refuseAll(batch, whole.code);
    const ids = accounts.map(({ id }) => id);
    const present = await this.many.pulsesOf(tx, ids, day);
    const pulse: StoredPulse = { day, value, reasons, note, authorUserId: user.id, authorText: user.fullName };
    const changing = ids.filter((id) => !isDeepStrictEqual(present.get(id), pulse));
    if (changing.length > 0) {
      await this.many.savePulses(
        tx,
        changing.map((accountId) => ({ accountId, ...pulse })),
        at,
      );
    }
    const outcomes: Outcomes = new Map(ids.map((id) => [id, UNCHANGED]));
    for (const id of changing) outcomes.set(id, { state: 'done', before: present.get(id) ?? null, after: pulse });
    return outcomes;
  }

  async undo({ tx, accounts, day, at }: Batch, _change: unknown, deeds: ReadonlyMap<string, Deed>): Promise<Outcomes> {
    const ids = accounts.map(({ id }) => id);
    const newest = await this.many.newestPulses(tx, ids, day);
    const outcomes: Outcomes = new Map();
    const restored: ({ accountId: string } & StoredPulse)[] = [];
    const removed: { accountId: string; day: IsoDay }[] = [];
    for (const id of ids) {
      const { before, after } = deeds.get(id) as { before: StoredPulse | null; after: StoredPulse };
      if (!isDeepStrictEqual(newest.get(id), after)) {
        outcomes.set(id, refused('CHANGED_SINCE'));
        continue;
      }
      if (before === null) removed.push({ accountId: id, day: after.day });
      else restored.push({ accountId: id, ...before });
      outcomes.set(id, { state: 'done', before: after, after: before, sinceDay: after.day });
    }
    if (removed.length > 0) await this.many.removePulses(tx, removed);
    if (restored.length > 0) await this.many.savePulses(tx, restored, at);
    return outcomes;
  }
}
