import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { REJECTION_COLUMNS } from '@steward/shared/imports';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { type RejectedRow, writeRejectedRows } from '../../platform/csv/csv-writer.js';
import { NotFound, Refused } from '../../platform/errors/app-error.js';
import type { Importer } from './importer.js';
import { ImportsRepository } from './imports.repository.js';

const AT_A_TIME = 1_000;
const TELLS_WHY: ReadonlySet<string> = new Set(REJECTION_COLUMNS);

/** The rejected rows of an import as a file, streamed. */
@Injectable()
export class RejectedRows {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly imports: ImportsRepository,
  ) {}

  async asFile(id: string, by: Importer): Promise<Readable> {
    const { one, first } = await this.unitOfWork.run(async (tx) => ({
      one: await this.imports.find(tx, id, by),
      first: await this.imports.rejections(tx, id, { line: 0, seq: -1 }, 1),
    }));
    if (one === null) throw new NotFound('import');
    const rejected = (one.totals.did ?? one.totals.wouldDo)?.rejected ?? 0;
    if (first.length === 0 && rejected > 0) {
      throw new Refused(
        'REJECTED_ROWS_GONE',
        'The rejected rows are no longer kept. Import the file again to see them.',
      );
    }
    // A file of rejected rows that was imported again says anew what is wrong with its rows.
    const kept = one.headers.flatMap((name, index) => (TELLS_WHY.has(name) ? [] : [index]));
    return writeRejectedRows(
      id,
      kept.map((index) => one.headers[index]!),
      this.rows(id, kept),
    );
  }

  private async *rows(id: string, columns: readonly number[]): AsyncGenerator<RejectedRow> {
    let after = { line: 0, seq: -1 };
    for (;;) {
      const page = await this.unitOfWork.run((tx) => this.imports.rejections(tx, id, after, AT_A_TIME));
      for (const { line, column, value, code, message, cells } of page)
        yield { line, cells: columns.map((index) => cells[index] ?? ''), column, value, code, reason: message };
      const last = page.at(-1);
      if (last === undefined || page.length < AT_A_TIME) return;
      after = { line: last.line, seq: last.seq };
    }
  }
}
