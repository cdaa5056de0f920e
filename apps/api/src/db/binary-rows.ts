import { writeUuid } from './binary-arrays.js';

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const END = -1;
const NULL = -1;
/** A whole field of fixed size with its length in front. */
const LARGEST_FIXED = 20;
/** PostgreSQL counts time in microseconds from 2000-01-01. */
const MS_BEFORE_2000 = 946_684_800_000;
const TWO_32 = 4_294_967_296;
/** The first byte of jsonb: the form of what follows, which is its text. */
const JSONB_FORM = 1;
const MOST_BYTES_OF_A_SIGN = 3;

/**
 * Rows in COPY's binary form, written field by field into one piece of memory: shorter than text, and the server reads
 * ids and times without parsing them.
 */
export class BinaryRows {
  private bytes: Buffer;
  private at: number;

  constructor(bytesExpected: number) {
    this.bytes = Buffer.allocUnsafe(Math.max(bytesExpected, 1_024));
    this.at = SIGNATURE.copy(this.bytes);
  }

  /** Begins a row of so many fields, each of which must follow. */
  row(fields: number): void {
    this.makeRoom(2);
    this.at = this.bytes.writeInt16BE(fields, this.at);
  }

  uuid(id: string | null): void {
    if (id === null) {
      this.nothing();
      return;
    }
    this.makeRoom(LARGEST_FIXED);
    this.length(16);
    this.at = writeUuid(this.bytes, this.at, id);
  }

  int(value: number | null): void {
    if (value === null) {
      this.nothing();
      return;
    }
    this.makeRoom(LARGEST_FIXED);
    this.length(4);
    this.at = this.bytes.writeInt32BE(value, this.at);
  }

  /** A timestamptz, of whole milliseconds since 1970. */
  instant(ms: number): void {
    this.makeRoom(LARGEST_FIXED);
    const microseconds = (ms - MS_BEFORE_2000) * 1_000;
    const high = Math.floor(microseconds / TWO_32);
    this.length(8);
    this.at = this.bytes.writeInt32BE(high, this.at);
    this.at = this.bytes.writeUInt32BE(microseconds - high * TWO_32, this.at);
  }

  text(text: string): void {
    this.utf8(text, null);
  }

  jsonb(json: string | null): void {
    if (json === null) this.nothing();
    else this.utf8(json, JSONB_FORM);
  }

  /** All of it. Nothing can be written after. */
  end(): Buffer {
    this.makeRoom(2);
    this.at = this.bytes.writeInt16BE(END, this.at);
    return this.bytes.subarray(0, this.at);
  }

  private utf8(text: string, form: number | null): void {
    this.makeRoom(LARGEST_FIXED + text.length * MOST_BYTES_OF_A_SIGN);
    const start = this.at + 4;
    this.at = form === null ? start : this.bytes.writeUInt8(form, start);
    this.at += this.bytes.write(text, this.at);
    this.bytes.writeInt32BE(this.at - start, start - 4);
  }

  private nothing(): void {
    this.makeRoom(LARGEST_FIXED);
    this.length(NULL);
  }

  private length(bytes: number): void {
    this.at = this.bytes.writeInt32BE(bytes, this.at);
  }

  private makeRoom(bytes: number): void {
    if (this.at + bytes <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.at + bytes));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
  }
}
