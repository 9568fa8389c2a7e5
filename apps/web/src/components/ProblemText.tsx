/** An error in a dialog or form, with the way out where there is one. */
import { Alert, Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { isPersonMissing, sayError } from '../api/problem.ts';

/** The sentence of an error; where nobody was chosen yet, a link to do that. */
export const SaidError = ({ error }: { readonly error: unknown }) => (
  <>
    {sayError(error)}{' '}
    {isPersonMissing(error) && (
      <Anchor component={Link} to="/welcome" size="sm">
        Say who you are
      </Anchor>
    )}
  </>
);

/** Nothing where there is no error. */
export const ProblemText = ({ error }: { readonly error: unknown }) =>
  error === null || error === undefined ? null : (
    <Alert color="red" role="alert" p="xs">
      <SaidError error={error} />
    </Alert>
  );
