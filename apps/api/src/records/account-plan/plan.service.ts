import { Injectable } from '@nestjs/common';
import type { AccountPlan, SetPlan } from '@steward/shared/account-plan';
import type { IsoDay } from '@steward/shared/common';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { changesBetween } from '../../platform/audit/changes.js';
import type { Principal } from '../../platform/auth/principal.js';
import { RevisionMoved } from '../../platform/errors/app-error.js';
import { AccountEditing, type Person } from '../accounts/account-editing.js';
import { PeopleReader } from '../users/people.reader.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { AccountNewsDesk } from './account-news.reader.js';
import { PlanRepository, type StoredPlan } from './plan.repository.js';

/** What people plan with an account. */
@Injectable()
export class PlanService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly editing: AccountEditing,
    private readonly repository: PlanRepository,
    private readonly people: PeopleReader,
    private readonly workspaces: WorkspaceReader,
    private readonly news: AccountNewsDesk,
  ) {}

  read(principal: Principal, accountId: string): Promise<AccountPlan> {
    return this.unitOfWork.run(async (tx) => {
      await this.repository.mustSee(tx, principal, accountId);
      return this.shown(tx, principal, accountId, await this.today(tx));
    });
  }

  set(person: Person, accountId: string, given: SetPlan): Promise<AccountPlan> {
    return this.editing.edit(person, accountId, async ({ tx, account, day, at }) => {
      const before = await this.repository.plan(tx, accountId);
      if (before.revision !== given.revision) throw new RevisionMoved('plan');
      const people = await this.people.on(tx, day);
      const mentionedBefore = before.mentions.map(({ userId }) => userId);
      const mentions = [...new Set(given.mentions)];
      const anew = mentions.filter((id) => !mentionedBefore.includes(id));
      const told = people.mustSee(anew, account, 'mentions').filter(({ id }) => id !== person.user.id);
      const owner = given.nextStep?.ownerUserId ?? null;
      // Who has the step already keeps it, whatever has become of them since.
      if (owner !== null && owner !== before.nextStepOwner?.userId) {
        people.mustAct(owner, account, 'nextStep.ownerUserId');
      }
      const plan = { ...given, mentions, note: given.note === '' ? null : given.note };
      const changes = changesBetween(wordsOf(before), {
        note: plan.note,
        mentions,
        objectives: plan.objectives,
        links: plan.links,
        nextStep: plan.nextStep,
      });
      if (Object.keys(changes).length === 0) {
        return { result: await this.shown(tx, person, accountId, day), action: null, changes };
      }
      if (!(await this.repository.save(tx, accountId, plan, person.user.id, at))) throw new RevisionMoved('plan');
      if (told.length > 0) {
        await this.news.add(tx, {
          accountId,
          kind: 'mentioned',
          byUserId: person.user.id,
          toUserIds: told.map(({ id }) => id),
          text: plan.note ?? '',
          subjectId: null,
          day,
          at,
        });
      }
      return { result: await this.shown(tx, person, accountId, day), action: 'account.planned', changes };
    });
  }

  private async today(tx: Tx): Promise<IsoDay> {
    return isoOf(await this.workspaces.today(tx));
  }

  private async shown(tx: Tx, principal: Principal, accountId: string, today: IsoDay): Promise<AccountPlan> {
    const { nextStep, nextStepDay, nextStepOwner, updatedAt, ...plan } = await this.repository.plan(tx, accountId);
    return {
      ...plan,
      nextStep:
        nextStep === null
          ? null
          : {
              text: nextStep,
              day: nextStepDay,
              owner: nextStepOwner,
              past: nextStepDay !== null && nextStepDay < today,
            },
      ...(await this.repository.followers(tx, accountId, principal)),
      updatedAt: updatedAt?.toISOString() ?? null,
    };
  }
}

/** A plan as people write it, to tell what changed. */
function wordsOf({ note, mentions, objectives, links, nextStep, nextStepDay, nextStepOwner }: StoredPlan) {
  return {
    note,
    mentions: mentions.map(({ userId }) => userId),
    objectives,
    links,
    nextStep:
      nextStep === null ? null : { text: nextStep, day: nextStepDay, ownerUserId: nextStepOwner?.userId ?? null },
  };
}
