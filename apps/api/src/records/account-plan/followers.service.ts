import { Injectable } from '@nestjs/common';
import type { AccountPeople, Followers } from '@steward/shared/account-plan';
import type { IsoDay } from '@steward/shared/common';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import type { Person } from '../accounts/account-editing.js';
import { PeopleReader } from '../users/people.reader.js';
import { WorkspaceReader } from '../workspace/workspace.reader.js';
import { PlanRepository } from './plan.repository.js';

const MOST_PEOPLE = 50;

/** Who follows an account, and who could: those who see it. */
@Injectable()
export class FollowersService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: PlanRepository,
    private readonly people: PeopleReader,
    private readonly workspaces: WorkspaceReader,
    private readonly clock: Clock,
  ) {}

  followers(principal: Principal, accountId: string): Promise<Followers> {
    return this.unitOfWork.run(async (tx) => {
      await this.repository.mustSee(tx, principal, accountId);
      return this.repository.followers(tx, accountId, principal);
    });
  }

  follow(person: Person, accountId: string, follows: boolean): Promise<Followers> {
    return this.unitOfWork.run(async (tx) => {
      await this.repository.mustSee(tx, person, accountId);
      const { id } = person.user;
      if (follows) await this.repository.follow(tx, accountId, id, await this.today(tx), this.clock.now());
      else await this.repository.unfollow(tx, accountId, id);
      return this.repository.followers(tx, accountId, person);
    });
  }

  whoSee(principal: Principal, accountId: string, text: string): Promise<AccountPeople> {
    return this.unitOfWork.run(async (tx) => {
      const owners = await this.repository.mustSee(tx, principal, accountId);
      const people = await this.people.on(tx, await this.today(tx));
      const wanted = text.toLocaleLowerCase();
      const found = people.whoSee(owners).filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
      return { people: found.slice(0, MOST_PEOPLE).map(({ id, name, role }) => ({ userId: id, name, role })) };
    });
  }

  private async today(tx: Tx): Promise<IsoDay> {
    return isoOf(await this.workspaces.today(tx));
  }
}
