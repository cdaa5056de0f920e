import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { type RejectedRow, writeRejectedRows } from '../../platform/csv/csv-writer.js';
import { NotFound } from '../../platform/errors/app-error.js';
import { openFile } from './import-file.js';
import type { Importer } from './importer.js';
import { ImportsRepository } from './imports.repository.js';

const AT_A_TIME = 1_000;

/** The rejected rows of an import as a file, streamed. */
@Injectable()
export class RejectedRows {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly imports: ImportsRepository,
  ) {}

  async asFile(id: string, by: Importer): Promise<Readable> {
    const one = await this.unitOfWork.run((tx) => this.imports.find(tx, id, by));
    if (one === null) throw new NotFound('import');
    return writeRejectedRows(await this.headersOf(one.filePath, one.mapping), this.rows(id));
  }

  /** The original header, as long as the file is kept. */
  private async headersOf(path: string, mapping: Parameters<typeof openFile>[1]): Promise<string[]> {
    try {
      const { headers, csv } = await openFile(path, mapping);
      await csv.batches.return();
      return headers;
    } catch {
      return [];
    }
  }

  private async *rows(id: string): AsyncGenerator<RejectedRow> {
    let after = { line: 0, seq: -1 };
    for (;;) {
      const page = await this.unitOfWork.run((tx) => this.imports.rejections(tx, id, after, AT_A_TIME));
      for (const { line, column, value, code, message, cells } of page)
        yield { line, cells, column, value, code, reason: message };
      const last = page.at(-1);
      if (last === undefined || page.length < AT_A_TIME) return;
      after = { line: last.line, seq: last.seq };
    }
  }
}
