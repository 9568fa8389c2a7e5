/**
 * The files of a OneRoster 1.2 CSV package: 1EdTech, "OneRoster CSV Binding" 1.2, section 4. Columns come in this order;
 * own ones, named `metadata.x`, after them.
 */

export interface OneRosterTable {
  readonly columns: readonly string[];
  /** Besides sourcedId, of rows that are not to be deleted. */
  readonly required: readonly string[];
}

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

const table = (columns: string, required: string): OneRosterTable => ({
  ...{ columns: words(columns), required: words(required) },
});

export const oneRosterTables = {
  academicSessions: table(
    'sourcedId status dateLastModified title type startDate endDate parentSourcedId schoolYear',
    'title type startDate endDate schoolYear',
  ),
  categories: table('sourcedId status dateLastModified title weight', 'title'),
  classResources: table(
    'sourcedId status dateLastModified title classSourcedId resourceSourcedId',
    'classSourcedId resourceSourcedId',
  ),
  classes: table(
    'sourcedId status dateLastModified title grades courseSourcedId classCode classType location schoolSourcedId termSourcedIds subjects subjectCodes periods',
    'title courseSourcedId classType schoolSourcedId termSourcedIds',
  ),
  courseResources: table(
    'sourcedId status dateLastModified title courseSourcedId resourceSourcedId',
    'courseSourcedId resourceSourcedId',
  ),
  courses: table(
    'sourcedId status dateLastModified schoolYearSourcedId title courseCode grades orgSourcedId subjects subjectCodes',
    'title orgSourcedId',
  ),
  demographics: table(
    'sourcedId status dateLastModified birthDate sex americanIndianOrAlaskaNative asian blackOrAfricanAmerican nativeHawaiianOrOtherPacificIslander white demographicRaceTwoOrMoreRaces hispanicOrLatinoEthnicity countryOfBirthCode stateOfBirthAbbreviation cityOfBirth publicSchoolResidenceStatus',
    '',
  ),
  enrollments: table(
    'sourcedId status dateLastModified classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate',
    'classSourcedId schoolSourcedId userSourcedId role',
  ),
  lineItemLearningObjectiveIds: table(
    'sourcedId status dateLastModified lineItemSourcedId source learningObjectiveId',
    'lineItemSourcedId source learningObjectiveId',
  ),
  lineItemScoreScales: table(
    'sourcedId status dateLastModified title lineItemSourcedId scoreScaleSourcedId',
    'lineItemSourcedId scoreScaleSourcedId',
  ),
  lineItems: table(
    'sourcedId status dateLastModified title description assignDate dueDate classSourcedId categorySourcedId academicSessionSourcedId resultValueMin resultValueMax schoolSourcedId',
    'title assignDate dueDate classSourcedId categorySourcedId',
  ),
  orgs: table('sourcedId status dateLastModified name type identifier parentSourcedId', 'name type'),
  resources: table(
    'sourcedId status dateLastModified vendorResourceId title roles importance vendorId applicationId',
    'vendorResourceId',
  ),
  resultLearningObjectiveIds: table(
    'sourcedId status dateLastModified resultSourcedId source learningObjectiveId score textScore',
    'resultSourcedId source learningObjectiveId',
  ),
  resultScoreScales: table(
    'sourcedId status dateLastModified title resultSourcedId scoreScaleSourcedId',
    'resultSourcedId scoreScaleSourcedId',
  ),
  results: table(
    'sourcedId status dateLastModified lineItemSourcedId studentSourcedId scoreStatus score scoreDate comment textScore classSourcedId inProgress incomplete late missing',
    'lineItemSourcedId studentSourcedId scoreStatus scoreDate',
  ),
  roles: table(
    'sourcedId status dateLastModified userSourcedId roleType role beginDate endDate orgSourcedId userProfileSourcedId',
    'userSourcedId roleType role orgSourcedId',
  ),
  scoreScales: table(
    'sourcedId status dateLastModified title type orgSourcedId courseSourcedId classSourcedId scoreScaleValue',
    'title type orgSourcedId courseSourcedId classSourcedId scoreScaleValue',
  ),
  userProfiles: table(
    'sourcedId status dateLastModified userSourcedId profileType vendorId applicationId description credentialType username password',
    'userSourcedId profileType vendorId credentialType username',
  ),
  userResources: table(
    'sourcedId status dateLastModified userSourcedId orgSourcedId classSourcedId resourceSourcedId',
    'userSourcedId resourceSourcedId',
  ),
  users: table(
    'sourcedId status dateLastModified enabledUser username userIds givenName familyName middleName identifier email sms phone agentSourcedIds grades password userMasterIdentifier preferredGivenName preferredMiddleName preferredFamilyName primaryOrgSourcedId pronouns',
    'enabledUser username givenName familyName',
  ),
} satisfies Readonly<Record<string, OneRosterTable>>;

export type OneRosterFile = keyof typeof oneRosterTables;

/** Columns that name rows of another file; a list is separated by commas. Where a column means the same in every file, once. */
const targets: Readonly<Record<string, OneRosterFile>> = {
  academicSessionSourcedId: 'academicSessions',
  agentSourcedIds: 'users',
  categorySourcedId: 'categories',
  classSourcedId: 'classes',
  courseSourcedId: 'courses',
  lineItemSourcedId: 'lineItems',
  orgSourcedId: 'orgs',
  primaryOrgSourcedId: 'orgs',
  resourceSourcedId: 'resources',
  resultSourcedId: 'results',
  schoolSourcedId: 'orgs',
  schoolYearSourcedId: 'academicSessions',
  scoreScaleSourcedId: 'scoreScales',
  studentSourcedId: 'users',
  termSourcedIds: 'academicSessions',
  userProfileSourcedId: 'userProfiles',
  userSourcedId: 'users',
};

/** The file whose rows a column names, or null. */
export function targetOf(file: OneRosterFile, column: string): OneRosterFile | null {
  if (column === 'parentSourcedId') return file;
  if (file === 'demographics' && column === 'sourcedId') return 'users';
  return targets[column] ?? null;
}

/** Kinds of values that are checked, by column. */
export const dateColumns: ReadonlySet<string> = new Set(
  words('startDate endDate beginDate birthDate assignDate dueDate scoreDate'),
);
export const booleanColumns: ReadonlySet<string> = new Set(
  words('enabledUser primary inProgress incomplete late missing'),
);
export const numberColumns: ReadonlySet<string> = new Set(words('resultValueMin resultValueMax weight'));

/** Values that a column may have, besides extensions `ext:...`. */
export const vocabularies: Readonly<Record<string, readonly string[]>> = {
  'enrollments.role': words('administrator aide guardian parent proctor relative student teacher'),
  'roles.roleType': words('primary secondary'),
  'classes.classType': words('homeroom scheduled'),
  'academicSessions.type': words('gradingPeriod schoolYear semester term'),
};
