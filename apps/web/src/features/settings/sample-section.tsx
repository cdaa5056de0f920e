import { Alert, Button, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { SampleStatus } from '@steward/shared/sample';
import { AskDialog } from '../../components/ui/ask-dialog.js';
import { Section } from '../../components/ui/section.js';
import { toastError } from '../../components/ui/toast.js';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { loadedPercent, useOrderSample, useSample } from '../../lib/sample.js';

/** The sample company, while it or one of its people is here: the one click out. */
export function SampleSection() {
  const { permissions, workspace } = useMe();
  const mayRemove = permissions.includes('workspace:write');
  const sample = useSample(mayRemove);
  if (!sample && mayRemove && workspace.sampleLoaded) return <Skeleton h={100} mt="lg" />;
  if (!sample || (sample.state === 'absent' && sample.signIns.length === 0)) return null;
  return (
    <Section title="Sample data" note={noteOf(sample)}>
      {sample.problem ? (
        <Alert color="red" variant="light" role="alert" p="xs" mb="sm">
          It broke off: {sample.problem}
        </Alert>
      ) : null}
      {sample.signIns.length > 0 ? (
        <Text size="sm" maw={720} mb="sm">
          {sample.state === 'absent'
            ? `${sample.signIns.join(', ')} can still sign in.`
            : "The sample's people can sign in."}{' '}
          Their first password is known to everyone: before others can reach this address, add an admin of your own
          {sample.state === 'absent' ? ' and deactivate them under People.' : ' and remove the sample.'}
        </Text>
      ) : null}
      {sample.state === 'loaded' ? <RemoveSample accounts={sample.accounts ?? 0} /> : null}
    </Section>
  );
}

function noteOf(sample: SampleStatus): string {
  switch (sample.state) {
    case 'absent':
      return 'removed';
    case 'loading':
      return `being loaded, ${loadedPercent(sample)} %`;
    case 'removing':
      return 'being removed';
    case 'loaded':
      return plural(sample.accounts ?? 0, 'made-up account');
  }
}

function RemoveSample({ accounts }: { accounts: number }) {
  const [opened, { open, close }] = useDisclosure(false);
  const remove = useOrderSample('DELETE');
  return (
    <>
      <Button variant="default" onClick={open}>
        Remove sample data
      </Button>
      {opened ? (
        <AskDialog
          title="Remove the sample data?"
          yes="Remove sample data"
          isPending={remove.isPending}
          onYes={() =>
            remove.mutate(undefined, {
              onSettled: close,
              onError: (error) => toastError('The sample was not removed', error),
            })
          }
          onClose={close}
        >
          {plural(accounts, 'made-up account')} {accounts === 1 ? 'goes' : 'go'}, with everything known about them and
          every change made to them. The sample's people can no longer sign in; its admin stays as long as there is no
          other. Your own accounts stay as they are.
        </AskDialog>
      ) : null}
    </>
  );
}
