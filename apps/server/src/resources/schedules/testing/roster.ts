/** Files of a OneRoster 1.2 CSV package with people alone, for tests; columns as the binding (section 4) names them. */

/** Which files are in a package, and whether people are all there are (`bulk`) or changes (`delta`). */
export const manifest = (mode: string): string => {
  const files = [
    'academicSessions',
    'categories',
    'classes',
    'classResources',
    'courseResources',
    'courses',
    'demographics',
  ];
  files.push('enrollments', 'lineItemLearningObjectiveIds', 'lineItems', 'lineItemScoreScales', 'orgs', 'resources');
  files.push('resultLearningObjectiveIds', 'results', 'resultScoreScales', 'roles', 'scoreScales', 'userProfiles');
  files.push('userResources', 'users');
  const modes = files.map((file) => `file.${file},${['users', 'roles'].includes(file) ? mode : 'absent'}`);
  return ['propertyName,value', 'manifest.version,1.0', 'oneroster.version,1.2', ...modes].join('\n');
};
const head = 'sourcedId,status,dateLastModified';
/** users.csv of rows `sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName`. */
export const users = (...rows: string[]): string =>
  [
    `${head},enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns`,
    ...rows.map((row) => `${row}${','.repeat(14)}`),
  ].join('\n');
/** roles.csv of rows as the standard has them. */
export const roles = (...rows: string[]): string =>
  [`${head},userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId`, ...rows].join('\n');
/** Status and date of a row that stands. */
export const rosterDate = 'active,2026-10-01T08:00:00Z';
