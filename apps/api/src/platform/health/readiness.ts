/** One thing that must work before requests are sent to this process. */
export interface ReadinessProbe {
  readonly name: string;
  /** Resolves when all is well, with a note where somebody should look at something; rejects with the reason otherwise. */
  check(): Promise<string | null>;
}

export const READINESS_PROBES = Symbol('readiness probes');

export type ProbeResult = { name: string; ok: true; note?: string } | { name: string; ok: false; reason: string };

/** Runs every probe; one that takes too long has failed. */
export function runProbes(probes: readonly ReadinessProbe[], timeoutMs: number): Promise<ProbeResult[]> {
  return Promise.all(
    probes.map(async ({ name, check }, index): Promise<ProbeResult> => {
      const timer = new AbortController();
      try {
        const note = await Promise.race([check.call(probes[index]), tooLong(timeoutMs, timer.signal)]);
        return { name, ok: true, ...(note !== null && { note }) };
      } catch (error) {
        return { name, ok: false, reason: error instanceof Error ? error.message : String(error) };
      } finally {
        timer.abort();
      }
    }),
  );
}

function tooLong(ms: number, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    signal.addEventListener('abort', () => clearTimeout(timer));
  });
}
