import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Request } from 'express';
import { receiveFile } from './upload.js';

/** A request whose sender goes away after the first piece. */
function aBrokenUpload(contentType: string): Request {
  async function* body() {
    yield Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nid,name\r\n');
    throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
  }
  const stream = Readable.from(body());
  stream.once('error', () => stream.emit('aborted'));
  return Object.assign(stream, { headers: { 'content-type': contentType } }) as unknown as Request;
}

describe('an upload whose sender goes away', () => {
  it.each(['text/csv', 'multipart/form-data; boundary=x'])(
    'is told from a lost database, as %s',
    async (contentType) => {
      const folder = mkdtempSync(join(tmpdir(), 'steward-upload-'));
      await expect(receiveFile(aBrokenUpload(contentType), folder, 'one', 1_000_000)).rejects.toMatchObject({
        code: 'UPLOAD_BROKE_OFF',
      });
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});
