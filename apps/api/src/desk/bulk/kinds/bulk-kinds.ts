import { Injectable } from '@nestjs/common';
import type { BulkChange, BulkKind } from '@steward/shared/bulk';
import type { Tx } from '../../../db/unit-of-work.js';
import { isoOf } from '../../../domain/calendar/day.js';
import { WorkspaceReader } from '../../../records/workspace/workspace.reader.js';
import { AssignKind } from './assign.js';
import type { KindOfBulk, RefusedWhole } from './bulk-kind.js';
import { PulseKind } from './pulse.js';
import { SnoozeKind } from './snooze.js';
import { StartPlaybookKind } from './start-playbook.js';
import { TagKind } from './tag.js';
import { ReleaseTierKind, TierKind } from './tier.js';

/** Every kind of change that can be made to many accounts. */
@Injectable()
export class BulkKinds {
  private readonly kinds: { [Kind in BulkKind]: KindOfBulk<Kind> };

  constructor(
    assign: AssignKind,
    tier: TierKind,
    releaseTier: ReleaseTierKind,
    pulse: PulseKind,
    tag: TagKind,
    snooze: SnoozeKind,
    startPlaybook: StartPlaybookKind,
    private readonly workspaces: WorkspaceReader,
  ) {
    this.kinds = { assign, tier, releaseTier, pulse, tag, snooze, startPlaybook };
  }

  of(kind: BulkKind): KindOfBulk {
    // A change is always handed to the kind that it names.
    return this.kinds[kind] as KindOfBulk;
  }

  /** Why a change would be refused today for every account there is; null: it would not. */
  async refusedWhole(tx: Tx, change: BulkChange): Promise<RefusedWhole | null> {
    const day = isoOf(await this.workspaces.today(tx));
    return (await this.of(change.kind).refusedWhole?.({ tx, day }, change)) ?? null;
  }
}
