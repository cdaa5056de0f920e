import type { IMPORT_ENCODINGS } from '@steward/shared/imports';
import { CsvFileError } from './csv-errors.js';

export type CsvEncoding = (typeof IMPORT_ENCODINGS)[number];

/** Share of zero bytes on one side of each byte pair above which a sample is UTF-16 text without a mark. */
const UTF16_ZERO_SHARE = 0.3;

const SLICE_BYTES = 64 * 1024;

/**
 * The encoding of a file from its first bytes: a byte order mark, else the pattern of zero bytes that UTF-16 gives
 * Latin text, else UTF-8 where the sample is valid UTF-8, else Windows-1252 (which holds Latin-1's letters).
 */
export function detectEncoding(sample: Uint8Array): CsvEncoding {
  refuseKnownBinaries(sample);
  if (startsWith(sample, [0xef, 0xbb, 0xbf])) return 'utf-8';
  if (startsWith(sample, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(sample, [0xfe, 0xff])) return 'utf-16be';
  const zeros = zeroShares(sample);
  if (zeros.odd > UTF16_ZERO_SHARE && zeros.even < zeros.odd / 4) return 'utf-16le';
  if (zeros.even > UTF16_ZERO_SHARE && zeros.odd < zeros.even / 4) return 'utf-16be';
  if (zeros.even + zeros.odd > UTF16_ZERO_SHARE) {
    throw new CsvFileError('NOT_TEXT', 'The file is not text: much of it is zero bytes. Save it as CSV and try again.');
  }
  return isUtf8(sample) ? 'utf-8' : 'windows-1252';
}

function refuseKnownBinaries(sample: Uint8Array): void {
  if (startsWith(sample, [0x50, 0x4b, 0x03, 0x04]) || startsWith(sample, [0xd0, 0xcf, 0x11, 0xe0])) {
    throw new CsvFileError(
      'NOT_TEXT',
      'This is a workbook or an archive, not text. Save the sheet as CSV and try again.',
    );
  }
  if (startsWith(sample, [0x1f, 0x8b])) {
    throw new CsvFileError('NOT_TEXT', 'The file is compressed. Unpack it and try again.');
  }
  if (startsWith(sample, [0xff, 0xfe, 0, 0]) || startsWith(sample, [0, 0, 0xfe, 0xff])) {
    throw new CsvFileError('UNSUPPORTED_ENCODING', 'The file is UTF-32. Save it as UTF-8 and try again.');
  }
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return bytes.length >= prefix.length && prefix.every((byte, index) => bytes[index] === byte);
}

function zeroShares(sample: Uint8Array): { even: number; odd: number } {
  let even = 0;
  let odd = 0;
  for (let index = 0; index < sample.length; index += 1) {
    if (sample[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const pairs = Math.max(1, sample.length / 2);
  return { even: even / pairs, odd: odd / pairs };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // As a stream, so that a character cut off at the sample's end is no fault.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Text of a stream of bytes, in slices of at most 64 KiB, without the byte order mark. */
export async function* decodeText(
  source: AsyncIterable<Uint8Array>,
  encoding: CsvEncoding,
): AsyncGenerator<string, void, undefined> {
  const decoder = encoding === 'utf-8' ? new LateLatinDecoder() : new TextDecoder(encoding);
  for await (const chunk of source) {
    for (let start = 0; start < chunk.length; start += SLICE_BYTES) {
      const text = decoder.decode(chunk.subarray(start, start + SLICE_BYTES), { stream: true });
      if (text !== '') yield text;
    }
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/**
 * UTF-8 that turns into Windows-1252 where the first accented letter of a file, far behind the sample, shows that it
 * was never UTF-8. Once a character of several bytes has been read as UTF-8 the file stays so, and a broken byte
 * becomes U+FFFD.
 */
class LateLatinDecoder {
  private decoder = new TextDecoder('utf-8');
  private onlyAsciiSoFar = true;

  decode(bytes: Uint8Array = new Uint8Array(0), options: { stream?: boolean } = {}): string {
    if (this.onlyAsciiSoFar && bytes.some((byte) => byte > 0x7f)) {
      this.onlyAsciiSoFar = false;
      if (!isUtf8(bytes)) this.decoder = new TextDecoder('windows-1252');
    }
    return this.decoder.decode(bytes, options);
  }
}
