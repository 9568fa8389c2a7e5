/** Which column holds what: as the server found it, to be corrected by a person. */
import { Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { type ColumnMap, FIELDS } from './import-draft.ts';

/** The empty header says "no such column" to the server. */
const NONE = '';

export interface ColumnMappingProps {
  readonly columns: readonly string[];
  readonly map: ColumnMap;
  readonly onChange: (map: ColumnMap) => void;
  readonly faults: Readonly<Record<string, string>>;
}

export const ColumnMapping = ({ columns, map, onChange, faults }: ColumnMappingProps) => (
  <Stack gap="xs" role="group" aria-label="Columns">
    <Text size="sm" fw={600}>
      Which column holds what
    </Text>
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
      {FIELDS.map(({ field, label, needed }) => (
        <Select
          key={field}
          size="xs"
          label={label}
          required={needed}
          allowDeselect={false}
          data={[
            ...(needed ? [] : [{ value: NONE, label: 'not in the file' }]),
            ...columns.map((name) => ({ value: name, label: name })),
          ]}
          value={map[field] ?? (needed ? null : NONE)}
          placeholder={needed ? 'choose' : undefined}
          onChange={(value) => onChange({ ...map, [field]: value ?? NONE })}
          error={faults[`map.${field}`]}
        />
      ))}
    </SimpleGrid>
  </Stack>
);
