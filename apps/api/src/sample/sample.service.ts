import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../db/unit-of-work.js';
import type { Day } from '../domain/calendar/day.js';
import { accountPlans, sampleCompany } from '../domain/sample/company.js';
import { SAMPLE_TEAM } from '../domain/sample/team.js';
import { Conflict } from '../platform/errors/app-error.js';
import { UsersService } from '../records/users/users.service.js';
import { WorkspaceService } from '../records/workspace/workspace.service.js';
import { SampleRepository } from './sample.repository.js';
import { SAMPLE_AUTHOR, SampleFacts, type SampleOptions, type SampleProgress } from './sample-facts.service.js';

export const SAMPLE_DEFAULTS: SampleOptions = { accounts: 200, months: 18, seed: 1 };

/** Known to everyone who reads the README: the sample is for trying, on an address of one's own machine. */
export const SAMPLE_PASSWORD = 'try-steward';

/** The sample company: its people, its facts and their history; one call in, one call out. */
@Injectable()
export class SampleService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: SampleRepository,
    private readonly people: UsersService,
    private readonly workspace: WorkspaceService,
    private readonly facts: SampleFacts,
  ) {}

  /** Loads the sample into a workspace that has no accounts yet. Answers whether it did. */
  async ensure(options: SampleOptions, progress: SampleProgress): Promise<boolean> {
    await this.workspace.ensureWorkspace();
    if (await this.unitOfWork.run((tx) => this.repository.hasAccounts(tx))) return false;
    await this.load(options, progress);
    return true;
  }

  async load(options: SampleOptions, progress: SampleProgress): Promise<void> {
    await this.workspace.ensureWorkspace();
    await this.alone(async () => {
      await this.addTeam();
      await this.facts.deliver(options, progress);
      await this.unitOfWork.run((tx) => this.workspace.markSampleLoaded(tx));
    });
  }

  /**
   * Takes the sample's accounts out again and lets its people, whose password everybody knows, sign in no more; the
   * last admin stays until there is another.
   */
  async clear(options: Pick<SampleOptions, 'accounts' | 'seed'>): Promise<{ accounts: number; peopleLeft: string[] }> {
    const accounts = await this.clearAccounts(options);
    const people = await this.people.list();
    const ofSample = new Set(SAMPLE_TEAM.map(({ email }) => email));
    const otherAdmin = people.some(({ email, role, active }) => role === 'admin' && active && !ofSample.has(email));
    const peopleLeft: string[] = [];
    for (const { id, email, role, active, revision } of people) {
      if (!active || !ofSample.has(email)) continue;
      if (role === 'admin' && !otherAdmin) peopleLeft.push(email);
      else await this.people.update(SAMPLE_AUTHOR, id, { revision, active: false });
    }
    return { accounts, peopleLeft };
  }

  private async clearAccounts(options: Pick<SampleOptions, 'accounts' | 'seed'>): Promise<number> {
    return this.alone(async (tx) => {
      const company = sampleCompany({ ...options, months: 1, to: 0 as Day });
      const deleted = await this.repository.deleteAccounts(
        tx,
        accountPlans(company).map(({ externalId }) => externalId),
      );
      await this.repository.forgetSample(tx);
      return deleted;
    });
  }

  private async alone<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.repository.lock(tx))) {
        throw new Conflict('SAMPLE_BUSY', 'The sample is being loaded or cleared already.');
      }
      return work(tx);
    });
  }

  private async addTeam(): Promise<void> {
    const known = new Map((await this.people.list()).map(({ email, id }) => [email, id]));
    for (const { email, fullName, role, manager } of SAMPLE_TEAM) {
      if (known.has(email)) continue;
      const managerId = manager === null ? null : (known.get(manager) ?? null);
      const made = await this.people.create(SAMPLE_AUTHOR, {
        email,
        fullName,
        role,
        managerId,
        password: SAMPLE_PASSWORD,
      });
      known.set(email, made.id);
    }
  }
}
