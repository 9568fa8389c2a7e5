/** Says once, above everything, that the server does not answer, and takes itself back when it does again. */

import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../api/client.ts';
import { isUnreachable } from '../api/problem.ts';
import classes from './ServerGone.module.css';

/** How often to look whether the server is back. */
const LOOK_AGAIN_MILLISECONDS = 2000;

/** True from the first request that found no server until one finds it again. */
const useServerGone = (): boolean => {
  const client = useQueryClient();
  const [gone, setGone] = useState(false);
  useEffect(() => {
    const notice = (error: unknown): void => {
      if (isUnreachable(error)) setGone(true);
    };
    const stopQueries = client.getQueryCache().subscribe((event) => notice(event.query.state.error));
    const stopMutations = client.getMutationCache().subscribe((event) => notice(event.mutation?.state.error));
    return () => {
      stopQueries();
      stopMutations();
    };
  }, [client]);
  useEffect(() => {
    if (!gone) return;
    const timer = setInterval(() => {
      api.health.$get().then(
        () => {
          setGone(false);
          void client.invalidateQueries();
        },
        () => {},
      );
    }, LOOK_AGAIN_MILLISECONDS);
    return () => clearInterval(timer);
  }, [gone, client]);
  return gone;
};

export const ServerGone = () => {
  const gone = useServerGone();
  return (
    <div role="alert">
      {gone && (
        <div className={classes['bar']}>
          <IconPlugConnectedX size={18} aria-hidden />
          The server does not answer. Start it again with <code>npm start</code>; this page goes on by itself. Nothing
          that was saved is lost.
        </div>
      )}
    </div>
  );
};
