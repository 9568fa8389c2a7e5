/** A tutor, a room or a thing to use: added, changed or removed under its name. */
import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { faultsByField } from '../../../api/problem.ts';
import type { ScheduleView } from '../../../api/schedule.ts';
import { useScheduleWrite } from '../useTutoring.ts';
import { FormDialog } from './FormDialog.tsx';
import { newKey } from './keys.ts';
import { type Entered, useEntered } from './useEntered.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What is wrong, by field; empty where nothing is. */
export type Faults = Readonly<Record<string, string>>;

export interface NamedDialogProps<Row extends Named> {
  readonly setting: ScheduleView;
  /** 'tutor', 'room'. */
  readonly noun: string;
  /** As the server names it in what it refuses: 'tutor', 'resources.2'. */
  readonly path: string;
  /** All that there are now. */
  readonly rows: readonly Row[];
  /** Null: a new one. */
  readonly id: string | null;
  /** What a new one begins with. */
  readonly blank: Row;
  readonly put: (row: Row) => Promise<unknown>;
  readonly remove: (id: string) => Promise<unknown>;
  /** What can be seen to be wrong before the server is asked. */
  readonly check?: (row: Row) => Faults;
  readonly onClose: () => void;
  /** The fields below the name. */
  readonly children: (form: Omit<Entered<Row>, 'clear'> & { readonly faults: Faults }) => ReactNode;
}

/** 'tutor.most' is the fault of the field 'most'. */
const faultsOf = (error: unknown, path: string): Faults =>
  Object.fromEntries(
    Object.entries(faultsByField(error)).map(([field, detail]) => [field.replace(`${path}.`, ''), detail]),
  );

export const NamedDialog = <Row extends Named>(props: NamedDialogProps<Row>) => {
  const { setting, noun, path, rows, id, blank, put, remove: take, check, onClose, children } = props;
  const { courseId } = setting;
  const newest = rows.find((row) => row.id === id);
  const { value, change } = useEntered<Row>(newest ?? blank);
  const key =
    id ??
    newKey(
      value.name,
      rows.map((row) => row.id),
    );
  const save = useScheduleWrite(courseId, () => put({ ...value, id: key, name: value.name.trim() }), onClose);
  const remove = useScheduleWrite(courseId, () => take(key), onClose);
  const wrong = check?.(value) ?? {};
  const faults = { ...faultsOf(save.error, path), ...wrong };
  return (
    <FormDialog
      courseId={courseId}
      title={newest?.name ?? `A new ${noun}`}
      onClose={onClose}
      save={save}
      ready={value.name.trim() !== '' && Object.keys(wrong).length === 0}
      remove={newest && { ...remove, label: 'Remove' }}
    >
      <TextInput
        label="Name"
        required
        maxLength={200}
        value={value.name}
        error={faults['name']}
        onChange={(event) => change({ name: event.currentTarget.value } as Partial<Row>)}
      />
      {children({ value, change, faults })}
    </FormDialog>
  );
};
