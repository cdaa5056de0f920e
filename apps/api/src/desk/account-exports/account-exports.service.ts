import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import type { AccountExportJob } from '@steward/shared/account-exports';
import type { AccountRow, ParsedAccountExport } from '@steward/shared/accounts';
import { v7 as uuidv7 } from 'uuid';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { Authenticator } from '../../platform/auth/authenticator.js';
import type { Principal } from '../../platform/auth/principal.js';
import { writeCsv } from '../../platform/csv/csv-writer.js';
import { AppError, Conflict, NotFound } from '../../platform/errors/app-error.js';
import { ifThere } from '../../platform/if-there.js';
import { AccountListService } from '../account-list/account-list.service.js';
import { EXPORT_HEADERS, exportCells } from '../account-list/export-columns.js';
import { AccountExportsRepository, type StoredExport } from './account-exports.repository.js';
import { ExportDesk } from './export-desk.js';

type Person = Extract<Principal, { kind: 'user' }>;

const MOST_AT_ONCE = 5;
const SHOWN = 50;
const KEPT_MS = 7 * 86_400_000;
const LEFT_AFTER_MS = 5 * 60_000;
const MOST_ATTEMPTS = 3;
const ROWS_A_NOTE = 2_000;

/** It was taken away while it was being made, or the process is to end. */
class BrokenOff extends Error {}

/** Files of accounts in the background: ordered, made in the orderer's scope, fetched, and taken away when their time is over. */
@Injectable()
export class AccountExports {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: AccountExportsRepository,
    private readonly accounts: AccountListService,
    private readonly authenticator: Authenticator,
    private readonly desk: ExportDesk,
  ) {}

  async order(person: Person, question: ParsedAccountExport): Promise<AccountExportJob> {
    const id = uuidv7();
    // What does not hold is refused now, not later.
    await this.accounts.count(person, question);
    const ordered = await this.unitOfWork.run(async (tx) => {
      if ((await this.repository.unfinishedOf(tx, person.user.id)) >= MOST_AT_ONCE) {
        throw new Conflict(
          'TOO_MANY_EXPORTS',
          `${MOST_AT_ONCE} files are being made for you already. Wait for one of them.`,
        );
      }
      const name = `accounts-${question.asOf ?? (await this.desk.today(tx))}.csv`;
      await this.repository.add(tx, { id, userId: person.user.id, question, name }, this.desk.now());
      await this.desk.record(tx, person, id, question);
      return this.repository.own(tx, id, person.user.id);
    });
    await this.desk.hint([id]);
    return shown(ordered as StoredExport);
  }

  list(person: Person): Promise<{ exports: AccountExportJob[] }> {
    return this.unitOfWork.run(async (tx) => ({
      exports: (await this.repository.of(tx, person.user.id, SHOWN)).map(shown),
    }));
  }

  async get(person: Person, id: string): Promise<AccountExportJob> {
    return shown(await this.own(person, id));
  }

  async file(person: Person, id: string) {
    const { state, name } = await this.own(person, id);
    if (state === 'expired') throw new Conflict('EXPORT_EXPIRED', 'The file is no longer kept. Order it again.');
    if (state !== 'done') throw new Conflict('EXPORT_NOT_READY', 'The file is not made yet.');
    const path = this.pathOf(id);
    if ((await ifThere(stat(path))) === null) throw new NotFound('file');
    return { name, file: createReadStream(path) };
  }

  async remove(person: Person, id: string): Promise<void> {
    await this.own(person, id);
    await this.unitOfWork.run((tx) => this.repository.remove(tx, id));
    await rm(this.pathOf(id), { force: true });
  }

  /** Puts what is due into the queue, and takes away what is over. */
  async sweep(): Promise<void> {
    const now = this.desk.now();
    const { due, over } = await this.unitOfWork.run(async (tx) => {
      await this.repository.takeUpLeft(tx, new Date(now.getTime() - LEFT_AFTER_MS), MOST_ATTEMPTS);
      return { due: await this.repository.due(tx), over: await this.repository.expire(tx, now) };
    });
    for (const id of over) await rm(this.pathOf(id), { force: true });
    await this.desk.hint(due);
  }

  async make(id: string, signal: AbortSignal): Promise<void> {
    const job = await this.unitOfWork.run((tx) => this.repository.claim(tx, id, this.desk.now()));
    if (job === null) return;
    const half = this.halfOf(id, job.attempts);
    const end = (ended: Parameters<AccountExportsRepository['end']>[2]) =>
      this.unitOfWork.run((tx) => this.repository.end(tx, job, ended, this.desk.now()));
    try {
      await this.dropHalves(job);
      await this.write(job, half, signal);
      const { size } = await stat(half);
      await rename(half, this.pathOf(id));
      await end({ state: 'done', bytes: size, expiresAt: new Date(this.desk.now().getTime() + KEPT_MS) });
      await this.dropIfTakenAway(id);
    } catch (error) {
      await rm(half, { force: true });
      if (error instanceof BrokenOff) return this.unitOfWork.run((tx) => this.repository.leave(tx, job));
      const again = !(error instanceof AppError) && job.attempts < MOST_ATTEMPTS;
      await end(again ? { state: 'due' } : { state: 'failed', error: (error as Error).message.slice(0, 500) });
      if (!(error instanceof AppError)) throw error;
    }
  }

  /** Whoever took the order away while the file was being finished found no file yet; no sweep would ever find it. */
  private async dropIfTakenAway(id: string): Promise<void> {
    const isThere = await this.unitOfWork.run((tx) => this.repository.isThere(tx, id));
    if (!isThere) await rm(this.pathOf(id), { force: true });
  }

  /** What earlier attempts left half done when their process was killed. */
  private async dropHalves({ id, attempts }: StoredExport): Promise<void> {
    for (let attempt = 1; attempt < attempts; attempt += 1) await rm(this.halfOf(id, attempt), { force: true });
  }

  private async write(job: StoredExport, path: string, signal: AbortSignal): Promise<void> {
    const person = await this.unitOfWork.run((tx) => this.authenticator.workingFor(tx, job.userId));
    if (person === null) throw new NotFound('person');
    const reader: Person = { kind: 'user', sessionHash: Buffer.alloc(0), ...person };
    const { accounts, rows } = await this.accounts.every(reader, job.question);
    const { currency } = await this.desk.workspace();
    await mkdir(this.desk.folder, { recursive: true });
    const cells = this.counted(job, accounts, rows, currency, signal);
    await pipeline(writeCsv(EXPORT_HEADERS, cells), createWriteStream(path, { mode: 0o600 }));
  }

  private async *counted(
    job: StoredExport,
    accounts: number,
    rows: AsyncGenerator<AccountRow>,
    currency: string,
    signal: AbortSignal,
  ): AsyncGenerator<string[]> {
    const note = async (written: number) => {
      const isOurs = await this.unitOfWork.run((tx) =>
        this.repository.note(tx, job, { accounts, written }, this.desk.now()),
      );
      if (!isOurs || signal.aborted) throw new BrokenOff();
    };
    await note(0);
    let written = 0;
    for await (const row of rows) {
      yield exportCells(row, currency);
      written += 1;
      if (written % ROWS_A_NOTE === 0) await note(written);
    }
    await note(written);
  }

  private async own(person: Person, id: string): Promise<StoredExport> {
    const found = await this.unitOfWork.run((tx) => this.repository.own(tx, id, person.user.id));
    if (found === null) throw new NotFound('export');
    return found;
  }

  private halfOf(id: string, attempt: number): string {
    return `${this.pathOf(id)}.${attempt}.part`;
  }

  private pathOf(id: string): string {
    return join(this.desk.folder, `${id}.csv`);
  }
}

function shown({
  userId: _,
  question: __,
  attempts: ___,
  createdAt,
  finishedAt,
  expiresAt,
  ...job
}: StoredExport): AccountExportJob {
  return {
    ...job,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
