/**
 * True for what a fact itself is to blame for: values that PostgreSQL cannot take (class 22) or that break a rule of
 * its table (class 23). Everything else would fail for any fact and is tried again later.
 */
export function isDataError(error: unknown): boolean {
  const state =
    (error as { driverError?: { code?: string } }).driverError?.code ?? (error as { code?: string } | null)?.code;
  return typeof state === 'string' && /^2[23][0-9A-Z]{3}$/.test(state);
}
