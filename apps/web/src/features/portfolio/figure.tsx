import type { AccountsOfFigure } from '@steward/shared/report-parts';
import { doorOf } from '../../components/report/door.js';
import { DoorLink } from '../../components/report/door-link.js';
import classes from './figure.module.css';

interface FigureProps {
  /** What it is, as the link is called: “Carla Mendes: 12 accounts”. */
  label: string;
  /** Null: nothing can be opened; nothing is behind a 0. */
  behind: AccountsOfFigure | null;
  title?: string;
  children: React.ReactNode;
}

/** A figure that leads to the accounts it counts. */
export function Figure({ label, behind, title, children }: FigureProps) {
  const door = doorOf(behind);
  if (door === null) {
    return (
      <span className={classes.none} title={title}>
        {children}
      </span>
    );
  }
  return (
    <DoorLink door={door} className={classes.figure} aria-label={label} title={title}>
      {children}
    </DoorLink>
  );
}
