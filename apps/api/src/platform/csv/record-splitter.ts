import { CsvFileError } from './csv-errors.js';

/** One record as it stands in the file, without its line end. */
export interface RawRecord {
  /** Physical line (from 1) on which the record starts. */
  line: number;
  text: string;
  problem: 'RECORD_TOO_LONG' | 'BAD_QUOTE' | null;
}

export interface SplitterLimits {
  /** Longest record, in characters; a longer one is refused and its rest is skipped without being kept. */
  maxRecordLength: number;
  /** How many characters may be read again after broken quotes before the file is refused. */
  maxRereadLength: number;
}

export const SPLITTER_LIMITS: SplitterLimits = {
  maxRecordLength: 1024 * 1024,
  maxRereadLength: 256 * 1024 * 1024,
};

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
/** As much of a refused record as is worth showing. */
const EXCERPT_LENGTH = 200;

/**
 * Cuts text that arrives in pieces into records: a line end (LF, CR or CRLF, also mixed) outside quotes ends one.
 * A quote opens only at the start of a field. Memory is bounded by the longest record allowed.
 *
 * A broken quote (never closed within the longest record, or followed by something other than a delimiter, a line end
 * or another quote) costs the physical line it stands on: reading resumes on the line after the record's first.
 */
export class RecordSplitter {
  private readonly delimiter: number;
  /** Unfinished text; begins where the current record does. */
  private buffer = '';
  private line = 1;
  private position = 0;
  private inQuotes = false;
  private atFieldStart = true;
  private linesInside = 0;
  /** Dropping the rest of a refused record up to its line end. */
  private skipping = false;
  private rereadLength = 0;

  constructor(
    delimiter: string,
    private readonly limits: SplitterLimits = SPLITTER_LIMITS,
  ) {
    this.delimiter = delimiter.charCodeAt(0);
  }

  push(text: string): RawRecord[] {
    this.buffer += text;
    const records: RawRecord[] = [];
    this.keepFrom(this.scan(0, false, records));
    return records;
  }

  end(): RawRecord[] {
    const records: RawRecord[] = [];
    let start = this.scan(0, true, records);
    while (this.inQuotes && !this.skipping)
      start = this.scan(this.giveUpOn(start, 'BAD_QUOTE', records), true, records);
    if (!this.skipping && start < this.buffer.length) {
      records.push({ line: this.line, text: this.buffer.slice(start), problem: null });
    }
    this.keepFrom(this.buffer.length);
    return records;
  }

  /** Reads on from `this.position`; returns where the unfinished record starts. */
  private scan(from: number, atEnd: boolean, records: RawRecord[]): number {
    const text = this.buffer;
    let start = from;
    while (this.position < text.length) {
      const code = text.charCodeAt(this.position);
      const needsNext = code === CR || (code === QUOTE && this.inQuotes);
      if (needsNext && this.position + 1 === text.length && !atEnd) break;

      if (this.skipping) {
        start = this.skipOver(code);
      } else if (this.inQuotes) {
        if (!this.readQuoted(code)) start = this.giveUpOn(start, 'BAD_QUOTE', records);
      } else if (code === LF || code === CR) {
        records.push({ line: this.line, text: text.slice(start, this.position), problem: null });
        start = this.beginRecord(this.position + lineEndLength(text, this.position));
      } else {
        this.inQuotes = code === QUOTE && this.atFieldStart;
        this.atFieldStart = code === this.delimiter;
        this.position += 1;
      }
      if (this.position - start > this.limits.maxRecordLength) start = this.giveUpOn(start, 'RECORD_TOO_LONG', records);
    }
    return start;
  }

  /** Goes to the next line end, or over it when it stands there. */
  private skipOver(code: number): number {
    if (code !== LF && code !== CR) {
      this.position = firstLineEnd(this.buffer, this.position, this.buffer.length) ?? this.buffer.length;
      return this.position;
    }
    this.skipping = false;
    return this.beginRecord(this.position + lineEndLength(this.buffer, this.position));
  }

  /** One step inside quotes; false where a quote is followed by what may not follow it. */
  private readQuoted(code: number): boolean {
    if (code === CR || (code === LF && this.buffer.charCodeAt(this.position - 1) !== CR)) this.linesInside += 1;
    this.position += 1;
    if (code !== QUOTE) return true;
    if (this.position === this.buffer.length) {
      this.inQuotes = false;
      return true;
    }
    const next = this.buffer.charCodeAt(this.position);
    if (next === QUOTE) {
      this.position += 1;
      return true;
    }
    this.inQuotes = false;
    return next === this.delimiter || next === LF || next === CR;
  }

  private beginRecord(position: number): number {
    this.line += 1 + this.linesInside;
    this.position = position;
    this.inQuotes = false;
    this.atFieldStart = true;
    this.linesInside = 0;
    return position;
  }

  /** Refuses the current record and finds where to read on: behind its first line end, which may still be to come. */
  private giveUpOn(start: number, problem: 'RECORD_TOO_LONG' | 'BAD_QUOTE', records: RawRecord[]): number {
    const lineEnd = firstLineEnd(this.buffer, start, this.position);
    const excerptEnd = Math.min(lineEnd ?? this.position, start + EXCERPT_LENGTH);
    records.push({
      line: this.line,
      text: this.buffer.slice(start, excerptEnd),
      problem: lineEnd === null ? problem : 'BAD_QUOTE',
    });
    this.linesInside = 0;
    if (lineEnd === null) {
      this.inQuotes = false;
      this.skipping = true;
      return this.position;
    }
    const next = lineEnd + lineEndLength(this.buffer, lineEnd);
    this.rereadLength += Math.max(0, this.position - next);
    if (this.rereadLength > this.limits.maxRereadLength) {
      throw new CsvFileError(
        'TOO_MANY_BAD_QUOTES',
        `Too many quotes are opened and never closed, the last one on line ${this.line}. Check how the file was written.`,
        this.line,
      );
    }
    return this.beginRecord(next);
  }

  private keepFrom(start: number): void {
    this.buffer = this.buffer.slice(start);
    this.position = Math.max(0, this.position - start);
  }
}

function lineEndLength(text: string, index: number): 1 | 2 {
  return text.charCodeAt(index) === CR && text.charCodeAt(index + 1) === LF ? 2 : 1;
}

function firstLineEnd(text: string, start: number, end: number): number | null {
  const lineEnd = /[\r\n]/g;
  lineEnd.lastIndex = start;
  const found = lineEnd.exec(text)?.index ?? end;
  return found < end ? found : null;
}
