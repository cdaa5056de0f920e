import '@mantine/notifications/styles.css';
import { Notifications } from '@mantine/notifications';

/** Under the mouse one toast stays, not all: those that wait for their place come. */
export function Toasts() {
  return <Notifications position="bottom-right" limit={4} pauseResetOnHover="notification" />;
}
