import { rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { FactKind } from '@steward/shared/fact-kinds';
import type {
  Import,
  ImportDetail,
  ImportPreview,
  ImportState,
  SavedMapping,
  SetMapping,
  UploadQuery,
} from '@steward/shared/import-api';
import { type ImportMapping, originalColumns } from '@steward/shared/imports';
import type { Request } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { changesOfNew } from '../../platform/audit/changes.js';
import { Clock } from '../../platform/clock.js';
import { Config } from '../../platform/config/config.js';
import { Conflict, NotFound, Refused } from '../../platform/errors/app-error.js';
import { WorkspaceFacts } from '../facts/workspace-facts.js';
import { ImportDesk } from './import-desk.js';
import { holdsNothing, ImportRefused, openFile, prepare } from './import-file.js';
import { type FirstLook, fingerprintOf, lookAt } from './import-preview.js';
import type { Importer } from './importer.js';
import { type EarlierReading, ImportsRepository, type StoredImport } from './imports.repository.js';
import { receiveFile } from './upload.js';

const LISTED = 100;
const REJECTIONS_SHOWN = 50;
export const UNCLEAR_ORIGIN =
  'It cannot be told how the file was read that these rows were rejected from: say what the columns are, how dates and amounts are written and in what currency.';
const STANDS_STILL = ['uploaded', 'checked', 'failed', 'cancelled'] as const satisfies readonly ImportState[];

/** Files on their way in: upload, mapping, and the orders to check, run and cancel. The work itself is the runner's. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly imports: ImportsRepository,
    private readonly workspace: WorkspaceFacts,
    private readonly desk: ImportDesk,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async upload(request: Request, { fileName, kind }: UploadQuery, by: Importer): Promise<ImportDetail> {
    const id = uuidv7();
    const { folder, uploadLimitBytes } = this.config.files;
    const file = await receiveFile(request, folder, id, uploadLimitBytes);
    try {
      const look = await this.look(file.path, kind ?? null);
      const name = file.name ?? fileName;
      const headers = look.headers.map((header) => header.name);
      const earlier = await this.earlierReading(look, by);
      const fits = earlier !== null && earlier !== 'unclear' && (kind ?? earlier.mapping.kind) === earlier.mapping.kind;
      const mapping = fits ? earlier.mapping : null;
      await this.add(
        {
          id,
          name,
          path: file.path,
          bytes: file.bytes,
          sha256: file.sha256,
          kind: mapping?.kind ?? look.kind,
          mapping,
          headers,
        },
        by,
      );
    } catch (error) {
      // No import knows of the file, so nothing would ever take it away.
      await rm(file.path, { force: true });
      throw error;
    }
    return this.detail(id, by);
  }

  /**
   * How a file of rejected rows is to be read: as the import that rejected them read them. Alone they tell less than the
   * whole file did, for instance what the point in 1.200 means. The rows name that import; where they do not, their
   * columns tell, unless files with these columns were read in several ways. Null: it is another file.
   */
  async earlierReading(
    { headers: given, rejectedBy }: Pick<FirstLook, 'headers' | 'rejectedBy'>,
    by: Importer,
  ): Promise<EarlierReading | 'unclear' | null> {
    const headers = given.map(({ name }) => name);
    const original = originalColumns(headers);
    if (original === null) return null;
    const found = await this.unitOfWork.run((tx) =>
      rejectedBy.length > 0
        ? this.imports.readingsOf(tx, rejectedBy, by)
        : this.imports.readingsOfRejecting(tx, fingerprintOf(original), by),
    );
    if (found.length < rejectedBy.length) return 'unclear';
    // The file of rejected rows is written in one way, whatever the original's was.
    const [first, ...others] = found.map((one) => ({
      ...one,
      mapping: { ...one.mapping, delimiter: null, encoding: null },
    }));
    if (first === undefined || others.some(({ mapping }) => !isDeepStrictEqual(mapping, first.mapping)))
      return 'unclear';
    const fits = first.mapping.columns.every(({ column, ignore }) => ignore === true || headers.includes(column));
    return fits ? first : 'unclear';
  }

  async add(
    file: {
      id: string;
      name: string;
      path: string;
      bytes: number;
      sha256: string;
      kind: FactKind;
      mapping: ImportMapping | null;
      headers: readonly string[];
    },
    { actor }: Importer,
  ): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const row = {
        id: file.id,
        kind: file.kind,
        fileName: file.name.slice(0, 300),
        filePath: file.path,
        fileBytes: file.bytes,
        fileSha256: file.sha256,
        mapping: file.mapping,
        state: 'uploaded',
        headers: [...file.headers],
        createdBy: actor.id,
        createdAt: this.clock.now(),
      } as const;
      await this.imports.add(tx, row, fingerprintOf(file.headers));
      const { kind, fileName } = row;
      await this.desk.record(tx, actor, 'import.uploaded', file.id, changesOfNew({ kind, fileName }));
    });
  }

  async list(by: Importer): Promise<{ imports: Import[] }> {
    return { imports: (await this.unitOfWork.run((tx) => this.imports.newest(tx, by, LISTED))).map(shown) };
  }

  async detail(id: string, by: Importer): Promise<ImportDetail> {
    return this.unitOfWork.run(async (tx) => {
      const one = await this.imports.find(tx, id, by);
      if (one === null) throw new NotFound('import');
      const owners = await this.imports.unmatchedOwners(tx, one.totals.ownerTexts, by.scope);
      const rejections = await this.imports.rejections(tx, id, { line: 0, seq: -1 }, REJECTIONS_SHOWN);
      return {
        ...shown(one),
        owners,
        keptByHand: one.totals.keptByHand,
        withoutRate: await this.imports.withoutRate(tx, one.totals.currencies ?? {}),
        rejections: rejections.map(({ line, column, value, code, message }) => ({
          line,
          column,
          value,
          code,
          reason: message,
        })),
      };
    });
  }

  async preview(id: string, kind: FactKind | null, by: Importer): Promise<ImportPreview> {
    const one = await this.find(id, by);
    const { fingerprint, rejectedBy, ...look } = await this.look(one.filePath, kind ?? one.kind);
    const savedMappings = await this.unitOfWork.run((tx) => this.imports.mappingsFor(tx, fingerprint));
    const earlier = await this.earlierReading({ headers: look.headers, rejectedBy }, by);
    return { ...look, savedMappings, unclearOrigin: earlier === 'unclear' ? UNCLEAR_ORIGIN : null };
  }

  /** Takes a mapping that fits the file; one that does not is refused with every reason. */
  async setMapping(id: string, { mapping, saveAs }: SetMapping, by: Importer): Promise<ImportDetail> {
    const one = await this.find(id, by);
    const { headers, csv } = await openFile(one.filePath, mapping).catch(asRefusal);
    await csv.batches.return();
    try {
      prepare(mapping, headers, await this.workspace.mappingContext(this.clock.now()));
    } catch (error) {
      throw asRefusalError(error);
    }
    await this.unitOfWork.run(async (tx) => {
      const at = this.clock.now();
      if (!(await this.imports.move(tx, id, STANDS_STILL, 'uploaded', at))) throw busy();
      await this.imports.setMapping(tx, id, mapping, headers, fingerprintOf(headers));
      if (saveAs === null) return;
      const saved: SavedMapping = { id: uuidv7(), name: saveAs, kind: mapping.kind, mapping };
      await this.imports.saveMapping(tx, saved, fingerprintOf(headers), by.actor.id, at);
    });
    return this.detail(id, by);
  }

  /** Marks an import as being worked on: by the caller itself, or by whoever takes the job for it from the queue. */
  async begin(id: string, state: 'checking' | 'queued', by: Importer): Promise<void> {
    const one = await this.find(id, by);
    if (one.mapping === null) throw new Refused('NO_MAPPING', 'Say first what the columns are.');
    if (state === 'queued' && (await holdsNothing(one.filePath, one.mapping))) {
      throw new Refused('NO_ROWS', 'The file holds no rows below its header: there is nothing to import.');
    }
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.imports.move(tx, id, STANDS_STILL, state, this.clock.now()))) throw busy();
      await this.imports.forgetRun(tx, id);
      await this.desk.record(tx, by.actor, state === 'queued' ? 'import.started' : 'import.checked', id);
    });
  }

  check(id: string, by: Importer): Promise<ImportDetail> {
    return this.order(id, 'checking', 'check-import', by);
  }

  run(id: string, by: Importer): Promise<ImportDetail> {
    return this.order(id, 'queued', 'run-import', by);
  }

  async cancel(id: string, by: Importer): Promise<ImportDetail> {
    await this.find(id, by);
    await this.unitOfWork.run(async (tx) => {
      const from = ['uploaded', 'checking', 'checked', 'queued', 'running'] as const;
      const moved = await this.imports.move(tx, id, from, 'cancelled', this.clock.now());
      if (moved === null) throw new Conflict('IMPORT_ENDED', 'The import has ended already.');
      await this.desk.recordEnd(tx, by.actor, 'cancelled', moved);
    });
    return this.detail(id, by);
  }

  async savedMappings(): Promise<{ mappings: SavedMapping[] }> {
    return { mappings: await this.unitOfWork.run((tx) => this.imports.mappingsFor(tx, null)) };
  }

  async dropMapping(id: string): Promise<{ mappings: SavedMapping[] }> {
    const dropped = await this.unitOfWork.run((tx) => this.imports.dropMapping(tx, id));
    if (!dropped) throw new NotFound('saved mapping');
    return this.savedMappings();
  }

  /** Orders work: the row first, then the job, which is only a hint that a sweep repeats. */
  private async order(
    id: string,
    state: 'checking' | 'queued',
    job: 'check-import' | 'run-import',
    by: Importer,
  ): Promise<ImportDetail> {
    await this.begin(id, state, by);
    await this.desk.hint(job, id);
    return this.detail(id, by);
  }

  look(path: string, kind: FactKind | null): Promise<FirstLook> {
    return lookAt(path, kind).catch(asRefusal);
  }

  private async find(id: string, by: Importer): Promise<StoredImport> {
    const one = await this.unitOfWork.run((tx) => this.imports.find(tx, id, by));
    if (one === null) throw new NotFound('import');
    return one;
  }
}

function shown(one: StoredImport): Import {
  return {
    id: one.id,
    kind: one.kind,
    fileName: one.fileName,
    fileBytes: one.fileBytes,
    state: one.state,
    mapping: one.mapping,
    wouldDo: one.totals.wouldDo,
    did: one.totals.did,
    progress: one.state === 'done' || one.fileBytes === 0 ? 1 : Math.min(1, one.bytesRead / one.fileBytes),
    committedLine: one.committedLine,
    problem: one.problem,
    createdBy: one.createdByName,
    createdAt: one.createdAt.toISOString(),
    startedAt: one.startedAt?.toISOString() ?? null,
    finishedAt: one.finishedAt?.toISOString() ?? null,
  };
}

function busy(): Conflict {
  return new Conflict(
    'IMPORT_BUSY',
    'The import is being worked on, or is done. Wait for it, or upload the file again.',
  );
}

function asRefusalError(error: unknown): unknown {
  if (!(error instanceof ImportRefused)) return error;
  const { code, message, problems } = error.problem;
  const details = problems.map((one) => ({
    path: one.column ?? one.field ?? '',
    code: one.code,
    message: one.message,
  }));
  return new Refused(code, message, details);
}

function asRefusal(error: unknown): never {
  throw asRefusalError(error);
}
