import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type LoadSample, loadSampleSchema } from '@steward/shared/sample';
import { type Tx, UnitOfWork } from '../db/unit-of-work.js';
import { SAMPLE_TEAM } from '../domain/sample/team.js';
import { Conflict } from '../platform/errors/app-error.js';
import { UsersService } from '../records/users/users.service.js';
import { WorkspaceService } from '../records/workspace/workspace.service.js';
import { SampleRepository } from './sample.repository.js';
import { SampleAccounts } from './sample-accounts.service.js';
import { SAMPLE_AUTHOR, SampleFacts, type SampleProgress } from './sample-facts.service.js';

export const SAMPLE_DEFAULTS: LoadSample = loadSampleSchema.parse({});

/** Known to everyone who reads the README: the sample is for trying, on an address of one's own machine. */
export const SAMPLE_PASSWORD = 'try-steward';

export interface LoadWays {
  /**
   * Whether its people sign in with the known password. Without it, only those who look after accounts come, and nobody
   * can sign in as them: others may be able to reach the product.
   */
  signIns: boolean;
  signal?: AbortSignal;
}

/** The sample company: its people, its facts and their history; one call in, one call out. */
@Injectable()
export class SampleService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: SampleRepository,
    private readonly people: UsersService,
    private readonly workspace: WorkspaceService,
    private readonly facts: SampleFacts,
    private readonly accounts: SampleAccounts,
  ) {}

  /** Loads the sample into a workspace that has no accounts yet. Answers whether it did. */
  async ensure(options: LoadSample, progress: SampleProgress): Promise<boolean> {
    await this.workspace.ensureWorkspace();
    if (await this.unitOfWork.run((tx) => this.repository.hasAccounts(tx))) return false;
    await this.load(options, progress);
    return true;
  }

  async load(options: LoadSample, progress: SampleProgress, ways: LoadWays = { signIns: true }): Promise<void> {
    await this.workspace.ensureWorkspace();
    await this.alone(async () => {
      await this.addTeam(ways);
      await this.facts.deliver(options, progress, ways.signal);
      await this.unitOfWork.run((tx) => this.workspace.markSampleLoaded(tx));
    });
  }

  /**
   * Takes the sample's accounts out again and lets its people, whose password everybody knows, sign in no more; the
   * last admin stays until there is another. An account that another source has brought as well is kept.
   */
  async clear(): Promise<{ accounts: number; kept: number; peopleLeft: string[] }> {
    const cleared = await this.alone((tx) => this.accounts.clear(tx));
    const people = await this.people.list();
    const ofSample = new Set(SAMPLE_TEAM.map(({ email }) => email));
    const otherAdmin = people.some(({ email, role, active }) => role === 'admin' && active && !ofSample.has(email));
    const peopleLeft: string[] = [];
    for (const { id, email, role, active, revision } of people) {
      if (!active || !ofSample.has(email)) continue;
      if (role === 'admin' && !otherAdmin) peopleLeft.push(email);
      else await this.people.update(SAMPLE_AUTHOR, id, { revision, active: false });
    }
    return { ...cleared, peopleLeft };
  }

  private async alone<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.repository.lock(tx))) {
        throw new Conflict('SAMPLE_BUSY', 'The sample is being loaded or cleared already.');
      }
      return work(tx);
    });
  }

  /** Makes the sample's people; those who were let go with an earlier sample come back. */
  private async addTeam({ signIns }: LoadWays): Promise<void> {
    const known = new Map((await this.people.list()).map((person) => [person.email, person]));
    for (const { email, fullName, role, manager } of SAMPLE_TEAM) {
      if (!signIns && (role === 'admin' || role === 'viewer')) continue;
      const before = known.get(email);
      if (before?.active) continue;
      const made = before
        ? await this.people.update(SAMPLE_AUTHOR, before.id, {
            revision: before.revision,
            active: true,
            password: signIns ? SAMPLE_PASSWORD : randomBytes(24).toString('base64url'),
          })
        : await this.people.create(SAMPLE_AUTHOR, {
            email,
            fullName,
            role,
            managerId: manager === null ? null : (known.get(manager)?.id ?? null),
            password: signIns ? SAMPLE_PASSWORD : null,
          });
      known.set(email, made);
    }
  }
}
