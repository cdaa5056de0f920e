import { Injectable } from '@nestjs/common';
import type { HandOver, OwnersNow, OwnersSet, SetOwners } from '@steward/shared/hand-over';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { permissionsOf } from '../../platform/auth/permissions.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Conflict, NotAllowed, NotFound } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { AccountEditing, type Person } from './account-editing.js';
import { AccountEditsRepository, type EditableAccount } from './account-edits.repository.js';
import { AccountEditsService } from './account-edits.service.js';
import type { StoredHandOver } from './hand-over.repository.js';
import { HandOvers } from './hand-overs.js';
import { mayChangeOwner } from './owner-change.js';

/** Who an account belongs to, and how it is handed over. */
@Injectable()
export class OwnersService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly editing: AccountEditing,
    private readonly edits: AccountEditsService,
    private readonly accounts: AccountEditsRepository,
    private readonly handOvers: HandOvers,
    private readonly workspaces: WorkspaceReader,
  ) {}

  now(principal: Principal, accountId: string): Promise<OwnersNow> {
    return this.unitOfWork.run(async (tx) => {
      const account = await this.accounts.seen(tx, principal.scope, accountId);
      if (account === null) throw new NotFound('account');
      const { revision, csm, am } = account;
      const underWay = {
        csm: await this.handOvers.rows.underWay(tx, accountId, csm?.userId ?? null),
        am: await this.handOvers.rows.underWay(tx, accountId, am?.userId ?? null),
      };
      return { revision, csm, am, underWay };
    });
  }

  async set(person: Person, accountId: string, { move, note, ...owners }: SetOwners): Promise<OwnersSet> {
    const { revision, handOverId } = await this.edits.update(person, accountId, owners, { move, note: note || null });
    return this.answer(person, accountId, revision, handOverId);
  }

  list(principal: Principal, accountId: string): Promise<{ handOvers: HandOver[] }> {
    return this.unitOfWork.run(async (tx) => {
      if ((await this.accounts.seen(tx, principal.scope, accountId)) === null) throw new NotFound('account');
      const stored = await this.handOvers.rows.all(tx, accountId);
      const today = isoOf(await this.workspaces.today(tx));
      return { handOvers: stored.map((each) => shown(each, principal, stored, today)) };
    });
  }

  async undo(person: Person, accountId: string, id: string): Promise<OwnersSet> {
    const held = (tx: Tx) => this.accounts.heldByGiver(tx, person.scope, accountId, { userId: person.user.id, id });
    const revision = await this.editing.edit(
      person,
      accountId,
      async ({ tx, account, day, at }) => {
        const handOver = await this.handOvers.rows.byId(tx, accountId, id);
        if (handOver === null) throw new NotFound('hand-over');
        const [newest] = (await this.handOvers.rows.all(tx, accountId)).filter(({ undoneAt }) => undoneAt === null);
        if (handOver.undoneAt !== null || newest?.id !== id || handOver.day !== day) {
          throw new Conflict('NOTHING_TO_UNDO', 'Only the newest hand-over of today can be taken back, and only once.');
        }
        if (!stillStands(account, handOver)) {
          throw new Conflict('CHANGED_SINCE', 'The owners were changed again since.');
        }
        if (!mayUndo(person, handOver)) throw new NotAllowed('It is taken back by who did it, and by managers.');
        await this.handOvers.takeBack(tx, accountId, handOver, { userId: person.user.id, day, at });
        const changes = {
          csmUserId: { from: handOver.to.csm?.userId ?? null, to: handOver.from.csm?.userId ?? null },
          amUserId: { from: handOver.to.am?.userId ?? null, to: handOver.from.am?.userId ?? null },
        };
        const rises = Object.keys(handOver.before.owners).length;
        return { result: account.revision + rises, action: 'account.hand_over_undone', changes };
      },
      held,
    );
    return this.answer(person, accountId, revision, id);
  }

  private answer(person: Person, accountId: string, revision: number, id: string | null): Promise<OwnersSet> {
    return this.unitOfWork.run(async (tx) => {
      if (id === null) return { revision, handOver: null };
      const stored = await this.handOvers.rows.all(tx, accountId);
      const handOver = stored.find((each) => each.id === id);
      const today = isoOf(await this.workspaces.today(tx));
      return { revision, handOver: handOver === undefined ? null : shown(handOver, person, stored, today) };
    });
  }
}

function shown(
  handOver: StoredHandOver,
  principal: Principal,
  all: readonly StoredHandOver[],
  today: string,
): HandOver {
  const { before: _, at, undoneAt, ...rest } = handOver;
  const newest = all.find((each) => each.undoneAt === null);
  return {
    ...rest,
    at: at.toISOString(),
    undoneAt: undoneAt?.toISOString() ?? null,
    mayUndo: newest?.id === handOver.id && handOver.day === today && mayUndo(principal, handOver),
  };
}

/** Whoever did it; and who may give accounts away at all. */
function mayUndo(principal: Principal, { by, from, to }: StoredHandOver): boolean {
  if (principal.kind !== 'user') return false;
  if (permissionsOf(principal.user.role).includes('accounts:assign')) return true;
  if (by.userId !== principal.user.id) return false;
  return (['csm', 'am'] as const).every((role) =>
    mayChangeOwner(principal.user, { from: to[role]?.userId ?? null, to: from[role]?.userId ?? null }),
  );
}

function stillStands(account: EditableAccount, { to }: StoredHandOver): boolean {
  return account.csmUserId === (to.csm?.userId ?? null) && account.amUserId === (to.am?.userId ?? null);
}
