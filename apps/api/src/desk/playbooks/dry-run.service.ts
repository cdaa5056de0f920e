import { Injectable } from '@nestjs/common';
import { describeTarget } from '@steward/shared/describe-target';
import {
  type DryRunOnAccount,
  type DryRunToday,
  type PlannedGoal,
  START_REFUSAL_WORDS,
  type WouldGetIt,
} from '@steward/shared/playbooks';
import { NIL } from 'uuid';
import { CatalogueReader } from '../../db/rules/catalogue.reader.js';
import type { Tx } from '../../db/unit-of-work.js';
import { addDays, type Day, isoOf, isoOrNull, toDay } from '../../domain/calendar/day.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors/app-error.js';
import { PlaybooksReader } from '../../records/playbooks/playbooks.reader.js';
import { GoalPlans } from '../../stages/goal-plans.js';
import { Questions } from '../account-list/questions.service.js';
import { PlaybookDryRunRepository } from './dry-run.repository.js';

/** As goals may start: a day that was forgotten, or one that is planned. */
const EARLIEST = -30;
const LATEST = 365;
/** No question about accounts: the gate and the time that people's questions have, and the reader's scope. */
const OF_ALL = { rule: null, text: '', asOf: null } as const;

/** What a playbook would come to, kept or being written. Nothing is stored. */
@Injectable()
export class PlaybookDryRun {
  constructor(
    private readonly questions: Questions,
    private readonly repository: PlaybookDryRunRepository,
    private readonly playbooks: PlaybooksReader,
    private readonly catalogues: CatalogueReader,
    private readonly plans: GoalPlans,
  ) {}

  onAccount(
    principal: Principal,
    { definition, playbookId, accountId, startDay }: DryRunOnAccount,
  ): Promise<PlannedGoal> {
    return this.questions.ask(principal, OF_ALL, async (tx, { scope, day }) => {
      if (!(await this.repository.isInScope(tx, scope, accountId))) throw new NotFound('account');
      const { catalogue } = await this.catalogues.model(tx);
      await this.playbooks.mustBeSound(tx, definition, catalogue);
      const today = toDay(day);
      const playbook = { id: playbookId ?? NIL, key: null, version: 0, enabled: true, definition };
      const order = { accountId, playbook, startDay: startOf(startDay, today) };
      const plan = await this.plans.plan(tx, order, catalogue, today);
      if (!plan)
        throw new Conflict('NOT_COMPUTED', 'The account has just come and is not computed yet. Try again soon.');
      const { refusal, planned, baseline } = plan;
      const person = await this.people(tx, [planned.ownerUserId, ...planned.tasks.map((each) => each.assigneeUserId)]);
      const fields = [...catalogue.fields.values()].map(({ field }) => field);
      return {
        refusal: refusal === null ? null : { code: refusal, message: START_REFUSAL_WORDS[refusal] },
        startDay: isoOf(planned.startDay),
        dueDay: isoOf(planned.dueDay),
        owner: person(planned.ownerUserId),
        baseline,
        target: describeTarget(definition.target, fields),
        tasks: planned.tasks.map(({ key, title, dueDay, waitsFor, required, role, assigneeUserId }) => ({
          key,
          title,
          dueDay: isoOrNull(dueDay),
          waitsFor,
          isPast: dueDay !== null && dueDay < planned.startDay,
          required,
          role,
          assignee: person(assigneeUserId),
        })),
      };
    });
  }

  today(principal: Principal, { definition, playbookId }: DryRunToday): Promise<WouldGetIt> {
    return this.questions.ask(principal, OF_ALL, async (tx, { scope, day }) => {
      const { catalogue } = await this.catalogues.model(tx);
      await this.playbooks.mustBeSound(tx, definition, catalogue);
      const found = await this.repository.today(tx, definition, { catalogue, scope, day, playbookId });
      const { segments, alertRules } = await this.playbooks.nameable(tx);
      const names = new Map([...segments, ...alertRules].map(({ id, name }) => [id, name]));
      const rows = found.rows.map(({ ofId, ...row }) => ({ ...row, because: names.get(ofId) ?? '' }));
      return { ...found, rows };
    });
  }

  private async people(tx: Tx, userIds: readonly (string | null)[]) {
    const names = await this.repository.namesOf(tx, [...new Set(userIds.filter((id) => id !== null))]);
    return (userId: string | null) => (userId === null ? null : { userId, name: names.get(userId) ?? '' });
  }
}

function startOf(startDay: string | null, today: Day): Day {
  if (startDay === null) return today;
  const [first, last] = [addDays(today, EARLIEST), addDays(today, LATEST)];
  const day = toDay(startDay);
  if (day >= first && day <= last) return day;
  const message = `lies outside ${isoOf(first)} to ${isoOf(last)}`;
  throw new InvalidInput(`The start ${message}.`, [{ path: 'startDay', message }]);
}
