/** Learners by skills, one number a cell: ordered, filtered by subject, paged both ways, walked by arrow keys. */
import { Group, Pagination, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type HeatMapSearch, type HeatMapView, heatMapQuery } from '../../api/class.ts';
import { Loaded } from '../../app/Loaded.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber, plural } from '../../components/format.ts';
import { MasteryKey } from '../../components/Mastery.tsx';
import { HeatGrid } from './HeatGrid.tsx';
import type { Intervention } from './InterveneDialog.tsx';

const LEARNERS_A_PAGE = 30;
/** Columns that fit a wide screen; courses have up to some thousand skills. */
const SKILLS_A_PAGE = 40;

const names = (noun: string) => ({
  getControlProps: (control: string) => ({ 'aria-label': `${noun}: ${control} page` }),
  getItemProps: (page: number) => ({ 'aria-label': `${noun}: page ${page}` }),
});

interface FiltersProps {
  readonly view: HeatMapView | undefined;
  readonly search: HeatMapSearch;
  readonly onSearch: (search: HeatMapSearch) => void;
}

const Filters = ({ view, search, onSearch }: FiltersProps) => (
  <Group gap="sm" align="flex-end">
    <SegmentedControl
      size="xs"
      aria-label="Order of the learners"
      data={[
        { value: 'help', label: 'Most help first' },
        { value: 'name', label: 'By name' },
      ]}
      value={search.order}
      onChange={(order) => onSearch({ ...search, order: order === 'name' ? 'name' : 'help', offset: 0 })}
    />
    {view && view.subjects.length > 1 && (
      <Select
        size="xs"
        aria-label="Subject"
        placeholder="All subjects"
        clearable
        data={view.subjects}
        value={search.subject ?? null}
        onChange={(subject) => onSearch({ ...search, subject: subject ?? undefined, offset: 0 })}
      />
    )}
    <MasteryKey />
  </Group>
);

interface PagedGridProps {
  readonly view: HeatMapView;
  readonly search: HeatMapSearch;
  readonly onSearch: (search: HeatMapSearch) => void;
  readonly onIntervene: (on: Intervention) => void;
}

const PagedGrid = ({ view, search, onSearch, onIntervene }: PagedGridProps) => {
  const [skillPage, setSkillPage] = useState(1);
  const skillPages = Math.max(1, Math.ceil(view.skills.length / SKILLS_A_PAGE));
  const first = (Math.min(skillPage, skillPages) - 1) * SKILLS_A_PAGE;
  const last = Math.min(view.skills.length, first + SKILLS_A_PAGE);
  if (view.learners.length === 0 || view.skills.length === 0) {
    return (
      <EmptyState title="Nothing to show yet">
        Import records of answers on the Records screen; the map fills itself.
      </EmptyState>
    );
  }
  return (
    <Stack gap="sm">
      <HeatGrid view={view} firstSkill={first} lastSkill={last} onIntervene={onIntervene} />
      <Group justify="space-between" gap="sm">
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            {plural(view.total, 'learner')}
          </Text>
          {view.total > LEARNERS_A_PAGE && (
            <Pagination
              size="sm"
              {...names('Learners')}
              total={Math.ceil(view.total / LEARNERS_A_PAGE)}
              value={search.offset / LEARNERS_A_PAGE + 1}
              onChange={(page) => onSearch({ ...search, offset: (page - 1) * LEARNERS_A_PAGE })}
            />
          )}
        </Group>
        {skillPages > 1 && (
          <Group gap="xs">
            <Text size="xs" c="dimmed">
              Skills {formatNumber(first + 1)} to {formatNumber(last)} of {formatNumber(view.skills.length)}
            </Text>
            <Pagination
              size="sm"
              {...names('Skills')}
              total={skillPages}
              value={Math.min(skillPage, skillPages)}
              onChange={setSkillPage}
            />
          </Group>
        )}
      </Group>
    </Stack>
  );
};

export interface HeatMapProps {
  readonly courseId: number;
  readonly onIntervene: (on: Intervention) => void;
}

export const HeatMap = ({ courseId, onIntervene }: HeatMapProps) => {
  const [search, setSearch] = useState<HeatMapSearch>({ offset: 0, limit: LEARNERS_A_PAGE, order: 'help' });
  const query = useQuery(heatMapQuery(courseId, search));
  return (
    <Stack gap="sm">
      <Filters view={query.data} search={search} onSearch={setSearch} />
      <Loaded query={query} what="learners and skills" height={480}>
        {(view) => <PagedGrid view={view} search={search} onSearch={setSearch} onIntervene={onIntervene} />}
      </Loaded>
    </Stack>
  );
};
