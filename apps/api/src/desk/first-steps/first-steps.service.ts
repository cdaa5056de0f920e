import { Injectable } from '@nestjs/common';
import { FIRST_STEPS, type FirstSteps, type UpdateFirstSteps } from '@steward/shared/first-steps';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { actorOf, type Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { FirstStepsRepository } from './first-steps.repository.js';

type Person = Extract<Principal, { kind: 'user' }>;

/** How far a new workspace has come. */
@Injectable()
export class FirstStepsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: FirstStepsRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  get(person: Person): Promise<FirstSteps> {
    return this.unitOfWork.run((tx) => this.shown(tx, person));
  }

  update(person: Person, { hidden, tiersReviewed }: UpdateFirstSteps): Promise<FirstSteps> {
    return this.unitOfWork.run(async (tx) => {
      await this.repository.say(tx, person.user.id, hidden ?? null, tiersReviewed ? this.clock.now() : null);
      if (tiersReviewed) {
        const subject = { kind: 'tiers', id: '1' };
        await this.audit.record(tx, { actor: actorOf(person), action: 'tiers.reviewed', subject, changes: {} });
      }
      return this.shown(tx, person);
    });
  }

  private async shown(tx: Tx, person: Person): Promise<FirstSteps> {
    const done = await this.repository.done(tx);
    const steps = FIRST_STEPS.map((step) => ({ step, done: done[step] }));
    return { steps, hidden: await this.repository.isHidden(tx, person.user.id) };
  }
}
