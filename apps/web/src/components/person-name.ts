/** Names of people as the server keeps them, `teacher:Ms Lopez` or `learner:12`, for people to read. */

/** 'Ms Lopez' of 'teacher:Ms Lopez', 'learner 12' of 'learner:12'; other texts as they are. */
export const sayPerson = (label: string): string => {
  const [, role, name] = /^([^:]+):(.+)$/.exec(label) ?? [];
  if (name === undefined) return label;
  return role === 'learner' ? `learner ${name}` : name;
};
