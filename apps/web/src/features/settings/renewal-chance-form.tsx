import { Button, Group, NumberInput, SimpleGrid } from '@mantine/core';
import { BANDS } from '@steward/shared/common';
import type { Workspace } from '@steward/shared/workspace';
import { BAND_WORDS } from '../../components/ui/band.js';
import { LeaveGuard } from '../../components/ui/leave-guard.js';
import { Section } from '../../components/ui/section.js';
import { useDraft } from '../../components/ui/use-draft.js';
import { useMe } from '../../lib/me.js';
import { SaveTrouble } from './save-trouble.js';
import { useUpdateWorkspace } from './workspace.js';

/** How probable a renewal is that nobody has forecast otherwise, by the band of its account. */
export function RenewalChanceForm({ workspace }: { workspace: Workspace }) {
  const mayWrite = useMe().permissions.includes('workspace:write');
  const form = useDraft(workspace, ({ settings }) => settings.renewalChance);
  const { draft, written, isDirty, restsOn } = form;
  const update = useUpdateWorkspace();
  const ready = isDirty && restsOn.theirs === null;
  return (
    <Section title="Forecast of renewals" note="How probable “likely” is, by the account’s band">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready || update.isPending) return;
          const { revision, settings } = restsOn.on;
          const renewalChance = { ...settings.renewalChance, ...written };
          update.mutate({ revision, settings: { ...settings, renewalChance } }, { onSuccess: form.saved });
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
              value={draft[band]}
              onChange={(next) => typeof next === 'number' && form.write({ [band]: next })}
            />
          ))}
        </SimpleGrid>
        <SaveTrouble
          form={form}
          save={update}
          linesOf={(theirs) =>
            BANDS.filter((band) => band in theirs).map((band) => `${BAND_WORDS[band]}: ${theirs[band]} %`)
          }
        />
        {isDirty ? (
          <Group mt="sm" gap={6}>
            <Button type="submit" loading={update.isPending} disabled={!ready}>
              Save
            </Button>
            <Button variant="default" onClick={form.drop}>
              Reset
            </Button>
          </Group>
        ) : null}
      </form>
    </Section>
  );
}
