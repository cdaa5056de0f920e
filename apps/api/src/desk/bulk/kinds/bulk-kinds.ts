import { Injectable } from '@nestjs/common';
import type { BulkKind } from '@steward/shared/bulk';
import { AssignKind } from './assign.js';
import type { KindOfBulk } from './bulk-kind.js';
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
  ) {
    this.kinds = { assign, tier, releaseTier, pulse, tag, snooze, startPlaybook };
  }

  of(kind: BulkKind): KindOfBulk {
    // A change is always handed to the kind that it names.
    return this.kinds[kind] as KindOfBulk;
  }
}
