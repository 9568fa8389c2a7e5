/**
 * The frame around all screens: a bar with the screens, the course and the person; below 48em the screens stand in
 * a bar at the bottom, under the thumb.
 */
import { Group, LoadingOverlay } from '@mantine/core';
import {
  IconBooks,
  IconBrain,
  IconCalendarTime,
  IconChartDots3,
  IconDatabaseImport,
  IconRoute,
} from '@tabler/icons-react';
import { type ComponentType, useEffect, useState } from 'react';
import { Link, NavLink, Outlet, useLocation, useNavigation } from 'react-router';
import { CoursePicker } from './CoursePicker.tsx';
import { Logo } from './Logo.tsx';
import { PersonPicker } from './PersonPicker.tsx';
import { ServerGone } from './ServerGone.tsx';
import classes from './Shell.module.css';
import { courseOf } from './session.tsx';
import { ThemeToggle } from './ThemeToggle.tsx';

interface Screen {
  readonly to: string;
  readonly name: string;
  readonly Icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;
}

const SCREENS: readonly Screen[] = [
  { to: '/learner', name: 'Learner', Icon: IconRoute },
  { to: '/class', name: 'Class', Icon: IconBooks },
  { to: '/tutoring', name: 'Tutoring', Icon: IconCalendarTime },
  { to: '/models', name: 'Models', Icon: IconBrain },
  { to: '/solvers', name: 'Solvers', Icon: IconChartDots3 },
  { to: '/records', name: 'Records', Icon: IconDatabaseImport },
];

/** Time after which waiting for a screen is worth saying. */
const SLOW_MILLISECONDS = 300;

const useSlowNavigation = (): boolean => {
  const busy = useNavigation().state !== 'idle';
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!busy) {
      setSlow(false);
      return;
    }
    const timer = setTimeout(() => setSlow(true), SLOW_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [busy]);
  return slow;
};

export const Shell = () => {
  const slow = useSlowNavigation();
  const { search } = useLocation();
  // Only the course goes along: everything else in the address belongs to one screen.
  const course = courseOf(new URLSearchParams(search));
  const kept = course === null ? '' : `?course=${course}`;
  return (
    <div className={classes['root']}>
      <a href="#main" className={classes['skip']}>
        Skip to the content
      </a>
      <header className={classes['header']}>
        <Link to={`/${kept}`} className={classes['brand']} aria-label="Qurriculum, start">
          <Logo />
          <span className={classes['brandName']}>Qurriculum</span>
        </Link>
        <nav aria-label="Screens" className={classes['nav']}>
          {SCREENS.map(({ to, name, Icon }) => (
            <NavLink key={to} to={`${to}${kept}`} className={classes['link']}>
              <Icon size={18} aria-hidden />
              {name}
            </NavLink>
          ))}
        </nav>
        <Group gap={4} wrap="nowrap" className={classes['tools']}>
          <CoursePicker />
          <ThemeToggle />
          <PersonPicker />
        </Group>
      </header>
      <ServerGone />
      <main id="main" tabIndex={-1} className={classes['main']}>
        <LoadingOverlay visible={slow} />
        <Outlet />
      </main>
    </div>
  );
};
