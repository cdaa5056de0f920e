import { useDocumentTitle } from '@mantine/hooks';
import { Outlet, useLocation } from '@tanstack/react-router';
import frame from '../../components/ui/frame.module.css';
import { PageHeader } from '../../components/ui/page-header.js';
import { PageTabs } from '../../components/ui/page-tabs.js';
import { NewProfileButton } from './overview/new-profile-button.js';

const TABS = [
  { to: '/health', label: 'Profiles' },
  { to: '/health/signals', label: 'Signals' },
] as const;

/** What accounts are scored by. */
export function HealthLayout() {
  useDocumentTitle('Health · Steward');
  const isOfProfiles = useLocation({ select: ({ pathname }) => pathname === '/health' });
  return (
    <div className={frame.page}>
      <PageHeader title="Health" actions={isOfProfiles ? <NewProfileButton /> : null} />
      <PageTabs label="Health" tabs={TABS}>
        <Outlet />
      </PageTabs>
    </div>
  );
}
