/** How long it takes from site to site: kept free between two sessions of one person. */
import { NumberInput, SimpleGrid, Text } from '@mantine/core';
import type { ScheduleView } from '../../../api/schedule.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { SettingForm } from '../forms/SettingForm.tsx';
import { useEntered } from '../forms/useEntered.ts';
import { sitesOf } from '../people/known.ts';

type Way = NonNullable<ScheduleView['rules']['travelMinutes']>[number];

const joins = ([from, to]: Way, one: string, other: string): boolean =>
  (from === one && to === other) || (from === other && to === one);

/** Every way between two sites of rooms, with its minutes; 0 where nothing is set. */
const waysOf = (setting: ScheduleView): Way[] => {
  const sites = sitesOf(setting);
  const set = setting.rules.travelMinutes ?? [];
  return sites.flatMap((one, index) =>
    sites.slice(index + 1).map((other): Way => [one, other, set.find((way) => joins(way, one, other))?.[2] ?? 0]),
  );
};

export const TravelForm = ({ setting }: { readonly setting: ScheduleView }) => {
  const ways = waysOf(setting);
  const { value: entered, change, clear } = useEntered<Readonly<Record<string, number>>>({});
  if (ways.length === 0) {
    return (
      <EmptyState title="All rooms are in one place">
        Say at which site each room is, under <b>People and times</b>; the ways between sites then stand here.
      </EmptyState>
    );
  }
  const keyOf = ([one, other]: Way): string => JSON.stringify([one, other]);
  const minutes = (way: Way): number => entered[keyOf(way)] ?? way[2];
  return (
    <SettingForm
      setting={setting}
      button="Set the ways"
      done="The ways were set. Plans from now on leave time for them."
      body={() => ({
        rules: {
          ...setting.rules,
          travelMinutes: ways.map((way): Way => [way[0], way[1], minutes(way)]).filter(([, , time]) => time > 0),
        },
      })}
      onDone={clear}
    >
      {(faults) => (
        <>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm" maw={840}>
            {ways.map((way) => (
              <NumberInput
                key={keyOf(way)}
                label={`${way[0]} and ${way[1]}`}
                min={0}
                max={1440}
                allowDecimal={false}
                suffix=" min"
                value={minutes(way)}
                onChange={(next) => change({ [keyOf(way)]: Number(next) || 0 })}
              />
            ))}
          </SimpleGrid>
          {faults['rules.travelMinutes'] && (
            <Text size="sm" c="var(--q-bad)">
              {faults['rules.travelMinutes']}
            </Text>
          )}
        </>
      )}
    </SettingForm>
  );
};
