import { NumberInput, Table, TextInput } from '@mantine/core';
import type { DealStage, DealStageList } from '@steward/shared/deals';
import { Section } from '../../components/ui/section.js';
import { useMe } from '../../lib/me.js';
import { ListForm } from './list-form.js';
import { unsavedKey, useSaveDealStages } from './sales-lists.js';

/** The columns of the board of deals, and how probable a deal is in each. */
export function DealStagesForm({ list }: { list: DealStageList }) {
  const mayWrite = useMe().permissions.includes('workspace:write');
  const save = useSaveDealStages();
  return (
    <Section
      title="Deal stages"
      note="Columns of the board; deals in a stage that is gone keep it, in a column at the end"
    >
      <ListForm<DealStage>
        label="Deal stages"
        stored={{ revision: list.revision, items: list.stages }}
        headings={['Stage', 'Probability']}
        most={20}
        addWords="Add a stage"
        newItem={() => ({ key: unsavedKey(), label: '', probability: 50 })}
        cells={(stage, set) => (
          <>
            <Table.Td>
              <TextInput
                aria-label={`Name of ${stage.label || 'the new stage'}`}
                maxLength={60}
                disabled={!mayWrite}
                value={stage.label}
                onChange={(event) => set({ label: event.currentTarget.value })}
              />
            </Table.Td>
            <Table.Td w={140}>
              <NumberInput
                aria-label={`Probability of ${stage.label || 'the new stage'}`}
                suffix=" %"
                min={0}
                max={100}
                clampBehavior="strict"
                allowDecimal={false}
                disabled={!mayWrite}
                value={stage.probability}
                onChange={(next) => typeof next === 'number' && set({ probability: next })}
              />
            </Table.Td>
          </>
        )}
        lineOf={({ label, probability }) => `${label}, ${probability} %`}
        mayWrite={mayWrite}
        save={save}
        onSave={({ revision, items }, saved) =>
          save.mutate(
            { revision, stages: items },
            { onSuccess: (made) => saved({ revision: made.revision, items: made.stages }) },
          )
        }
      />
    </Section>
  );
}
