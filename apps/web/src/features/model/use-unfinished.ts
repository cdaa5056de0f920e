import { useCallback, useState } from 'react';

/** Which definitions have a condition that is half written: what it said before stands until it is finished. */
export function useUnfinished() {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const mark = useCallback(
    (key: string, isUnfinished: boolean) =>
      setKeys((now) => {
        if (now.has(key) === isUnfinished) return now;
        const next = new Set(now);
        if (isUnfinished) next.add(key);
        else next.delete(key);
        return next;
      }),
    [],
  );
  const rename = useCallback(
    (from: string, to: string) =>
      setKeys((now) => (now.has(from) ? new Set([...now].map((key) => (key === from ? to : key))) : now)),
    [],
  );
  return { keys, mark, rename };
}
