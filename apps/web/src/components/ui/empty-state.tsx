import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface EmptyStateProps {
  title: string;
  text: ReactNode;
  icon?: ReactNode;
  action?: ReactNode;
  role?: 'alert' | 'status';
}

/** Says which it is: no data yet, nothing matches, no permission, or an error; and the way on. */
export function EmptyState({ title, text, icon, action, role }: EmptyStateProps) {
  return (
    <div className={classes.root} role={role}>
      {icon ? <div className={classes.icon}>{icon}</div> : null}
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.text}>{text}</p>
      {action}
    </div>
  );
}
