import { Link, type LinkProps } from '@tanstack/react-router';
import classes from './search-tabs.module.css';

interface SearchTabsProps {
  label: string;
  to: LinkProps['to'];
  /** The first one is that of the bare address. */
  tabs: readonly { key: string; label: string }[];
  current: string;
  /** What of the address goes along from tab to tab. */
  kept: Record<string, string | undefined>;
  /** Pages of the same area with an address of their own. */
  others?: readonly { to: LinkProps['to']; label: string }[];
}

/** An address is a tab's own only as a whole. */
const WHOLE = { exact: true, includeSearch: true };

/** Parts of one page as tabs that are links: `?tab=` and what they share. */
export function SearchTabs({ label, to, tabs, current, kept, others = [] }: SearchTabsProps) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {tabs.map(({ key, label: name }, place) => (
        <Link
          key={key}
          to={to}
          search={{ ...kept, tab: place === 0 ? undefined : key } as never}
          className={classes.tab}
          activeOptions={WHOLE}
          aria-current={key === current ? 'page' : undefined}
        >
          {name}
        </Link>
      ))}
      {others.map((other) => (
        <Link key={other.to} to={other.to} search={kept as never} className={classes.tab}>
          {other.label}
        </Link>
      ))}
    </nav>
  );
}
