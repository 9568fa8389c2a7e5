/**
 * From this mastery on a skill counts as mastered on screens: the .8 at which goals count as reached in the comparison of
 * policies, so that what people see and what is measured mean the same.
 */
export const masteryThreshold = 0.8;
