import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { ImportProblem } from '@steward/shared/import-api';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { systemActor } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Config } from '../../platform/config/config.js';
import { ifThere } from '../../platform/if-there.js';
import { ImportDesk } from './import-desk.js';
import { ImportsRepository } from './imports.repository.js';

const EXPIRY = systemActor('import');
const DAY_MS = 86_400_000;
/** The names that uploads give their files, whole or broken off. */
const UPLOADED = /^([0-9a-f-]{36})\.csv(\.part)?$/;

/**
 * Takes away what imports leave behind when its time is over: uploaded files, whoever is done with them or never came
 * back, and later the rejected rows. Files that a command read where they lay are nobody's to take away.
 */
@Injectable()
export class ImportExpiry {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly imports: ImportsRepository,
    private readonly desk: ImportDesk,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    const { uploadsKeptDays, rejectedKeptDays } = this.config.files;
    const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
    await this.dropUploads(daysAgo(uploadsKeptDays), now);
    await this.dropStrays(daysAgo(uploadsKeptDays));
    await this.unitOfWork.run((tx) => this.imports.forgetRejections(tx, daysAgo(rejectedKeptDays)));
  }

  private async dropUploads(before: Date, now: Date): Promise<void> {
    const due = await this.unitOfWork.run((tx) => this.imports.outlived(tx, before));
    if (due.length === 0) return;
    const message = `Nobody imported the file for ${this.config.files.uploadsKeptDays} days, so it is gone. Upload it again.`;
    const problem: ImportProblem = { code: 'FILE_EXPIRED', message, problems: [], questions: [] };
    const ids = due.map(({ id }) => id);
    // The row first: an import that is begun in between says that its file is gone, and no file outlives its row.
    await this.unitOfWork.run(async (tx) => {
      const ended = await this.imports.fileGone(tx, ids, problem, now);
      for (const one of ended) await this.desk.recordEnd(tx, EXPIRY, 'cancelled', one);
    });
    for (const { filePath } of due) if (this.isUpload(filePath)) await rm(filePath, { force: true });
  }

  /** Files of which no import knows: left by a process that was killed in between. */
  private async dropStrays(before: Date): Promise<void> {
    const { folder } = this.config.files;
    const names = ((await ifThere(readdir(folder))) ?? []).filter((name) => UPLOADED.test(name));
    const idOf = (name: string) => UPLOADED.exec(name)![1]!;
    const wanted = new Set(await this.unitOfWork.run((tx) => this.imports.withFile(tx, names.map(idOf))));
    for (const name of names) {
      if (wanted.has(idOf(name)) && !name.endsWith('.part')) continue;
      const found = await ifThere(stat(join(folder, name)));
      if (found !== null && found.mtime < before) await rm(join(folder, name), { force: true });
    }
  }

  private isUpload(path: string): boolean {
    return resolve(path).startsWith(`${this.config.files.folder}${sep}`) && UPLOADED.test(basename(path));
  }
}
