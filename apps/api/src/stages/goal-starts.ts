import { Injectable } from '@nestjs/common';
import { CatalogueReader } from '../db/rules/catalogue.reader.js';
import type { Tx } from '../db/unit-of-work.js';
import { type Day, isoOf } from '../domain/calendar/day.js';
import { PlaybooksReader, type PublishedPlaybook } from '../records/playbooks/playbooks.reader.js';
import { GoalStarter, type Started, type StartOrder } from './goals/goal-starter.service.js';

/** A goal that a person starts, on one account or on many. */
export type StartByPerson = Omit<StartOrder, 'segmentId'>;

/** Starts playbooks for people: on accounts as they are now. */
@Injectable()
export class GoalStarts {
  constructor(
    private readonly starter: GoalStarter,
    private readonly catalogues: CatalogueReader,
    private readonly playbooks: PlaybooksReader,
  ) {}

  /** As it is published now; null: there is none, or it was deleted. */
  async playbook(tx: Tx, id: string): Promise<PublishedPlaybook | null> {
    return (await this.playbooks.published(tx)).find((each) => each.id === id) ?? null;
  }

  /** In the order of the orders. `at` is the moment that is lived, on the day `today`. */
  async start(tx: Tx, orders: readonly StartByPerson[], today: Day, at: Date): Promise<Started[]> {
    const iso = isoOf(today);
    const { catalogue } = await this.catalogues.model(tx);
    const rows = { table: 'account_state', day: iso, context: { kind: 'live', day: iso }, catalogue } as const;
    const byPerson = orders.map((order) => ({ ...order, segmentId: null }));
    return this.starter.start(tx, byPerson, rows, { iso, asOf: today, at });
  }
}
