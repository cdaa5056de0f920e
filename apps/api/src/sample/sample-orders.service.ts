import { Injectable } from '@nestjs/common';
import type { LoadSample, SampleState, SampleStatus } from '@steward/shared/sample';
import { type Tx, UnitOfWork } from '../db/unit-of-work.js';
import { SAMPLE_TEAM } from '../domain/sample/team.js';
import { Queues } from '../pipeline/base/queue.module.js';
import { AuditLog } from '../platform/audit/audit-log.js';
import type { Actor } from '../platform/auth/principal.js';
import { Clock } from '../platform/clock.js';
import { Conflict } from '../platform/errors/app-error.js';
import { log } from '../platform/logging/log.js';
import { SampleRepository } from './sample.repository.js';
import { SAMPLE_DEFAULTS } from './sample.service.js';
import { type SampleTask, SampleTasksRepository } from './sample-tasks.repository.js';

const TEAM = SAMPLE_TEAM.map(({ email }) => email);

function ownAccounts(): Conflict {
  return new Conflict(
    'WORKSPACE_HAS_ACCOUNTS',
    'This workspace has accounts of its own. The sample is only loaded where there are none, so that the two never mix.',
  );
}

/** Orders to load and to remove the sample, and how they stand. The work itself is the processor's. */
@Injectable()
export class SampleOrders {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sample: SampleRepository,
    private readonly tasks: SampleTasksRepository,
    private readonly audit: AuditLog,
    private readonly queues: Queues,
    private readonly clock: Clock,
  ) {}

  async status(): Promise<SampleStatus> {
    return this.unitOfWork.run(async (tx) => {
      const task = await this.tasks.newest(tx);
      const isBusy = task !== null && isUnderWay(task);
      const isLoaded = await this.sample.isLoaded(tx);
      // Counted where there can be some: asking is cheap in a large workspace that has no sample.
      const holdsSome = isLoaded || task?.state === 'failed';
      const accounts = isBusy ? null : holdsSome ? await this.sample.countAccounts(tx) : 0;
      return {
        state: stateOf(task, accounts),
        accounts,
        mayLoad: !isBusy && !isLoaded && !(await this.sample.hasOwnAccounts(tx)),
        progress: isBusy && task.step !== null ? { step: task.step, done: task.share } : null,
        problem: task?.state === 'failed' ? task.problem : null,
        signIns: await this.sample.signIns(tx, TEAM),
      };
    });
  }

  async load(options: LoadSample, by: Actor): Promise<SampleStatus> {
    await this.unitOfWork.run(async (tx) => {
      if (await this.sample.hasOwnAccounts(tx)) throw ownAccounts();
      if (await this.sample.isLoaded(tx)) throw new Conflict('SAMPLE_LOADED', 'The sample is loaded already.');
      await this.order(tx, 'load', options, by);
    });
    return this.hint();
  }

  async remove(by: Actor): Promise<SampleStatus> {
    await this.unitOfWork.run(async (tx) => {
      if ((await this.sample.countAccounts(tx)) === 0) {
        throw new Conflict('NO_SAMPLE', 'There is no sample data to remove.');
      }
      await this.order(tx, 'remove', SAMPLE_DEFAULTS, by);
    });
    return this.hint();
  }

  /** Throws where the workspace has accounts that are not the sample's. */
  async refuseBesideOwn(): Promise<void> {
    if (await this.unitOfWork.run((tx) => this.sample.hasOwnAccounts(tx))) throw ownAccounts();
  }

  /** Puts the job into the queue for an order that nobody is doing. */
  async sweep(): Promise<void> {
    if (await this.unitOfWork.run((tx) => this.tasks.isDue(tx, this.clock.now()))) await this.hint();
  }

  private async order(tx: Tx, kind: SampleTask['kind'], options: LoadSample, by: Actor): Promise<void> {
    if (!(await this.tasks.order(tx, kind, options, by.id, this.clock.now()))) {
      throw new Conflict('SAMPLE_BUSY', 'The sample is being loaded or removed already.');
    }
    const action = kind === 'load' ? 'sample.load_started' : 'sample.removal_started';
    await this.audit.record(tx, { actor: by, action, subject: { kind: 'sample', id: '1' } });
  }

  private async hint(): Promise<SampleStatus> {
    try {
      await this.queues.enqueue('run-sample', {}, { once: 'now' });
    } catch (error) {
      log.warn({ err: error }, 'the queue does not take the order for the sample; the sweep will find it');
    }
    return this.status();
  }
}

/** The past is made beside what people do with the sample that is there. */
function isUnderWay({ kind, state }: SampleTask): boolean {
  if (kind === 'history') return false;
  return state === 'queued' || state === 'running';
}

function stateOf(task: SampleTask | null, accounts: number | null): SampleState {
  if (task !== null && isUnderWay(task)) return task.kind === 'load' ? 'loading' : 'removing';
  return accounts === null || accounts === 0 ? 'absent' : 'loaded';
}
