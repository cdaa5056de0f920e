import { BinaryRows } from './binary-rows.js';

const HEADER = 19;

/** The fields of the rows as bytes, null where there is none. */
function fieldsOf(bytes: Buffer): (Buffer | null)[][] {
  const rows: (Buffer | null)[][] = [];
  let at = HEADER;
  for (let fields = bytes.readInt16BE(at); fields !== -1; fields = bytes.readInt16BE(at)) {
    at += 2;
    rows.push(
      Array.from({ length: fields }, () => {
        const length = bytes.readInt32BE(at);
        at += 4 + Math.max(length, 0);
        return length === -1 ? null : bytes.subarray(at - length, at);
      }),
    );
  }
  expect(at + 2).toBe(bytes.length);
  return rows;
}

function written(...write: ((rows: BinaryRows) => void)[]): (Buffer | null)[] {
  const rows = new BinaryRows(0);
  rows.row(write.length);
  for (const one of write) one(rows);
  return fieldsOf(rows.end())[0]!;
}

describe('rows in the binary form of COPY', () => {
  it('begin with its signature', () => {
    const bytes = new BinaryRows(0).end();
    expect(bytes.subarray(0, 11)).toEqual(Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'));
    expect(fieldsOf(bytes)).toEqual([]);
  });

  it('hold ids, numbers and nothing', () => {
    const [id, number, none, noNumber, noJson] = written(
      (rows) => rows.uuid('6b0a3f6e-2f0c-5d0e-9d59-0C1F5A6A7B11'),
      (rows) => rows.int(-7),
      (rows) => rows.uuid(null),
      (rows) => rows.int(null),
      (rows) => rows.jsonb(null),
    );
    expect(id!.toString('hex')).toBe('6b0a3f6e2f0c5d0e9d590c1f5a6a7b11');
    expect(number!.readInt32BE()).toBe(-7);
    expect([none, noNumber, noJson]).toEqual([null, null, null]);
  });

  it('count instants in microseconds from the year 2000, before it as well', () => {
    for (const at of ['2000-01-01T00:00:00.001Z', '1987-06-05T04:03:02.017Z', '2199-12-31T23:59:59.999Z']) {
      const [field] = written((rows) => rows.instant(Date.parse(at)));
      const ms = Number(field!.readBigInt64BE() / 1_000n) + Date.parse('2000-01-01T00:00:00Z');
      expect(new Date(ms).toISOString()).toBe(at);
    }
  });

  it('hold texts of any length and sign, and JSON as the form that jsonb takes', () => {
    const long = 'é😀\t\\'.repeat(10_000);
    const [text, empty, json] = written(
      (rows) => rows.text(long),
      (rows) => rows.text(''),
      (rows) => rows.jsonb('{"a":"ü"}'),
    );
    expect(text!.toString()).toBe(long);
    expect(empty).toHaveLength(0);
    expect([json![0], json!.subarray(1).toString()]).toEqual([1, '{"a":"ü"}']);
  });
});
