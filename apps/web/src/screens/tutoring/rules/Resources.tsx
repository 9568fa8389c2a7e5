/** Things that sessions use up while they last, one for each learner: devices, licences. */
import { Button, MultiSelect, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { changeSetting, type ScheduleView } from '../../../api/schedule.ts';
import { Card } from '../../../components/Card.tsx';
import { DataTable } from '../../../components/DataTable.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { formatNumber } from '../../../components/format.ts';
import { AddButton, type Edited, editColumn, nameColumn, numberColumn } from '../forms/columns.tsx';
import { NamedDialog } from '../forms/NamedDialog.tsx';

type Resource = ScheduleView['resources'][number];

const NEW: Resource = { id: '', name: '', quantity: 1, skillIds: [] };

/** Skills listed at once; typing finds the others. */
const LISTED = 100;

interface ResourceDialogProps {
  readonly setting: ScheduleView;
  /** Null: a new one. */
  readonly id: string | null;
  readonly onClose: () => void;
}

const ResourceDialog = ({ setting, id, onClose }: ResourceDialogProps) => {
  const { courseId, version, resources, skills } = setting;
  const at = resources.findIndex((resource) => resource.id === id);
  const place = at === -1 ? resources.length : at;
  const store = (next: Resource[]) => changeSetting(courseId, { version, resources: next });
  return (
    <NamedDialog
      setting={setting}
      noun="device or licence"
      path={`resources.${place}`}
      rows={resources}
      id={id}
      blank={NEW}
      put={(resource) => store([...resources.slice(0, place), resource, ...resources.slice(place + 1)])}
      remove={(gone) => store(resources.filter((resource) => resource.id !== gone))}
      onClose={onClose}
    >
      {({ value, change, faults }) => (
        <>
          <NumberInput
            label="How many there are"
            description="One is used for each learner in a session"
            min={0}
            max={20_000}
            allowDecimal={false}
            value={value.quantity}
            error={faults['quantity']}
            onChange={(next) => change({ quantity: Number(next) || 0 })}
          />
          <MultiSelect
            label="Needed for"
            description="Sessions in these skills use it"
            searchable
            limit={LISTED}
            data={skills.map((skill) => ({ value: String(skill.id), label: skill.name }))}
            value={value.skillIds.map(String)}
            error={faults['skillIds']}
            onChange={(ids) => change({ skillIds: ids.map(Number) })}
          />
          <Button
            size="compact-xs"
            variant="subtle"
            w="fit-content"
            onClick={() => change({ skillIds: skills.map((skill) => skill.id) })}
          >
            All skills
          </Button>
        </>
      )}
    </NamedDialog>
  );
};

export const Resources = ({ setting }: { readonly setting: ScheduleView }) => {
  const [edited, setEdited] = useState<Edited<string>>(null);
  const names = new Map(setting.skills.map(({ id, name }) => [id, name]));
  const sayNeeded = ({ skillIds }: Resource): string =>
    skillIds.length > 3
      ? `${formatNumber(skillIds.length)} skills`
      : skillIds.map((id) => names.get(id) ?? `Skill ${id}`).join(', ');
  return (
    <Card
      title="Devices and licences"
      note="Used up while a session lasts, one for each learner in it."
      actions={<AddButton label="Add one" onClick={() => setEdited({ id: null })} />}
    >
      <DataTable
        label="Devices and licences"
        noun="kind"
        rows={setting.resources}
        columns={[
          nameColumn<Resource>('Name'),
          numberColumn<Resource>('quantity', 'How many', ({ quantity }) => quantity),
          { key: 'needed', header: 'Needed for', cell: sayNeeded },
          editColumn<Resource>(setEdited),
        ]}
        rowKey={({ id }) => id}
        pageSize={10}
        empty={
          <EmptyState title="Nothing is scarce">Add what there are only so many of: tablets, licences.</EmptyState>
        }
      />
      {edited && <ResourceDialog setting={setting} id={edited.id} onClose={() => setEdited(null)} />}
    </Card>
  );
};
