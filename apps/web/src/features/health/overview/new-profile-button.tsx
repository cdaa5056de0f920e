import { Alert, Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Dialog } from '../../../components/ui/dialog.js';
import { errorText } from '../../../lib/api.js';
import { useMe } from '../../../lib/me.js';
import { useCreateProfile } from '../change-profiles.js';
import { profilesQuery } from '../get-profiles.js';

/** Begins a profile, for those who may. */
export function NewProfileButton() {
  const [isOpen, setOpen] = useState(false);
  if (!useMe().permissions.includes('model:write')) return null;
  return (
    <>
      <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpen(true)}>
        New profile
      </Button>
      {isOpen ? <NewProfileDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function NewProfileDialog({ onClose }: { onClose: () => void }) {
  const { data: profiles = [] } = useQuery(profilesQuery);
  const [name, setName] = useState('');
  const [copyOf, setCopyOf] = useState<string | null>(null);
  const [isTried, setTried] = useState(false);
  const create = useCreateProfile();
  const navigate = useNavigate();
  const usual = profiles.find(({ isDefault }) => isDefault)?.id ?? null;
  const submit = () => {
    setTried(true);
    if (name.trim() === '') return;
    create.mutate(
      { name: name.trim(), copyOf: copyOf ?? usual },
      { onSuccess: ({ id }) => void navigate({ to: '/health/$profileId', params: { profileId: id } }) },
    );
  };
  return (
    <Dialog onClose={onClose} title="New health profile">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            description="Of the accounts that it scores: “Enterprise”, “Self-serve”"
            required
            data-autofocus
            maxLength={80}
            value={name}
            error={isTried && name.trim() === '' ? 'Enter a name' : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label="Begin with a copy of"
            data={profiles
              .filter(({ published }) => published !== null)
              .map((each) => ({ value: each.id, label: each.name }))}
            value={copyOf ?? usual}
            onChange={setCopyOf}
          />
          {create.error ? (
            <Alert color="red" variant="light" role="alert" p="xs" title="It was not created">
              {errorText(create.error)}
            </Alert>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending}>
              Create as a draft
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
