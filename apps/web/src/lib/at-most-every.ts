/** Runs at once, then at most every `ms`, and once more at the end for what was asked meanwhile. `stop` drops that. */
export function atMostEvery(ms: number, run: () => void): { ask: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ranAt = Number.NEGATIVE_INFINITY;
  const now = () => {
    timer = undefined;
    ranAt = performance.now();
    run();
  };
  return {
    ask() {
      if (timer !== undefined) return;
      timer = setTimeout(now, Math.max(0, ranAt + ms - performance.now()));
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
