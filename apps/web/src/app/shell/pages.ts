import type { Permission } from '@steward/shared/permissions';
import type { Icon } from '@tabler/icons-react';
import {
  IconAlertTriangle,
  IconBriefcase,
  IconBuildingSkyscraper,
  IconDatabaseImport,
  IconHeartbeat,
  IconLayersIntersect,
  IconRefresh,
  IconRoute,
  IconSettings,
  IconStack2,
  IconSun,
  IconTarget,
} from '@tabler/icons-react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { keptFilters } from '../../components/report/report-keys.js';
import { useMe } from '../../lib/me.js';

export interface Page {
  to:
    | '/'
    | '/accounts'
    | '/segments'
    | '/alerts'
    | '/goals'
    | '/renewals'
    | '/tiers'
    | '/lifecycle'
    | '/portfolio'
    | '/health'
    | '/data'
    | '/settings';
  /** Every address below it marks the page as the current one. */
  under: string;
  label: string;
  keys: string;
  icon: Icon;
  needs: Permission;
  /** A managers' page: its filters are those of the others, too. */
  filters?: true;
}

const PAGES: readonly Page[] = [
  { to: '/', under: '/', label: 'Today', keys: 't', icon: IconSun, needs: 'accounts:read' },
  {
    to: '/accounts',
    under: '/accounts',
    label: 'Accounts',
    keys: 'a',
    icon: IconBuildingSkyscraper,
    needs: 'accounts:read',
  },
  {
    to: '/segments',
    under: '/segments',
    label: 'Segments',
    keys: 's',
    icon: IconLayersIntersect,
    needs: 'accounts:read',
  },
  { to: '/alerts', under: '/alerts', label: 'Alerts', keys: 'l', icon: IconAlertTriangle, needs: 'accounts:read' },
  { to: '/goals', under: '/goals', label: 'Goals', keys: 'o', icon: IconTarget, needs: 'accounts:read' },
  { to: '/renewals', under: '/renewals', label: 'Renewals', keys: 'n', icon: IconRefresh, needs: 'accounts:read' },
  { to: '/tiers', under: '/tiers', label: 'Tiers', keys: 'i', icon: IconStack2, needs: 'reports:read', filters: true },
  {
    to: '/lifecycle',
    under: '/lifecycle',
    label: 'Lifecycle',
    keys: 'y',
    icon: IconRoute,
    needs: 'reports:read',
    filters: true,
  },
  {
    to: '/portfolio',
    under: '/portfolio',
    label: 'Portfolio',
    keys: 'p',
    icon: IconBriefcase,
    needs: 'reports:read',
    filters: true,
  },
  { to: '/health', under: '/health', label: 'Health', keys: 'h', icon: IconHeartbeat, needs: 'model:read' },
  { to: '/data', under: '/data', label: 'Data', keys: 'd', icon: IconDatabaseImport, needs: 'imports:write' },
  { to: '/settings', under: '/settings', label: 'Settings', keys: ',', icon: IconSettings, needs: 'accounts:read' },
];

/** The left rail, in order, as far as the person may go; `keys` is the second key after G. */
export function usePages(): readonly Page[] {
  const { permissions } = useMe();
  return PAGES.filter((page) => permissions.includes(page.needs));
}

/** The first page is above all others, so only its very address marks it. */
export const isCurrent = ({ under }: Page, pathname: string): boolean =>
  under === '/' ? pathname === '/' : pathname.startsWith(under);

/** What goes along from the page one is on: from one managers' page to the next, the filters. */
export function searchOf(page: Page, pathname: string, search: Record<string, string | undefined>) {
  const isBetween = page.filters === true && PAGES.some((each) => each.filters === true && isCurrent(each, pathname));
  return isBetween ? keptFilters(search) : {};
}

/** Goes to a page of the rail. */
export function useOpenPage(): (page: Page) => void {
  const navigate = useNavigate();
  const pathname = useLocation({ select: (location) => location.pathname });
  return (page) =>
    void navigate({
      to: page.to,
      search: (now: object) => searchOf(page, pathname, now as Record<string, string>),
    } as never);
}
