import classes from './grid-skeleton.module.css';

const ROWS = Array.from({ length: 18 }, (_, row) => row);
const WIDTHS = [124, 104, 60, 30, 58, 54, 92, 46];

/** Rows of the grid's own height and shape, so that nothing moves when they fill. */
export function GridSkeleton() {
  return (
    <div className={classes.root} role="status" aria-busy="true" aria-label="Loading accounts">
      <div className={classes.head} />
      {ROWS.map((row) => (
        <div key={row} className={classes.row}>
          {WIDTHS.map((width) => (
            <span key={width} className={classes.bar} style={{ width }} />
          ))}
        </div>
      ))}
    </div>
  );
}
