import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './page-tabs.module.css';

interface PageTabsProps {
  label: string;
  tabs: readonly { to: LinkProps['to']; label: string }[];
  /** The page takes all the width there is. */
  wide?: boolean;
  children: ReactNode;
}

/** Pages of one area as tabs that are links, and the chosen page below them. */
export function PageTabs({ label, tabs, wide = false, children }: PageTabsProps) {
  return (
    <>
      <nav className={classes.tabs} aria-label={label}>
        {tabs.map((tab) => (
          <Link key={tab.to} to={tab.to} className={classes.tab} activeOptions={{ exact: true }}>
            {tab.label}
          </Link>
        ))}
      </nav>
      <div className={classes.body} data-wide={wide || undefined}>
        {children}
      </div>
    </>
  );
}
