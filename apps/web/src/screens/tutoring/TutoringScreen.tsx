/**
 * Tutoring: who teaches whom, when and where. The calendar and what can be done with the plan; who gets what; people and
 * times that it is made from; publishing it. Nothing changes a plan before its consequences were shown.
 */
import { Group, Stack, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { CourseSummary } from '../../api/courses.ts';
import { Loaded } from '../../app/Loaded.tsx';
import { NoCourse } from '../../app/NoCourse.tsx';
import { Page } from '../../app/Page.tsx';
import { learnerIdOf, useSession } from '../../app/session.tsx';
import { useCourse } from '../../app/useCourse.ts';
import { SimulatedBadge } from '../../components/Badges.tsx';
import { CalendarCard } from './calendar/CalendarCard.tsx';
import { FirstPlan } from './FirstPlan.tsx';
import { FairnessTab } from './fairness/FairnessTab.tsx';
import { OwnWeek } from './OwnWeek.tsx';
import { PeopleTab } from './people/PeopleTab.tsx';
import { PlanCard } from './plan/PlanCard.tsx';
import { ProposalDialog } from './plan/ProposalDialog.tsx';
import type { Proposed } from './plan/usePlanning.ts';
import { History } from './publish/History.tsx';
import { PublishCard } from './publish/PublishCard.tsx';
import { RulesTab } from './rules/RulesTab.tsx';
import { Feeds } from './share/Feeds.tsx';
import { Webhooks } from './share/Webhooks.tsx';
import { useChosenWeek } from './useChosenWeek.ts';
import { type TutoringParts, useTutoring } from './useTutoring.ts';

/** `may`: what one has to be allowed to do before a part is of any use. */
const TABS = [
  { value: 'calendar', label: 'Calendar' },
  { value: 'fairness', label: 'Who gets what' },
  { value: 'people', label: 'People and times', may: 'edit' },
  { value: 'rules', label: 'Rules', may: 'edit' },
  { value: 'publish', label: 'Publish and share' },
] as const;

type Tab = (typeof TABS)[number]['value'];

/** The tab is in the address, so that a link and a reload lead to the same one. */
const useTab = () => {
  const [search, setSearch] = useSearchParams();
  const tab: Tab = TABS.find(({ value }) => value === search.get('tab'))?.value ?? 'calendar';
  const choose = (next: string | null): void =>
    setSearch((was) => {
      const { tab: _, ...rest } = Object.fromEntries(was);
      return next === null || next === 'calendar' ? rest : { ...rest, tab: next };
    });
  return { tab, choose };
};

interface PanelProps {
  readonly courseId: number;
  readonly parts: TutoringParts;
  readonly onSetUp: () => void;
}

/** What needs a plan waits for it; where there is none yet, it is offered. */
const useFirst = ({ courseId, parts, onSetUp }: PanelProps) => {
  const { setting, plan, learners, tutoring } = parts;
  const [proposed, setProposed] = useState<Proposed | null>(null);
  if (tutoring !== null) return { tutoring, instead: null };
  const waiting = (
    <Loaded query={setting} what="the schedule" height={480}>
      {(data) =>
        data.plan === null ? (
          <>
            <FirstPlan setting={data} onSetUp={onSetUp} onProposal={setProposed} />
            <ProposalDialog
              courseId={courseId}
              timeZone={data.timeZone}
              proposed={proposed}
              onClose={() => setProposed(null)}
            />
          </>
        ) : (
          <Loaded query={plan} what="the plan" height={480}>
            {() => (
              <Loaded query={learners} what="the learners" height={480}>
                {() => null}
              </Loaded>
            )}
          </Loaded>
        )
      }
    </Loaded>
  );
  return { tutoring: null, instead: waiting };
};

const CalendarPanel = (props: PanelProps) => {
  const weeks = useChosenWeek(props.parts.setting.data);
  const { tutoring, instead } = useFirst(props);
  if (tutoring === null || weeks === null) return instead;
  return (
    <Stack gap="md">
      <PlanCard tutoring={tutoring} week={weeks.week} />
      <CalendarCard tutoring={tutoring} weeks={weeks} />
    </Stack>
  );
};

const FairnessPanel = (props: PanelProps) => {
  const { tutoring, instead } = useFirst(props);
  return tutoring === null ? instead : <FairnessTab tutoring={tutoring} />;
};

const PeoplePanel = ({ parts }: PanelProps) => (
  <Loaded query={parts.setting} what="people and times" height={480}>
    {(setting) => (
      <Loaded query={parts.learners} what="the learners" height={480}>
        {({ learners }) => <PeopleTab setting={setting} learners={learners} />}
      </Loaded>
    )}
  </Loaded>
);

const RulesPanel = ({ parts }: PanelProps) => (
  <Loaded query={parts.setting} what="the rules" height={480}>
    {(setting) => <RulesTab setting={setting} />}
  </Loaded>
);

const PublishPanel = (props: PanelProps) => {
  const may = props.parts.setting.data?.may;
  const { tutoring, instead } = useFirst(props);
  return (
    <Stack gap="md">
      {tutoring === null ? instead : tutoring.setting.may.publish && <PublishCard tutoring={tutoring} />}
      <History courseId={props.courseId} />
      {may?.share && (
        <>
          <Feeds courseId={props.courseId} />
          <Webhooks courseId={props.courseId} />
        </>
      )}
    </Stack>
  );
};

const PANELS = {
  calendar: CalendarPanel,
  fairness: FairnessPanel,
  people: PeoplePanel,
  rules: RulesPanel,
  publish: PublishPanel,
} as const;

const CourseTutoring = ({ course }: { readonly course: CourseSummary }) => {
  const { tab: asked, choose } = useTab();
  const parts = useTutoring(course.id);
  const { may } = parts.setting.data ?? {};
  // All of them until it is known what one may do: nothing jumps for those who plan.
  const tabs = TABS.filter((tab) => !('may' in tab) || may === undefined || may[tab.may]);
  const tab = tabs.find(({ value }) => value === asked)?.value ?? 'calendar';
  return (
    <Tabs value={tab} onChange={choose} keepMounted={false}>
      <Tabs.List mb="md" aria-label="Parts of the schedule">
        {tabs.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ value }) => {
        const Panel = PANELS[value];
        return (
          <Tabs.Panel key={value} value={value}>
            <Panel courseId={course.id} parts={parts} onSetUp={() => choose('people')} />
          </Tabs.Panel>
        );
      })}
    </Tabs>
  );
};

export const TutoringScreen = () => {
  const { course, loading, error } = useCourse();
  const learnerId = learnerIdOf(useSession().person);
  return (
    <Page
      title="Tutoring"
      purpose={
        course && (
          <Group gap="xs">
            <Text span inherit>
              {learnerId === null
                ? `Who teaches whom in ${course.name}, when and where`
                : `Your sessions in ${course.name}`}
            </Text>
            {course.simulated && <SimulatedBadge />}
          </Group>
        )
      }
    >
      {course && learnerId === null && <CourseTutoring key={course.id} course={course} />}
      {course && learnerId !== null && <OwnWeek key={course.id} courseId={course.id} learnerId={learnerId} />}
      {!course && <NoCourse loading={loading} error={error} />}
    </Page>
  );
};
