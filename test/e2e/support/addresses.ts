/** The ports of the products that tests run against, one for each of Playwright’s workers, with commas between. */
export function portsOfProducts(): number[] {
  return (process.env.STEWARD_E2E_PORT ?? '').split(',').map(Number);
}

export const addressOf = (port: number): string => `http://127.0.0.1:${port}`;

/** The product of one worker. */
export function addressFor(worker: { parallelIndex: number }): string {
  const port = portsOfProducts()[worker.parallelIndex];
  if (port === undefined) throw new Error(`no product was started for worker ${worker.parallelIndex}`);
  return addressOf(port);
}
