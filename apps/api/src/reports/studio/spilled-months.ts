import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Day } from '../../domain/calendar/day.js';
import {
  eachColumn,
  type Observation,
  type ObservationSink,
  type Observations,
  ObservationsBuilder,
  roomOfMonth,
} from '../../domain/studio/observations.js';
import { type MonthSummary, type StoredMonths, summaryOf } from '../../domain/studio/stored-months.js';

/**
 * Observations in a file, month-end after month-end, of which no more than one is held: the file has no name once it is
 * open, so that nothing is left of it when the process ends. A month-end of 100,000 accounts is about 4 MB.
 */
export class SpilledMonths implements ObservationSink {
  private readonly file: number;
  private readonly written: { summary: MonthSummary; position: number }[] = [];
  private building: { month: number; builder: ObservationsBuilder } | null = null;
  private end = 0;
  private accounts = 0;

  constructor(
    folder: string,
    name: string,
    private readonly days: readonly Day[],
    private readonly measures: number,
  ) {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, name);
    this.file = openSync(path, 'w+');
    rmSync(path);
  }

  beginMonth(month: number): void {
    if (this.building?.month !== month) this.write();
    if (month < this.written.length) throw new RangeError('Observations come month by month');
    const builder = new ObservationsBuilder(this.days, this.measures);
    builder.beginMonth(month);
    this.building = { month, builder };
  }

  add(seen: Observation): void {
    if (this.building?.month !== seen.month) this.beginMonth(seen.month);
    this.building?.builder.add(seen);
    this.accounts = Math.max(this.accounts, seen.account + 1);
  }

  done(): StoredMonths {
    this.write();
    const { days, accounts } = this;
    const none = summaryOf(roomOfMonth(0, { size: 0, measures: this.measures, accounts: 0, days }));
    const months = days.map((_, month) => this.written[month]?.summary ?? none);
    return { days, accounts, months, read: (month) => this.read(month) };
  }

  close(): void {
    closeSync(this.file);
  }

  /** Puts the month-end that is being built into the file; those that were left out before it are empty. */
  private write(): void {
    if (this.building === null) return;
    const { month, builder } = this.building;
    const of = builder.done();
    const empty = roomOfMonth(0, { size: 0, measures: this.measures, accounts: 0, days: this.days });
    while (this.written.length < month) this.written.push({ summary: summaryOf(empty), position: this.end });
    this.written.push({ summary: summaryOf(of), position: this.end });
    eachColumn(of, (column) => {
      writeWhole(this.file, bytesOf(column), this.end);
      this.end += column.byteLength;
    });
    this.building = null;
  }

  private read(month: number): Observations {
    const { days, accounts, measures } = this;
    const { summary, position } = this.written[month] ?? { summary: { size: 0 }, position: 0 };
    const of = roomOfMonth(month, { size: summary.size, measures, accounts, days });
    let from = position;
    eachColumn(of, (column) => {
      readWhole(this.file, bytesOf(column), from);
      from += column.byteLength;
    });
    return of;
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array | Int16Array | Uint8Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

function writeWhole(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, position + done);
}

function readWhole(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(file, bytes, done, bytes.length - done, position + done);
    if (read === 0) throw new Error('The file of observations is shorter than what was written to it.');
    done += read;
  }
}
