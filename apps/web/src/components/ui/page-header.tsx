import type { ReactNode } from 'react';
import classes from './page-header.module.css';

interface PageHeaderProps {
  title: ReactNode;
  aside?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, aside, actions }: PageHeaderProps) {
  return (
    <header className={classes.root}>
      <h1 className={classes.title}>{title}</h1>
      {aside ? <div className={classes.aside}>{aside}</div> : null}
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </header>
  );
}
