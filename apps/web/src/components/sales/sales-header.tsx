import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHeader } from '../ui/page-header.js';
import classes from './sales.module.css';

interface SalesHeaderProps {
  title: 'Renewals' | 'Deals';
  aside?: ReactNode;
  actions?: ReactNode;
}

/** Renewals and deals stand beside each other: what goes on, and what is added. */
export function SalesHeader({ title, aside, actions }: SalesHeaderProps) {
  return (
    <>
      <PageHeader title={title} aside={aside} actions={actions} />
      <nav className={classes.tabs} aria-label="Renewals and deals">
        <Link to="/renewals" className={classes.tab} activeOptions={{ exact: true, includeSearch: false }}>
          Renewals
        </Link>
        <Link to="/renewals/deals" className={classes.tab} activeOptions={{ exact: true, includeSearch: false }}>
          Deals
        </Link>
      </nav>
    </>
  );
}
