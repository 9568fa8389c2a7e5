/** Who may share a session, how many, and how much of the gain each keeps in a group. */
import { Button, Group, NumberInput, SimpleGrid, Text } from '@mantine/core';
import type { ScheduleView } from '../../../api/schedule.ts';
import { formatNumber } from '../../../components/format.ts';
import { SettingForm } from '../forms/SettingForm.tsx';
import { useEntered } from '../forms/useEntered.ts';
import { shareFault, sharesUpTo } from './group-shares.ts';

/** Above it nobody calls it tutoring; the server takes no more. */
const LARGEST = 30;

/** A share as a whole per cent, and back. */
const toPercent = (share: number): number => Math.round(share * 100);

export const GroupsForm = ({ setting }: { readonly setting: ScheduleView }) => {
  const { rules, usual } = setting;
  const { value, change, clear } = useEntered({
    shares: rules.groupShare ?? usual.groupShare,
    width: rules.levelWidth ?? usual.levelWidth,
  });
  const { shares, width } = value;
  const wrong = shares.map((_, index) => (index === 0 ? null : shareFault(shares, index + 1)));
  return (
    <SettingForm
      setting={setting}
      button="Set the groups"
      done="The rules for groups were set. Plans from now on keep them."
      ready={wrong.every((fault) => fault === null)}
      body={() => ({ rules: { ...rules, groupShare: shares, levelWidth: width } })}
      onDone={clear}
      note={
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => change({ shares: usual.groupShare, width: usual.levelWidth })}
        >
          As usual
        </Button>
      }
    >
      {(faults) => (
        <>
          <Group gap="sm" align="flex-start">
            <NumberInput
              label="Largest group"
              description="Learners; each tutor may have fewer"
              w={250}
              min={1}
              max={LARGEST}
              allowDecimal={false}
              value={shares.length}
              onChange={(size) => change({ shares: sharesUpTo(shares, Math.max(1, Number(size) || 1)) })}
            />
            <NumberInput
              label="How far apart learners may be"
              description="In mastery of what is taught, in points of 100"
              w={300}
              min={0}
              max={100}
              suffix=" points"
              value={toPercent(width)}
              error={faults['rules.levelWidth']}
              onChange={(points) => change({ width: (Number(points) || 0) / 100 })}
            />
          </Group>
          {shares.length > 1 && (
            <div>
              <Text size="sm" fw={500}>
                What each learner keeps of the gain of a session alone
              </Text>
              <SimpleGrid cols={{ base: 2, xs: 3, sm: 5 }} spacing="sm" mt={4} maw={840}>
                {shares.slice(1).map((share, index) => (
                  <NumberInput
                    // biome-ignore lint/suspicious/noArrayIndexKey: the place is the size of the group
                    key={index}
                    label={`In a group of ${formatNumber(index + 2)}`}
                    min={0}
                    max={100}
                    suffix=" %"
                    value={toPercent(share)}
                    error={wrong[index + 1] ?? faults[`rules.groupShare.${index + 1}`]}
                    onChange={(percent) => change({ shares: shares.with(index + 1, (Number(percent) || 0) / 100) })}
                  />
                ))}
              </SimpleGrid>
            </div>
          )}
        </>
      )}
    </SettingForm>
  );
};
