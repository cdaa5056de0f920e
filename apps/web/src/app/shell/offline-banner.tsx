import { useNetwork } from '@mantine/hooks';
import { IconCloudOff } from '@tabler/icons-react';
import classes from './shell.module.css';

/** Says that the browser has lost its network: pages keep what they had, and nothing can be saved. */
export function OfflineBanner() {
  const { online } = useNetwork();
  if (online) return null;
  return (
    <div className={classes.banner} role="status">
      <IconCloudOff size={15} aria-hidden />
      <span>You are offline: what you see may be old, and changes are not taken.</span>
    </div>
  );
}
