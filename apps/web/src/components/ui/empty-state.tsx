import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface EmptyStateProps {
  title: string;
  text: ReactNode;
  icon?: ReactNode;
  action?: ReactNode;
  role?: 'alert' | 'status';
  /** True where it is all that the page shows: its title is then the page's. */
  page?: boolean;
}

/** Says which it is: no data yet, nothing matches, no permission, or an error; and the way on. */
export function EmptyState({ title, text, icon, action, role, page = false }: EmptyStateProps) {
  const Title = page ? 'h1' : 'h2';
  return (
    <div className={classes.root} role={role}>
      {icon ? <div className={classes.icon}>{icon}</div> : null}
      <Title className={classes.title}>{title}</Title>
      <p className={classes.text}>{text}</p>
      {action}
    </div>
  );
}
