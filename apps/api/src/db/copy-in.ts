/** The driver's connection, as far as a COPY needs it. */
interface Wire {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/**
 * Rows in COPY's text form, sent in one go: the quickest way into a table. Given to the driver's connection as what it
 * calls a submittable query. Statements without rows may go before it in the text.
 */
export class CopyIn {
  readonly done: Promise<void>;
  private succeed!: () => void;
  private fail!: (error: Error) => void;

  constructor(
    private readonly text: string,
    private readonly rows: string,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.succeed = resolve;
      this.fail = reject;
    });
  }

  /** All at once, without waiting for the server to ask for the rows: it passes over them when it refuses the statement. */
  submit(wire: Wire): void {
    wire.query(this.text);
    wire.sendCopyFromChunk(Buffer.from(this.rows));
    wire.endCopyFrom();
  }

  handleCopyInResponse(): void {}

  handleCommandComplete(): void {}

  handleError(error: Error): void {
    this.fail(error);
  }

  handleReadyForQuery(): void {
    this.succeed();
  }
}

const MEANS_SOMETHING = /[\\\t\n\r]/;
const ESCAPED: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A text as COPY reads it; null as its sign for it. */
export function copyText(text: string | null): string {
  if (text === null) return '\\N';
  return MEANS_SOMETHING.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (sign) => ESCAPED[sign]!) : text;
}
