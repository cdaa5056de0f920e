import classes from './page-skeleton.module.css';

const ROWS = Array.from({ length: 12 }, (_, row) => row);

export function PageSkeleton() {
  return (
    <div className={classes.root} role="status" aria-busy="true" aria-label="Loading">
      {ROWS.map((row) => (
        <div key={row} className={classes.bar} style={{ width: `${92 - ((row * 7) % 23)}%` }} />
      ))}
    </div>
  );
}
