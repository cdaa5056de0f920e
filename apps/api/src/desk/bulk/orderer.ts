import { Injectable } from '@nestjs/common';
import type { BulkKind } from '@steward/shared/bulk';
import type { IsoDay } from '@steward/shared/common';
import type { Tx } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { Authenticator } from '../../platform/auth/authenticator.js';
import { permissionsOf } from '../../platform/auth/permissions.js';
import type { CurrentUserData } from '../../platform/auth/principal.js';
import type { Scope } from '../../platform/auth/scope.js';
import { Clock } from '../../platform/clock.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { neededFor } from './may-order.js';

export interface Ordering {
  user: CurrentUserData;
  scope: Scope;
  day: IsoDay;
  at: Date;
}

/** Whoever ordered an action, as they are when it is done. */
@Injectable()
export class Orderer {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly workspaces: WorkspaceReader,
    private readonly clock: Clock,
  ) {}

  /** Null: they may no longer do this. */
  async of(tx: Tx, userId: string, kind: BulkKind): Promise<Ordering | null> {
    const person = await this.authenticator.workingFor(tx, userId);
    if (person === null || !permissionsOf(person.user.role).includes(neededFor(kind))) return null;
    return { ...person, day: isoOf(await this.workspaces.today(tx)), at: this.clock.now() };
  }
}
