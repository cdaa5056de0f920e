/**
 * Numbers, texts and what may be absent, packed into few bytes. Whole numbers take one byte for each six or seven of their
 * bits, any other number nine; null takes one.
 */

const FIRST_BYTES = 4096;
/** Whole numbers beyond this are written as what they are in memory. */
const MOST_WHOLE = 2 ** 50;
/** Tags in the lowest two bits of what is not a whole number; whole numbers have the lowest bit 0. */
const [FLOAT, NULL] = [1, 3];

export class Packer {
  private bytes = Buffer.allocUnsafe(FIRST_BYTES);
  private at = 0;

  /** Begins anew. */
  clear(): void {
    this.at = 0;
  }

  /** A copy of what was written. */
  packed(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.at));
  }

  /** A whole number from 0 on: a length, a place in a list. */
  count(value: number): void {
    this.room(8);
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.bytes[this.at++] = (rest % 128) | 128;
    this.bytes[this.at++] = rest;
  }

  /** 32 bits. */
  bits(value: number): void {
    this.room(4);
    this.at = this.bytes.writeInt32LE(value | 0, this.at);
  }

  number(value: number | null): void {
    if (value === null) this.count(NULL);
    else if (Number.isInteger(value) && Math.abs(value) < MOST_WHOLE && !Object.is(value, -0)) {
      this.count(value < 0 ? -4 * value - 2 : 4 * value);
    } else {
      this.count(FLOAT);
      this.room(8);
      this.at = this.bytes.writeDoubleLE(value, this.at);
    }
  }

  text(value: string): void {
    const length = Buffer.byteLength(value);
    this.count(length);
    this.room(length);
    this.at += this.bytes.write(value, this.at);
  }

  private room(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.bytes.length + more));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
  }
}

/** Where bytes are read from: one account's after the other's, so that they share the place. */
let place = Buffer.allocUnsafe(FIRST_BYTES);

/** Reads what a `Packer` wrote, in the same order. One at a time: the next takes the place of the last. */
export class Unpacker {
  private readonly bytes: Buffer;
  private at = 0;

  /** The bytes in hexadecimal digits, two each. */
  constructor(digits: string) {
    if (digits.length > 2 * place.length) place = Buffer.allocUnsafe(digits.length);
    place.write(digits, 'hex');
    this.bytes = place;
  }

  count(): number {
    const first = this.bytes[this.at++]!;
    if (first < 128) return first;
    let value = first - 128;
    for (let unit = 128; ; unit *= 128) {
      const byte = this.bytes[this.at++]!;
      if (byte < 128) return value + byte * unit;
      value += (byte - 128) * unit;
    }
  }

  bits(): number {
    const { bytes, at } = this;
    this.at = at + 4;
    return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  }

  number(): number | null {
    const tagged = this.count();
    if (tagged % 2 === 0) return tagged % 4 === 0 ? tagged / 4 : -(tagged + 2) / 4;
    if (tagged === NULL) return null;
    const value = this.bytes.readDoubleLE(this.at);
    this.at += 8;
    return value;
  }

  text(): string {
    const length = this.count();
    const from = this.at;
    this.at += length;
    return this.bytes.toString('utf8', from, this.at);
  }
}
