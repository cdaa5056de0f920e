import { Alert, Button, Group, NumberInput, SimpleGrid } from '@mantine/core';
import { BANDS } from '@steward/shared/common';
import type { Workspace } from '@steward/shared/workspace';
import { useState } from 'react';
import { BAND_WORDS } from '../../components/ui/band.js';
import { LeaveGuard } from '../../components/ui/leave-guard.js';
import { Section } from '../../components/ui/section.js';
import { errorText } from '../../lib/api.js';
import { useMe } from '../../lib/me.js';
import { useUpdateWorkspace } from './workspace.js';

/** How probable a renewal is that nobody has forecast otherwise, by the band of its account. */
export function RenewalChanceForm({ workspace }: { workspace: Workspace }) {
  const mayWrite = useMe().permissions.includes('workspace:write');
  const { renewalChance } = workspace.settings;
  const [chance, setChance] = useState(renewalChance);
  const update = useUpdateWorkspace();
  const isDirty = BANDS.some((band) => chance[band] !== renewalChance[band]);
  return (
    <Section title="Forecast of renewals" note="How probable “likely” is, by the account’s band">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const settings = { ...workspace.settings, renewalChance: chance };
          if (isDirty) update.mutate({ revision: workspace.revision, settings });
        }}
      >
        <LeaveGuard isDirty={() => isDirty} />
        <SimpleGrid cols={{ base: 2, sm: 4 }} maw={720}>
          {BANDS.toReversed().map((band) => (
            <NumberInput
              key={band}
              label={BAND_WORDS[band]}
              suffix=" %"
              min={0}
              max={100}
              clampBehavior="strict"
              allowDecimal={false}
              disabled={!mayWrite}
              value={chance[band]}
              onChange={(next) => typeof next === 'number' && setChance({ ...chance, [band]: next })}
            />
          ))}
        </SimpleGrid>
        {update.error ? (
          <Alert color="red" variant="light" role="alert" p="xs" mt="sm" maw={720}>
            {errorText(update.error)}
          </Alert>
        ) : null}
        {isDirty ? (
          <Group mt="sm" gap={6}>
            <Button type="submit" loading={update.isPending}>
              Save
            </Button>
            <Button variant="default" onClick={() => setChance(renewalChance)}>
              Reset
            </Button>
          </Group>
        ) : null}
      </form>
    </Section>
  );
}
