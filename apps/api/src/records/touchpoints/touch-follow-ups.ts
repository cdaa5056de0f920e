import { Injectable } from '@nestjs/common';
import type { LoggedTouch, NextStep } from '@steward/shared/touchpoints';
import { AccountNewsDesk } from '../account-plan/account-news.reader.js';
import { NextSteps } from '../account-plan/next-step.reader.js';
import type { Editing, Person } from '../accounts/account-editing.js';
import { TaskMaker } from '../tasks/task-maker.reader.js';
import type { KnownPerson, People } from '../users/people.reader.js';

type Changed = LoggedTouch['changed'];

export const personOf = ({ id, name }: KnownPerson) => ({ userId: id, name });

/** What comes of a touch for others: next steps, and news. */
@Injectable()
export class TouchFollowUps {
  constructor(
    private readonly tasks: TaskMaker,
    private readonly nextSteps: NextSteps,
    private readonly news: AccountNewsDesk,
  ) {}

  /** What is to come of the touch. Answers the task, where it became one. */
  async plan(
    { tx, account, day, at }: Editing,
    person: Person,
    people: People,
    touchpointId: string,
    step: NextStep | null,
  ): Promise<Changed['task']> {
    if (step === null) return null;
    const owner = people.mustAct(step.ownerUserId ?? person.user.id, account, 'nextStep.ownerUserId');
    if (step.onPlan) {
      await this.nextSteps.set(tx, {
        accountId: account.id,
        text: step.text,
        day: step.day,
        ownerUserId: owner.id,
        byUserId: person.user.id,
        at,
      });
    }
    if (!step.asTask) return null;
    const id = await this.tasks.make(tx, {
      accountId: account.id,
      origin: 'nextStep',
      title: step.text,
      guidance: null,
      dueDay: step.day,
      assigneeUserId: owner.id,
      touchpointId,
      createdBy: person.user.id,
      day,
      at,
    });
    return { id, title: step.text, dueDay: step.day, assignee: personOf(owner) };
  }

  async tell(
    { tx, account, day, at }: Editing,
    person: Person,
    subjectId: string,
    text: string,
    mentioned: readonly KnownPerson[],
  ): Promise<void> {
    const news = { accountId: account.id, byUserId: person.user.id, text, subjectId, day, at };
    await this.news.add(tx, { ...news, kind: 'touched', toUserIds: [] });
    if (mentioned.length === 0) return;
    await this.news.add(tx, { ...news, kind: 'mentioned', toUserIds: mentioned.map(({ id }) => id) });
  }
}
