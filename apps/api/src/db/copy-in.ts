/** The driver's connection, as far as a COPY needs it. */
interface Wire {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/**
 * Rows in one of COPY's forms, sent in one go: the quickest way into a table. Given to the driver's connection as what
 * it calls a submittable query. Statements without rows may go before it in the text.
 */
export class CopyIn {
  readonly done: Promise<void>;
  private succeed!: () => void;
  private fail!: (error: Error) => void;

  constructor(
    private readonly text: string,
    private readonly rows: Buffer,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.succeed = resolve;
      this.fail = reject;
    });
  }

  /** All at once, without waiting for the server to ask for the rows: it passes over them when it refuses the statement. */
  submit(wire: Wire): void {
    wire.query(this.text);
    wire.sendCopyFromChunk(this.rows);
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
