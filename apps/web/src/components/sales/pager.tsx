import { Button } from '@mantine/core';
import { formatNumber } from '../../lib/format.js';
import frame from '../ui/frame.module.css';

interface PagerProps {
  offset: number;
  shown: number;
  total: number;
  atOnce: number;
  /** The new offset; undefined: the beginning. */
  onMove: (offset: string | undefined) => void;
}

/** Back and forth through a list that is longer than a page of it. */
export function Pager({ offset, shown, total, atOnce, onMove }: PagerProps) {
  if (total <= atOnce && offset === 0) return null;
  const to = (next: number) => onMove(next <= 0 ? undefined : String(next));
  return (
    <div className={frame.pager}>
      <span className="tabular">
        {formatNumber(Math.min(offset + 1, total))} to {formatNumber(offset + shown)} of {formatNumber(total)}
      </span>
      <Button variant="default" size="compact-xs" disabled={offset === 0} onClick={() => to(offset - atOnce)}>
        Before
      </Button>
      <Button
        variant="default"
        size="compact-xs"
        disabled={offset + shown >= total}
        onClick={() => to(offset + atOnce)}
      >
        Next
      </Button>
    </div>
  );
}
