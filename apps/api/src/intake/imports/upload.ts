import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import type { Request } from 'express';
import { AppError, InvalidInput, TooLarge } from '../../platform/errors/app-error.js';

export interface ReceivedFile {
  path: string;
  bytes: number;
  sha256: string;
  /** As the browser named it; null where the file is the request's body. */
  name: string | null;
}

/** Streams an uploaded file to disk: the body itself, or the first file of a multipart form. Nothing is held in memory. */
export async function receiveFile(
  request: Request,
  folder: string,
  id: string,
  limitBytes: number,
): Promise<ReceivedFile> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${id}.csv`);
  const half = `${path}.part`;
  try {
    const multipart = request.headers['content-type']?.startsWith('multipart/form-data') ?? false;
    const { name, bytes, sha256 } = multipart
      ? await fromForm(request, half, limitBytes)
      : { name: null, ...(await write(request, half, limitBytes)) };
    await rename(half, path);
    return { path, bytes, sha256, name };
  } catch (error) {
    await rm(half, { force: true });
    // As the sender's connection is lost, not that to the database, which breaks off with the same codes.
    if (request.errored && !(error instanceof AppError)) throw brokeOff();
    throw error;
  }
}

async function write(source: Readable, path: string, limitBytes: number): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > limitBytes)
        done(new TooLarge(`A file may have ${Math.floor(limitBytes / 1024 / 1024)} MB.`, 'FILE_TOO_LARGE'));
      else done(null, chunk);
    },
  });
  await pipeline(source, measured, createWriteStream(path, { mode: 0o600 }));
  if (bytes === 0) throw new InvalidInput('The file is empty.', [], 'EMPTY_FILE');
  return { bytes, sha256: hash.digest('hex') };
}

function fromForm(
  request: Request,
  path: string,
  limitBytes: number,
): Promise<{ name: string | null; bytes: number; sha256: string }> {
  return new Promise((resolve, reject) => {
    let found: Promise<{ name: string | null; bytes: number; sha256: string }> | null = null;
    const form = formReader(request);
    form.on('file', (_field, stream, { filename }) => {
      found = write(stream, path, limitBytes).then((written) => ({ name: filename ?? null, ...written }));
      found.catch(reject);
    });
    // Not before the file is closed: it may not be there yet for who removes it.
    const fail = (error: AppError) => void Promise.allSettled([found]).then(() => reject(error));
    form.on('error', (error) => fail(error instanceof AppError ? error : badForm(error)));
    form.on('close', () => {
      if (found) found.then(resolve, reject);
      else reject(new InvalidInput('The form holds no file.', [{ path: 'file', message: 'is missing' }], 'NO_FILE'));
    });
    request.on('aborted', () => form.destroy(brokeOff()));
    request.pipe(form);
  });
}

/** Throws where the head of the request does not say how the form is divided. */
function formReader(request: Request): busboy.Busboy {
  try {
    return busboy({ headers: request.headers, limits: { files: 1, fields: 20, fieldSize: 10_000 } });
  } catch (error) {
    throw badForm(error);
  }
}

function brokeOff(): InvalidInput {
  return new InvalidInput('The upload broke off.', [], 'UPLOAD_BROKE_OFF');
}

function badForm(error: unknown): InvalidInput {
  const why = error instanceof Error ? error.message : String(error);
  return new InvalidInput(`The form cannot be read: ${why}`, [], 'BAD_FORM');
}
